"""The metadata-quality score of the European data portal, worked out from the catalogue that is published.

Points are those of the portal's own method: 405 in five groups, the best distribution counting for the dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.exports.datapackage import LICENCE
from etl.exports.rdf import EU, MEDIA_TYPES
from etl.exports.rdf.naming import dataset_address
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import resources

MACHINE_READABLE = frozenset({"CSV", "JSON", "GEOJSON", "XLSX", "RDF_TURTLE", "RDF_XML", "JSON_LD", "XML"})
PROPRIETARY = frozenset({"XLS", "XLSX", "DOC", "DOCX"})
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
Node = Mapping[str, Any]
Graph = Mapping[str, Node]
Test = Callable[[Node, frozenset[str]], bool]


def values(node: Node, name: str) -> list[str]:
    """The values of a property of a node of expanded JSON-LD."""
    return [item.get("@id") or str(item["@value"]) for item in node.get(name, [])]


def has(name: str, start: str = "") -> Test:
    """Whether a node has a property, with a value that begins like this."""
    return lambda node, _: any(value.startswith(start) for value in values(node, name))


def file_type(node: Node) -> str:
    return next(iter(values(node, f"{DCT}format")), "").removeprefix(f"{EU}file-type/")


OF_DATASETS: Mapping[str, tuple[int, Test]] = {
    "keywords": (30, has(f"{DCAT}keyword")),
    "theme": (30, has(f"{DCAT}theme", f"{EU}data-theme/")),
    "spatial": (20, has(f"{DCT}spatial")),
    "temporal": (20, has(f"{DCT}temporal")),
    "dcat_ap": (30, has(f"{DCT}title")),
    "access_rights": (10, has(f"{DCT}accessRights")),
    "access_rights_known": (5, has(f"{DCT}accessRights", f"{EU}access-right/")),
    "contact": (20, has(f"{DCAT}contactPoint")),
    "publisher": (10, has(f"{DCT}publisher")),
    "issued": (5, has(f"{DCT}issued")),
    "modified": (5, has(f"{DCT}modified")),
}
OF_FILES: Mapping[str, tuple[int, Test]] = {
    "access_url": (50, has(f"{DCAT}accessURL")),
    "download_url": (20, has(f"{DCAT}downloadURL")),
    "download_works": (30, lambda node, files: not files.isdisjoint(values(node, f"{DCAT}downloadURL"))),
    "format": (20, has(f"{DCT}format")),
    "media_type": (10, has(f"{DCAT}mediaType")),
    "from_vocabulary": (10, lambda node, files: has(f"{DCT}format", f"{EU}file-type/")(node, files)
                        and has(f"{DCAT}mediaType", MEDIA_TYPES)(node, files)),
    "non_proprietary": (20, lambda node, _: file_type(node) not in PROPRIETARY | {""}),
    "machine_readable": (20, lambda node, _: file_type(node) in MACHINE_READABLE),
    "licence": (20, has(f"{DCT}license")),
    "licence_known": (10, has(f"{DCT}license", LICENCE["path"])),
    "rights": (5, has(f"{DCT}rights")),
    "size": (5, has(f"{DCAT}byteSize")),
}
MOST = sum(points for points, _ in [*OF_DATASETS.values(), *OF_FILES.values()])


def scored(release: Release, catalogue: Path, config: SiteConfig) -> Release:
    """The release with the points of each dataset, out of MOST. catalogue: as JSON-LD; a site may have none.

    A file counts as one that can be downloaded where the release lists it.
    """
    if not catalogue.exists():
        return release
    graph = nodes(catalogue)
    served = frozenset(f"{config.site_url}dati/{file['path']}" for file in release.files)
    return replace(release, scores={name: score(graph, dataset_address(config, name), served)
                                    for name in resources(release.package)})


def nodes(catalogue: Path) -> dict[str, Node]:
    """The nodes of a graph in a file of expanded JSON-LD, by their names."""
    return {node["@id"]: node for node in json.loads(catalogue.read_text("utf-8"))}


def score(graph: Graph, dataset: str, files: frozenset[str]) -> int:
    """Points of one dataset: its own, and those of its best file. files: addresses that the site serves."""
    node = graph.get(dataset, {})
    given = (graph.get(name, {}) for name in values(node, f"{DCAT}distribution"))
    return earned(OF_DATASETS, node, files) + max((earned(OF_FILES, item, files) for item in given), default=0)


def earned(tests: Mapping[str, tuple[int, Test]], node: Node, files: frozenset[str]) -> int:
    return sum(points for points, test in tests.values() if test(node, files))
