"""A graph as files: the same bytes each time."""

from __future__ import annotations

import json
from typing import Any

from rdflib import Graph

from etl.meta.view import as_json


def turtle(graph: Graph) -> bytes:
    """Turtle, which rdflib writes in order."""
    return graph.serialize(format="turtle").encode("utf-8")


def rdf_xml(graph: Graph) -> bytes:
    """RDF/XML of the triples in order."""
    # This store keeps triples in the order in which they come; the usual one does not.
    ordered = Graph("SimpleMemory", bind_namespaces="none")
    for prefix, namespace in graph.namespaces():
        ordered.bind(prefix, namespace)
    for triple in sorted(graph, key=lambda triple: tuple(term.n3() for term in triple)):
        ordered.add(triple)
    return ordered.serialize(format="xml").encode("utf-8")


def json_ld(graph: Graph) -> bytes:
    """Expanded JSON-LD, nodes and values in order."""
    nodes = in_order(json.loads(graph.serialize(format="json-ld")))
    return as_json(nodes, sort_keys=True)


def in_order(value: Any) -> Any:
    """The same JSON with every list sorted: sets in a graph have no order of their own."""
    if isinstance(value, dict):
        return {key: in_order(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(in_order, value), key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))
    return value


RDF_FILES = {"ttl": turtle, "rdf": rdf_xml, "jsonld": json_ld}
