"""llms.txt: what a program should know before it counts and adds; all of it read off schemas and rows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.pages import base_of

from etl.meta.model import natural_key
from etl.web.pages.data.cautions import cautions


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("site", ["built_site", "town"])
def test_it_names_every_table_and_leads_only_to_what_is_there(site: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(site)
    folder = made / "build" / "site" if site == "town" else made
    text, base = (folder / "llms.txt").read_text("utf-8"), base_of(folder)
    package = read(folder / "dati" / "datapackage.json")
    assert text.startswith("# ")
    assert "&#" not in text
    assert f"/releases/{package['version']}/" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    tables = text.partition("## The tables")[2]
    assert re.findall(r"/dati/([a-z0-9_]+)\.csv$", tables, re.MULTILINE) == [
        item["name"] for item in package["resources"]]
    for address in re.findall(rf"{re.escape(base)}[^\s)]*", text):
        path = folder / address.removeprefix(base).rstrip(".")
        assert (path / "index.html" if address.rstrip(".").endswith("/") else path).is_file(), address


def test_it_says_what_must_not_be_added_up(built_site: Path) -> None:
    text = (built_site / "llms.txt").read_text("utf-8")
    part = text.partition("## What must not be added up")[2].partition("\n## ")[0]
    warned = dict(re.findall(r"^- ([a-z0-9_]+): (.+)$", part, re.MULTILINE))
    worded = set()
    for resource in read(built_site / "dati" / "datapackage.json")["resources"]:
        name, schema = resource["name"], resource["schema"]
        found = cautions(schema, read(built_site / "dati" / f"{name}.json")["records"])
        assert (name in warned) == any(found.values()), name
        assert ("stages are the same money" in warned.get(name, "")) == found["staged"]
        worded |= {name} if "language" in natural_key(schema) else set()
    (line,) = re.findall(r"a row per language[^:]*: (.+)\.$", text, re.MULTILINE)
    assert set(line.split(", ")) == worded
    assert "spending" in warned
