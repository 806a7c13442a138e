"""Namespaces and controlled values that the graphs share. Source of each code: the lists of the Publications Office."""

from __future__ import annotations

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, SKOS, XSD

from etl.exports import datapackage
from etl.exports.rdf import EU

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib does not know yet, like the next one
DCAT_PREVIOUS = URIRef(f"{DCAT}previousVersion")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SHA256_NAMED = SPDX.checksumAlgorithm_sha256
SHA256 = URIRef(SHA256_NAMED.replace("http:", "https:"))
"""The shapes of DCAT-AP 3.0.1 take this form only; the vocabulary's own name is said to be the same."""
SCHEMA = Namespace("http://schema.org/")  # the form that the harvester of dati.gov.it reads
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")

# As dati.gov.it's questions and answers write it.
LICENCE = URIRef(datapackage.LICENCE["path"])
# Theme -> a domain of EuroVoc that AgID's mapping allows under it.
SUBJECTS = {
    "SOCI": (URIRef("http://eurovoc.europa.eu/100214"), "protezione sociale"),
    "GOVE": (URIRef("http://eurovoc.europa.eu/100169"), "potere esecutivo e amministrazione pubblica"),
    "ECON": (URIRef("http://eurovoc.europa.eu/100204"), "finanze pubbliche e politica di bilancio"),
}
LANGUAGE_CODES = {"it": "ITA", "en": "ENG"}
PREFIXES = {
    "rdf": RDF, "dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "owl": OWL, "skos": SKOS, "xsd": XSD, "dcatapit": DCATAPIT,
    "dcatap": DCATAP, "vcard": VCARD, "locn": LOCN, "schema": SCHEMA, "geosparql": GEO, "cpsv": CPSV, "cv": CV,
    "spdx": SPDX, "rdfs": RDFS,
}


def new_graph() -> Graph:
    """An empty graph with the prefixes that people know."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def say(graph: Graph, node: URIRef, *pairs: tuple[URIRef, object]) -> URIRef:
    """State properties of a node; a text is taken as Italian, None is left out. Gives the node."""
    for name, value in pairs:
        if value is not None:
            graph.add((node, name, Literal(value, lang="it") if type(value) is str else value))  # type: ignore[arg-type]
    return node


def kind(graph: Graph, node: URIRef, *classes: URIRef) -> URIRef:
    """Give a node its classes."""
    for item in classes:
        graph.add((node, RDF.type, item))
    return node


def code(graph: Graph, listed: str, value: str, of: URIRef, label: str | None = None) -> URIRef:
    """A value of a list of the Publications Office, typed, with its label where shapes ask for one."""
    node = kind(graph, URIRef(f"{EU}{listed}/{value}"), of)
    if label:
        graph.add((node, SKOS.prefLabel, Literal(label, lang="it")))
    return node


def concept(graph: Graph, node: URIRef, label: str, language: str = "it") -> URIRef:
    """A concept of some vocabulary with its label."""
    kind(graph, node, SKOS.Concept)
    graph.add((node, SKOS.prefLabel, Literal(label, lang=language)))
    return node


def day(value: str | None) -> Literal | None:
    """A day as xsd:date."""
    return Literal(value[:10], datatype=XSD.date) if value else None


def plain(value: object) -> Literal:
    """A literal without a language."""
    return Literal(value)

