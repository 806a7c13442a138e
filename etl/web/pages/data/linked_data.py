"""The catalogue and its datasets as schema.org says them, for search engines; what it says is on the page too."""

from __future__ import annotations

from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.words import say

CONTEXT = "https://schema.org"


def catalogue(release: Release, language: str, names: list[tuple[str, str]]) -> dict[str, Any]:
    """The DataCatalog without its address, which the template adds. names: (title, description) of each dataset."""
    package = release.package
    english = language != LANGUAGES[0]
    return {
        "@context": CONTEXT, "@type": "DataCatalog",
        "name": package["title_en" if english else "title"],
        "description": package["description_en" if english else "description"],
        "license": package["licenses"][0]["path"], "dateModified": package["created"][:10],
        "version": package["version"], "inLanguage": language,
        "dataset": [{"@type": "Dataset", "name": title, "description": description} for title, description in names],
    }


def dataset(release: Release, language: str, resource: dict[str, Any]) -> dict[str, Any]:
    """A Dataset without addresses: the template adds them."""
    about = release.declarations[resource["name"]]
    key = "title" if language == LANGUAGES[0] else "title_en"
    # Search engines ask for fifty characters at least: the words of the whole release make a short description longer.
    description = say(about["description"], language)
    if len(description) < 50:
        description = f"{description} {release.package['description' if key == 'title' else 'description_en']}"
    return {
        "@context": CONTEXT, "@type": "Dataset",
        "name": say(about["title"], language), "description": description,
        "license": resource["licenses"][0]["path"], "isAccessibleForFree": True, "inLanguage": language,
        "version": release.package["version"], "datePublished": resource["issued"],
        "dateModified": resource["modified"],
        "keywords": list(say(about["keywords"], language)) if "keywords" in about else [],
        "variableMeasured": [field[key] for field in resource["schema"]["fields"]],
    }
