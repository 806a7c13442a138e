"""What nodes of the graphs are called, and those about the city: who publishes, whom to ask, where it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL

from etl.exports.rdf import EU
from etl.exports.rdf.vocabularies import (
    DCATAPIT,
    GEO,
    LANGUAGE_CODES,
    LICENCE,
    LOCN,
    VCARD,
    code,
    concept,
    kind,
    plain,
    say,
)
from etl.meta.model import LANGUAGES
from etl.meta.settings import SiteConfig


class Names:
    """The IRIs of the catalogue: parts of pages that exist, so each can be opened. folder: of the pages of the data."""

    def __init__(self, site_url: str, folder: str = "dati/") -> None:
        self.site = URIRef(site_url)
        self.catalogue = URIRef(f"{site_url}{folder}#catalogo")
        self.body = URIRef(f"{site_url}#ente")
        self.contact = URIRef(f"{site_url}#contatto")
        self.data = f"{site_url}{folder}"

    def page(self, dataset: str) -> URIRef:
        """The page of a dataset; of all of them for ""."""
        return URIRef(f"{self.data}{dataset}/" if dataset else self.data)

    def dataset(self, dataset: str) -> URIRef:
        """The dataset itself."""
        return URIRef(f"{self.page(dataset)}#dataset")


def body(graph: Graph, names: Names, config: SiteConfig) -> URIRef:
    """Who publishes. The harvester of dati.gov.it finds it by its IPA code; one name only, as the profile asks."""
    node = kind(graph, names.body, DCATAPIT.Agent, FOAF.Agent)
    publisher = URIRef(f"http://purl.org/adms/publishertype/{config.catalogue['publisher_type']}")
    return say(
        graph, node, (FOAF.name, config.owner["name"]["it"]), (DCTERMS.identifier, plain(config.catalogue["ipa"])),
        (DCTERMS.type, concept(graph, publisher, config.catalogue["publisher_type"], "en")),
    )


def contact(graph: Graph, names: Names, config: SiteConfig) -> None:
    """The office that answers: its box is mandatory in the Italian profile, so without one there is no contact."""
    if config.owner.get("feedback"):
        kind(graph, names.contact, DCATAPIT.Organization, VCARD.Organization, VCARD.Kind)
        say(graph, names.contact, (VCARD.fn, config.name),
            (VCARD.hasEmail, URIRef(f"mailto:{config.owner['feedback']}")),
            (VCARD.hasURL, URIRef(f"{config.site_url}contatti/")))


def licence(graph: Graph) -> URIRef:
    """CC BY 4.0, as both profiles and the harvester know it."""
    attribution = concept(graph, URIRef("http://purl.org/adms/licencetype/Attribution"), "Attribution", "en")
    kind(graph, LICENCE, DCATAPIT.LicenseDocument, DCTERMS.LicenseDocument)
    return say(graph, LICENCE, (FOAF.name, "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"),
               (OWL.versionInfo, plain("4.0")), (DCTERMS.type, attribution))


def place(graph: Graph, about: Mapping[str, Any]) -> URIRef:
    """Where the data are about: a place of the European list, with its box."""
    node = kind(graph, URIRef(f"{EU}place/{about['place']}"), DCTERMS.Location)
    west, south, east, north = about["box"]
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = ",".join(f"{x} {y}" for x, y in corners)
    return say(
        graph, node, (DCATAPIT.geographicalIdentifier, plain(str(node))), (LOCN.geographicName, about["place_name"]),
        (DCAT.bbox, Literal(f"POLYGON(({ring}))", datatype=GEO.wktLiteral)),
        (DCAT.centroid, Literal(f"POINT({(west + east) / 2:.4f} {(south + north) / 2:.4f})", datatype=GEO.wktLiteral)),
    )


def languages(graph: Graph) -> list[URIRef]:
    return [code(graph, "language", LANGUAGE_CODES[name], DCTERMS.LinguisticSystem) for name in LANGUAGES]
