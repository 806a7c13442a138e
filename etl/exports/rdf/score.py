"""The metadata-quality score of the European data portal, worked out from the graph of the catalogue.

Points are those of the portal's own method: 405 in five groups, the best distribution counting for the dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from etl.exports.rdf.dcat import Names
from etl.exports.rdf.vocabularies import EU, LICENCE, MEDIA_TYPES

MACHINE_READABLE = frozenset({"CSV", "JSON", "GEOJSON", "XLSX", "RDF_TURTLE", "RDF_XML", "JSON_LD", "XML"})
PROPRIETARY = frozenset({"XLS", "XLSX", "DOC", "DOCX"})
Test = Callable[[Graph, URIRef, frozenset[str]], bool]


def has(name: URIRef, start: str = "") -> Test:
    """Whether a node has a property, with a value that begins like this."""
    return lambda graph, node, _: any(str(value).startswith(start) for value in graph.objects(node, name))


def file_type(graph: Graph, node: URIRef) -> str:
    return str(graph.value(node, DCTERMS["format"]) or "").removeprefix(f"{EU}file-type/")


OF_DATASETS: Mapping[str, tuple[int, Test]] = {
    "keywords": (30, has(DCAT.keyword)),
    "theme": (30, has(DCAT.theme, f"{EU}data-theme/")),
    "spatial": (20, has(DCTERMS.spatial)),
    "temporal": (20, has(DCTERMS.temporal)),
    "dcat_ap": (30, has(DCTERMS.title)),
    "access_rights": (10, has(DCTERMS.accessRights)),
    "access_rights_known": (5, has(DCTERMS.accessRights, f"{EU}access-right/")),
    "contact": (20, has(DCAT.contactPoint)),
    "publisher": (10, has(DCTERMS.publisher)),
    "issued": (5, has(DCTERMS.issued)),
    "modified": (5, has(DCTERMS.modified)),
}
OF_FILES: Mapping[str, tuple[int, Test]] = {
    "access_url": (50, has(DCAT.accessURL)),
    "download_url": (20, has(DCAT.downloadURL)),
    "download_works": (30, lambda graph, node, files: str(graph.value(node, DCAT.downloadURL)) in files),
    "format": (20, has(DCTERMS["format"])),
    "media_type": (10, has(DCAT.mediaType)),
    "from_vocabulary": (10, lambda graph, node, files: has(DCTERMS["format"], f"{EU}file-type/")(graph, node, files)
                        and has(DCAT.mediaType, MEDIA_TYPES)(graph, node, files)),
    "non_proprietary": (20, lambda graph, node, _: file_type(graph, node) not in PROPRIETARY | {""}),
    "machine_readable": (20, lambda graph, node, _: file_type(graph, node) in MACHINE_READABLE),
    "licence": (20, has(DCTERMS.license)),
    "licence_known": (10, has(DCTERMS.license, str(LICENCE))),
    "rights": (5, has(DCTERMS.rights)),
    "size": (5, has(DCAT.byteSize)),
}
MOST = sum(points for points, _ in [*OF_DATASETS.values(), *OF_FILES.values()])


def scores(graph: Graph, names: Names, datasets: list[str], files: frozenset[str]) -> dict[str, int]:
    """Points of each dataset, out of MOST. files: addresses that the site serves; another download does not work."""
    return {name: score(graph, names.dataset(name), files) for name in datasets}


def score(graph: Graph, dataset: URIRef, files: frozenset[str]) -> int:
    """Points of one dataset: its own, and those of its best file."""
    own = earned(OF_DATASETS, graph, dataset, files)
    return own + max(
        (earned(OF_FILES, graph, node, files) for node in graph.objects(dataset, DCAT.distribution)
         if isinstance(node, URIRef)),
        default=0,
    )


def earned(tests: Mapping[str, tuple[int, Test]], graph: Graph, node: URIRef, files: frozenset[str]) -> int:
    return sum(points for points, test in tests.values() if test(graph, node, files))
