"""The release in the words of others: the catalogue, the services, the two APIs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.exports.hsds.files import hsds_files
from etl.exports.json_api import api_files
from etl.exports.openapi import described
from etl.exports.rdf import cpsv, dcat
from etl.exports.rdf import score as quality
from etl.exports.rdf.serialise import RDF_FILES, turtle
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import resources


def scored(release: Release, config: SiteConfig) -> tuple[Release, dict[str, bytes]]:
    """The release with the metadata score of each dataset, and the files of the catalogue by path in the site.

    A city that has not filled in `catalogue` has neither.
    """
    if not config.catalogue or not release.files:
        return release, {}
    graph = dcat.catalogue(release, config)
    served = frozenset(f"{config.site_url}dati/{file['path']}" for file in release.files)
    names = list(resources(release.package))
    points = quality.scores(graph, dcat.Names(config.site_url, config.folders["data"]), names, served)
    return replace(release, scores=points), {f"dati/catalog.{end}": write(graph) for end, write in RDF_FILES.items()}


def exchange_files(release: Release, config: SiteConfig) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of the APIs, and of the services as HSDS and CPSV-AP."""
    yield from api_files(release, config, described).items()
    if config.catalogue:
        yield from hsds_files(release, config).items()
        if "services" in release.records:
            yield "dati/servizi.ttl", turtle(cpsv.services(release, config))
