"""The catalogue as one graph that conforms to DCAT-AP_IT 2.0 and to DCAT-AP 3.0.1.

Every node has the Italian class and its European parent. Cardinalities are those of both profiles together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, SKOS, XSD

from etl.exports.rdf import EU, MEDIA_TYPES
from etl.exports.rdf.coverage import period
from etl.exports.rdf.vocabularies import (
    DCAT_VERSION,
    DCATAP,
    DCATAPIT,
    GEO,
    LANGUAGE_CODES,
    LICENCE,
    LOCN,
    SCHEMA,
    SUBJECTS,
    VCARD,
    code,
    concept,
    day,
    kind,
    new_graph,
    plain,
    say,
)
from etl.meta.catalog import THEMES
from etl.meta.model import LANGUAGES, Release
from etl.meta.settings import SiteConfig

TABLE_SCHEMA = URIRef("https://datapackage.org/standard/table-schema/")


class Names:
    """The IRIs of the catalogue: parts of pages that exist, so each can be opened. folder: of the pages of the data."""

    def __init__(self, site_url: str, folder: str = "dati/") -> None:
        self.site = URIRef(site_url)
        self.catalogue = URIRef(f"{site_url}{folder}#catalogo")
        self.body = URIRef(f"{site_url}#ente")
        self.contact = URIRef(f"{site_url}#contatto")
        self.data = f"{site_url}{folder}"

    def page(self, dataset: str) -> URIRef:
        """The page of a dataset."""
        return URIRef(f"{self.data}{dataset}/")

    def dataset(self, dataset: str) -> URIRef:
        """The dataset itself."""
        return URIRef(f"{self.data}{dataset}/#dataset")


def catalogue(release: Release, config: SiteConfig) -> Graph:
    """The whole graph: the catalogue, its body and contact, one dataset per table, one distribution per file."""
    graph, names, package = new_graph(), Names(config.site_url, config.folders["data"]), release.package
    taxonomy = kind(graph, URIRef(f"{EU}data-theme"), SKOS.ConceptScheme)
    say(graph, taxonomy, (DCTERMS.title, "Temi dei dati"))
    node = kind(graph, names.catalogue, DCATAPIT.Catalog, DCAT.Catalog)
    say(
        graph, node,
        (DCTERMS.title, package["title"]), (DCTERMS.description, package["description"]),
        (DCTERMS.publisher, body(graph, names, config)), (DCTERMS.modified, day(package["created"])),
        (DCTERMS.issued, day(min(item["issued"] for item in package["resources"]))),
        (FOAF.homepage, kind(graph, names.site, FOAF.Document)), (DCTERMS.license, licence(graph)),
        (DCAT.themeTaxonomy, taxonomy), (DCTERMS.spatial, place(graph, config.catalogue)),
        *((DCTERMS.language, item) for item in languages(graph)),
    )
    contact(graph, names, config)
    for resource in package["resources"]:
        say(graph, node, (DCAT.dataset, dataset(graph, names, release, config, resource)))
    return graph


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


def dataset(
    graph: Graph, names: Names, release: Release, config: SiteConfig, resource: Mapping[str, Any]
) -> URIRef:
    """One dataset with everything that both profiles ask for or recommend."""
    name = resource["name"]
    about, version = release.declarations[name], release.package["version"]
    node = kind(graph, names.dataset(name), DCATAPIT.Dataset, DCAT.Dataset)
    say(
        graph, node,
        (DCTERMS.identifier, plain(f"{config.catalogue['ipa']}:{release.package['name']}-{name}")),
        (DCTERMS.issued, day(resource["issued"])), (DCTERMS.modified, day(resource["modified"])),
        (DCTERMS.rightsHolder, names.body), (DCTERMS.publisher, names.body), (DCTERMS.creator, names.body),
        (DCTERMS.accrualPeriodicity, code(graph, "frequency", about["frequency"], DCTERMS.Frequency)),
        (DCAT.contactPoint, names.contact if config.owner.get("feedback") else None),
        (DCAT.landingPage, kind(graph, names.page(name), FOAF.Document)),
        (OWL.versionInfo, plain(version)), (DCAT_VERSION, plain(version)),
        (DCTERMS.accessRights, code(graph, "access-right", "PUBLIC", DCTERMS.RightsStatement)),
        (DCTERMS.spatial, place(graph, config.catalogue)), (DCTERMS.conformsTo, table_schema(graph)),
        (DCTERMS.temporal, time_of(graph, node, *period(release, resource))),
        *((DCTERMS.language, item) for item in languages(graph)),
    )
    for language in LANGUAGES:
        graph.add((node, DCTERMS.title, Literal(about["title"][language], lang=language)))
        graph.add((node, DCTERMS.description, Literal(about["description"][language], lang=language)))
        for word in about.get("keywords", {}).get(language, []):
            graph.add((node, DCAT.keyword, Literal(word, lang=language)))
    for theme in about["theme"]:
        say(graph, node, (DCAT.theme, code(graph, "data-theme", theme, SKOS.Concept, THEMES[theme])))
        if theme in SUBJECTS:
            say(graph, node, (DCTERMS.subject, concept(graph, *SUBJECTS[theme])))
    for file in release.files:
        if file["dataset"] == name and file["file_type"]:
            say(graph, node, (DCAT.distribution, distribution(graph, names, about, resource, file)))
    return node


def time_of(graph: Graph, node: URIRef, first: str, last: str) -> URIRef:
    """A period, in the three vocabularies that the two profiles and the harvester read."""
    made = kind(graph, URIRef(f"{node.removesuffix('dataset')}periodo"), DCTERMS.PeriodOfTime)
    return say(graph, made, *((vocabulary[end], day(value)) for vocabulary in (DCATAPIT, DCAT, SCHEMA)
                              for end, value in (("startDate", first), ("endDate", last))))


def table_schema(graph: Graph) -> URIRef:
    """The standard that every table follows."""
    kind(graph, TABLE_SCHEMA, DCATAPIT.Standard, DCTERMS.Standard)
    return say(graph, TABLE_SCHEMA, (DCTERMS.identifier, plain(str(TABLE_SCHEMA))), (DCTERMS.title, "Table Schema 2.0"),
               (DCATAPIT.referenceDocumentation, TABLE_SCHEMA))


def distribution(
    graph: Graph, names: Names, about: Mapping[str, Any], resource: Mapping[str, Any], file: Mapping[str, Any]
) -> URIRef:
    """One file that can be downloaded."""
    node = kind(graph, URIRef(f"{names.page(resource['name'])}#{file['format']}"), DCATAPIT.Distribution,
                DCAT.Distribution)
    rights = concept(graph, URIRef(f"{EU}access-right/PUBLIC"), "pubblico")
    return say(
        graph, node,
        (DCTERMS.title, f"{about['title']['it']} ({file['title']['it']})"), (DCTERMS.description, file["note"]["it"]),
        (DCTERMS["format"], code(graph, "file-type", file["file_type"], DCTERMS.MediaTypeOrExtent)),
        (DCAT.mediaType, kind(graph, URIRef(f"{MEDIA_TYPES}{file['media_type']}"), DCTERMS.MediaType)),
        (DCAT.accessURL, names.page(resource["name"])), (DCAT.downloadURL, URIRef(f"{names.site}dati/{file['path']}")),
        (DCTERMS.license, LICENCE), (DCTERMS.rights, rights),
        (DCTERMS.issued, day(resource["issued"])), (DCTERMS.modified, day(resource["modified"])),
        (DCAT.byteSize, Literal(str(file["bytes"]), datatype=XSD.nonNegativeInteger)),
        (DCATAP.availability, code(graph, "planned-availability", "STABLE", SKOS.Concept, "stabile")),
    )
