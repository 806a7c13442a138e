"""The catalogue and its datasets as schema.org says them, for search engines; what it says is on the page too."""

from __future__ import annotations

from typing import Any

from etl.exports.rdf import EU
from etl.exports.rdf.coverage import period
from etl.exports.rdf.naming import dataset_address, identifier
from etl.meta.model import LANGUAGES
from etl.meta.settings import SiteConfig
from etl.meta.words import say
from etl.web.lineage import Watched

CONTEXT = "https://schema.org"


def catalogue(release: Watched, language: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """The DataCatalog without its address, which the template adds. entries: name, title, description of each table."""
    package = release.package
    english = language != LANGUAGES[0]
    return {
        "@context": CONTEXT, "@type": "DataCatalog",
        "name": package["title_en" if english else "title"],
        "description": package["description_en" if english else "description"],
        "license": package["licenses"][0]["path"], "dateModified": package["created"][:10],
        "version": package["version"], "inLanguage": language,
        "dataset": [{"@type": "Dataset", **named(release, item["name"]), "name": item["title"],
                     "description": item["description"]} for item in entries],
    }


def named(release: Watched, name: str) -> dict[str, str]:
    """The names of a dataset, the same as in the catalogue for others (DCAT)."""
    return {"@id": dataset_address(release.config, name), "identifier": identifier(release, release.config, name)}


def place(config: SiteConfig) -> dict[str, Any]:
    """{"spatialCoverage": the place that the data are about}, with its box and name in the European list where they are
    known; nothing for a site of no place."""
    about = config.catalogue
    if not about:
        return {"spatialCoverage": {"@type": "Place", "name": config.place}} if config.place else {}
    west, south, east, north = about["box"]
    return {"spatialCoverage": {
        "@type": "Place", "name": about["place_name"], "sameAs": f"{EU}place/{about['place']}",
        "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
    }}


def dataset(release: Watched, language: str, resource: dict[str, Any]) -> dict[str, Any]:
    """A Dataset without addresses: the template adds them."""
    about = release.declarations[resource["name"]]
    key = "title" if language == LANGUAGES[0] else "title_en"
    # Search engines ask for fifty characters at least: the words of the whole release make a short description longer.
    description = say(about["description"], language)
    if len(description) < 50:
        description = f"{description} {release.package['description' if key == 'title' else 'description_en']}"
    return {
        "@context": CONTEXT, "@type": "Dataset", **named(release, resource["name"]),
        "name": say(about["title"], language), "description": description,
        "license": resource["licenses"][0]["path"], "isAccessibleForFree": True, "inLanguage": language,
        "version": release.package["version"], "datePublished": resource["issued"],
        "dateModified": resource["modified"], "temporalCoverage": "/".join(period(release, resource)),
        **place(release.config),
        "keywords": list(say(about["keywords"], language)) if "keywords" in about else [],
        "variableMeasured": [field[key] for field in resource["schema"]["fields"]],
    }
