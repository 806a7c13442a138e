"""The catalogue (DCAT) and the services (CPSV-AP) as graphs. rdflib is loaded when they are written."""

from __future__ import annotations

from etl.exports.model import Files, for_programs
from etl.meta.model import Release
from etl.meta.settings import SiteConfig


def catalogue_files(release: Release, config: SiteConfig) -> Files:
    """The catalogue in three syntaxes; none for a city that has not filled in `catalogue`."""
    if not config.catalogue:
        return {}
    from etl.exports.rdf import dcat, serialise

    graph = dcat.catalogue(release, config)
    return {f"dati/catalog.{end}": write(graph) for end, write in serialise.RDF_FILES.items()}


def services_files(release: Release, config: SiteConfig) -> Files:
    """The services as the public services of CPSV-AP; none without them or `catalogue`."""
    if not config.catalogue or "services" not in release.records:
        return {}
    from etl.exports.rdf import cpsv, serialise

    return {"dati/servizi.ttl": serialise.turtle(cpsv.services(release, config))}


CATALOGUE = for_programs("catalogue", catalogue_files)
SERVICES = for_programs("services", services_files)
