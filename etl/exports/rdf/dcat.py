"""The catalogue as one graph that conforms to DCAT-AP_IT 2.0 and to DCAT-AP 3.0.1.

Every node has the Italian class and its European parent. Cardinalities are those of both profiles together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, SKOS, XSD

from etl.exports.rdf import EU, MEDIA_TYPES
from etl.exports.rdf.bodies import Names, body, contact, languages, licence, place
from etl.exports.rdf.coverage import period
from etl.exports.rdf.interfaces import interfaces
from etl.exports.rdf.naming import identifier
from etl.exports.rdf.vocabularies import (
    DCAT_PREVIOUS,
    DCAT_VERSION,
    DCATAP,
    DCATAPIT,
    LICENCE,
    SCHEMA,
    SHA256,
    SHA256_NAMED,
    SPDX,
    SUBJECTS,
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
WHOLE = ""
"""The name of what all tables are together: the ZIP and the database are its files."""
NO_RHYTHM = "IRREG"
"""How often the whole changes: each table has a rhythm of its own."""


@dataclass(frozen=True)
class Described:
    """A dataset of the catalogue. about: its words, themes and frequency. first, last: the days that it speaks of.

    made_from: the tables that it is computed from.
    """

    name: str
    about: Mapping[str, Any]
    issued: str
    modified: str
    first: str
    last: str
    made_from: tuple[str, ...] = ()


def catalogue(release: Release, config: SiteConfig) -> Graph:
    """The whole graph: the catalogue, its body and contact, the datasets with a distribution per file, the services."""
    graph, names, package = new_graph(), Names(config.site_url, config.folders["data"]), release.package
    taxonomy = kind(graph, URIRef(f"{EU}data-theme"), SKOS.ConceptScheme)
    say(graph, taxonomy, (DCTERMS.title, "Temi dei dati"))
    listed = described(release)
    node = kind(graph, names.catalogue, DCATAPIT.Catalog, DCAT.Catalog)
    say(
        graph, node,
        (DCTERMS.title, package["title"]), (DCTERMS.description, package["description"]),
        (DCTERMS.publisher, body(graph, names, config)), (DCTERMS.modified, day(package["created"])),
        (DCTERMS.issued, day(listed[-1].issued)),
        (FOAF.homepage, kind(graph, names.site, FOAF.Document)), (DCTERMS.license, licence(graph)),
        (DCAT.themeTaxonomy, taxonomy), (DCTERMS.spatial, place(graph, config.catalogue)),
        *((DCTERMS.language, item) for item in languages(graph)),
    )
    contact(graph, names, config)
    say(graph, node, *((DCAT.service, service) for service in interfaces(graph, names, release, config)))
    for item in listed:
        say(graph, node, (DCAT.dataset, dataset(graph, names, release, config, item)))
    whole = names.dataset(WHOLE)
    say(graph, whole, *((DCTERMS.hasPart, names.dataset(item.name)) for item in listed if item.name != WHOLE),
        (DCAT_PREVIOUS, previous(graph, release, config)))
    return graph


def described(release: Release) -> list[Described]:
    """Every table, then the whole."""
    tables = [
        Described(item["name"], release.declarations[item["name"]], item["issued"], item["modified"],
                  *period(release, item), tuple(item.get("madeFrom", ())))
        for item in release.package["resources"]
    ]
    package = release.package
    about = {
        **{words: {"it": package[words], "en": package[f"{words}_en"]} for words in ("title", "description")},
        "theme": sorted({theme for item in tables for theme in item.about["theme"]}), "frequency": NO_RHYTHM,
        "source": {"title": {"it": "le tabelle di questo catalogo", "en": "the tables of this catalogue"}},
    }
    return [*tables, Described(
        WHOLE, about, min(item.issued for item in tables), max(item.modified for item in tables),
        min(item.first for item in tables), max(item.last for item in tables))]


def dataset(graph: Graph, names: Names, release: Release, config: SiteConfig, item: Described) -> URIRef:
    """One dataset with everything that both profiles ask for or recommend."""
    about, version = item.about, release.package["version"]
    node = kind(graph, names.dataset(item.name), DCATAPIT.Dataset, DCAT.Dataset)
    say(
        graph, node,
        (DCTERMS.identifier, plain(identifier(release, config, item.name))),
        (DCTERMS.issued, day(item.issued)), (DCTERMS.modified, day(item.modified)),
        (DCTERMS.rightsHolder, names.body), (DCTERMS.publisher, names.body), (DCTERMS.creator, names.body),
        (DCTERMS.accrualPeriodicity, code(graph, "frequency", about["frequency"], DCTERMS.Frequency)),
        (DCAT.contactPoint, names.contact if config.owner.get("feedback") else None),
        (DCAT.landingPage, kind(graph, names.page(item.name), FOAF.Document)),
        (OWL.versionInfo, plain(version)), (DCAT_VERSION, plain(version)),
        (DCTERMS.accessRights, code(graph, "access-right", "PUBLIC", DCTERMS.RightsStatement)),
        (DCTERMS.spatial, place(graph, config.catalogue)), (DCTERMS.conformsTo, table_schema(graph)),
        (DCTERMS.temporal, time_of(graph, node, item.first, item.last)),
        (DCTERMS.provenance, provenance(graph, node, about)),
        *((DCTERMS.source, names.dataset(name)) for name in item.made_from if name in release.records),
        *((DCTERMS.language, language) for language in languages(graph)),
    )
    words_of(graph, node, about)
    for file in release.files:
        if file["dataset"] == item.name and file["file_type"]:
            say(graph, node, (DCAT.distribution, distribution(graph, names, item, file)))
    return node


def words_of(graph: Graph, node: URIRef, about: Mapping[str, Any]) -> None:
    """Titles, descriptions and keywords in both languages; themes with their subjects."""
    for language in LANGUAGES:
        graph.add((node, DCTERMS.title, Literal(about["title"][language], lang=language)))
        graph.add((node, DCTERMS.description, Literal(about["description"][language], lang=language)))
        for word in about.get("keywords", {}).get(language, []):
            graph.add((node, DCAT.keyword, Literal(word, lang=language)))
    for theme in about["theme"]:
        say(graph, node, (DCAT.theme, code(graph, "data-theme", theme, SKOS.Concept, THEMES[theme])))
        if theme in SUBJECTS:
            say(graph, node, (DCTERMS.subject, concept(graph, *SUBJECTS[theme])))


def provenance(graph: Graph, node: URIRef, about: Mapping[str, Any]) -> URIRef:
    """Where a dataset is from, in the words of its page."""
    made = kind(graph, part(node, "provenienza"), DCTERMS.ProvenanceStatement)
    for language, word in (("it", "Fonte"), ("en", "Source")):
        graph.add((made, RDFS.label, Literal(f"{word}: {about['source']['title'][language]}", lang=language)))
    return made


def previous(graph: Graph, release: Release, config: SiteConfig) -> URIRef | None:
    """The release before, which stays at its address; None for the first one."""
    version = release.package.get("replaces")
    if not version:
        return None
    node = kind(graph, URIRef(f"{config.page('version', version)}#dataset"), DCAT.Dataset)
    return say(graph, node, (DCTERMS.title, f"{release.package['title']}, versione {version}"),
               (DCTERMS.description, release.package["description"]), (DCAT_VERSION, plain(version)),
               (DCAT.landingPage, kind(graph, URIRef(config.page("version", version)), FOAF.Document)))


def part(node: URIRef, name: str) -> URIRef:
    """The address of what belongs to a dataset."""
    return URIRef(f"{node.removesuffix('dataset')}{name}")


def time_of(graph: Graph, node: URIRef, first: str, last: str) -> URIRef:
    """A period, in the three vocabularies that the two profiles and the harvester read."""
    made = kind(graph, part(node, "periodo"), DCTERMS.PeriodOfTime)
    return say(graph, made, *((vocabulary[end], day(value)) for vocabulary in (DCATAPIT, DCAT, SCHEMA)
                              for end, value in (("startDate", first), ("endDate", last))))


def table_schema(graph: Graph) -> URIRef:
    """The standard that every table follows."""
    kind(graph, TABLE_SCHEMA, DCATAPIT.Standard, DCTERMS.Standard)
    return say(graph, TABLE_SCHEMA, (DCTERMS.identifier, plain(str(TABLE_SCHEMA))), (DCTERMS.title, "Table Schema 2.0"),
               (DCATAPIT.referenceDocumentation, TABLE_SCHEMA))


def distribution(graph: Graph, names: Names, item: Described, file: Mapping[str, Any]) -> URIRef:
    """One file that can be downloaded."""
    node = kind(graph, URIRef(f"{names.page(item.name)}#{file['format']}"), DCATAPIT.Distribution, DCAT.Distribution)
    rights = concept(graph, URIRef(f"{EU}access-right/PUBLIC"), "pubblico")
    return say(
        graph, node,
        (DCTERMS.title, f"{item.about['title']['it']} ({file['title']['it']})"),
        (DCTERMS.description, file["note"]["it"]),
        (DCTERMS["format"], code(graph, "file-type", file["file_type"], DCTERMS.MediaTypeOrExtent)),
        (DCAT.mediaType, kind(graph, URIRef(f"{MEDIA_TYPES}{file['media_type']}"), DCTERMS.MediaType)),
        (DCAT.accessURL, names.page(item.name)), (DCAT.downloadURL, URIRef(f"{names.site}dati/{file['path']}")),
        (DCTERMS.license, LICENCE), (DCTERMS.rights, rights),
        (DCTERMS.issued, day(item.issued)), (DCTERMS.modified, day(item.modified)),
        (DCAT.byteSize, Literal(str(file["bytes"]), datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, checksum(graph, node, file["sha256"])),
        (DCATAP.availability, code(graph, "planned-availability", "STABLE", SKOS.Concept, "stabile")),
    )


def checksum(graph: Graph, file: URIRef, value: str) -> URIRef:
    """The fingerprint of a file."""
    algorithm = kind(graph, SHA256, SPDX.ChecksumAlgorithm)
    made = kind(graph, URIRef(f"{file}-sha256"), SPDX.Checksum)
    say(graph, algorithm, (OWL.sameAs, SHA256_NAMED))
    return say(graph, made, (SPDX.algorithm, algorithm),
               (SPDX.checksumValue, Literal(value, datatype=XSD.hexBinary, normalize=False)))
