"""The interfaces for programs as data services of the catalogue: where they are, and what they serve."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from etl.domain.citing import TABLE
from etl.exports import hsds, json_api
from etl.exports.rdf.bodies import Names
from etl.exports.rdf.vocabularies import LICENCE, code, kind, say
from etl.meta.model import Release, Words
from etl.meta.settings import SiteConfig

V1: Words = {"it": "API dei dati (file JSON)", "en": "Data API (JSON files)"}
HSDS: Words = {"it": "Servizi e sportelli (HSDS, Open Referral)", "en": "Services and desks (HSDS, Open Referral)"}


def interfaces(graph: Graph, names: Names, release: Release, config: SiteConfig) -> Iterator[URIRef]:
    """Every interface that this city has."""
    collections = json_api.COLLECTIONS.values()
    joined = [dataset for _, _, parts in collections for dataset, _ in parts.values()]
    rows = [*(dataset for dataset, _, _ in collections), *joined, "changes", TABLE]
    yield interface(graph, names, config, json_api.ROOT, V1, [name for name in rows if name in release.records])
    if hsds.tables_of(release):
        yield interface(graph, names, config, hsds.API, HSDS, hsds.tables_of(release))


def interface(graph: Graph, names: Names, config: SiteConfig, root: str, title: Words, served: list[str]) -> URIRef:
    """One interface. root: its folder in the site. served: the datasets whose rows it gives."""
    page = config.page("api")
    node = kind(graph, URIRef(f"{page}#{root.rpartition('/')[2]}"), DCAT.DataService)
    return say(
        graph, node, *((DCTERMS.title, Literal(words, lang=language)) for language, words in title.items()),
        (DCAT.endpointURL, URIRef(f"{config.site_url}{root}/")),
        (DCAT.endpointDescription, URIRef(f"{config.site_url}{root}/openapi.json")),
        (DCAT.landingPage, kind(graph, URIRef(page), FOAF.Document)), (DCTERMS.publisher, names.body),
        (DCTERMS.license, LICENCE), (DCAT.contactPoint, names.contact if config.owner.get("feedback") else None),
        (DCTERMS.accessRights, code(graph, "access-right", "PUBLIC", DCTERMS.RightsStatement)),
        *((DCAT.servesDataset, names.dataset(name)) for name in dict.fromkeys(served)),
    )
