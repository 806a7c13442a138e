"""What the site is built with: the components of the lock file, with their licences, as CycloneDX 1.5."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from etl.meta.view import as_json

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
# What reaches the reader's browser, and does not come under its own name in the lock file.
SHIPPED = (
    {"name": "Bootstrap Italia", "version": "2.18.1", "licence": "BSD-3-Clause",
     "address": "https://italia.github.io/bootstrap-italia/"},
    {"name": "Titillium Web", "version": "", "licence": "OFL-1.1",
     "address": "https://fonts.google.com/specimen/Titillium+Web"},
)


def components(lock: Path) -> list[dict[str, str]]:
    """name, version, licence ("" where it is not known) and address of every component, in order of name."""
    pinned = PINNED.findall(lock.read_text("utf-8")) if lock.exists() else []
    found = [{"name": name, "version": version, **about(name)} for name, version in pinned]
    return sorted([*map(dict, SHIPPED), *found], key=lambda item: item["name"].lower())


def about(name: str) -> dict[str, str]:
    """What an installed package says of itself; nothing of one that this system does not need."""
    try:
        said: Any = metadata.metadata(name)  # an email message, of which the type tells less than it can
    except metadata.PackageNotFoundError:
        return {"licence": "", "address": ""}
    classifiers = [text.removeprefix(CLASSIFIER) for text in said.get_all("Classifier") or [] if CLASSIFIER in text]
    declared = said.get("License-Expression") or said.get("License") or ""
    # Some put the whole text of the licence there: then the classifier says which one it is.
    licence = declared if 0 < len(declared) < 60 and "\n" not in declared else ", ".join(classifiers)
    addresses = [text.partition(",")[2].strip() for text in said.get_all("Project-URL") or []]
    return {"licence": licence, "address": said.get("Home-page") or next(iter(addresses), "")}


def cyclonedx(found: Iterable[Mapping[str, str]], site_url: str, about_site: Mapping[str, Any]) -> bytes:
    """The bill of materials, the same bytes for the same release. about_site: its name, version and created."""
    content = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, f"{site_url}{about_site['version']}").urn,
        "metadata": {
            "timestamp": about_site["created"],
            "component": {"type": "application", "name": about_site["name"], "version": about_site["version"],
                          "licenses": [{"license": {"id": "EUPL-1.2"}}]},
        },
        "components": [component(item) for item in found],
    }
    return as_json(content)


def component(item: Mapping[str, str]) -> dict[str, Any]:
    """One component; what is not known of it is left out."""
    made: dict[str, Any] = {"type": "library", "name": item["name"]}
    if item["version"]:
        made["version"] = item["version"]
    if item not in SHIPPED:
        made["purl"] = f"pkg:pypi/{item['name'].lower()}@{item['version']}"
    if item["licence"]:
        made["licenses"] = [{"license": {"name": item["licence"]}}]
    if item["address"]:
        made["externalReferences"] = [{"type": "website", "url": item["address"]}]
    return made
