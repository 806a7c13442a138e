"""What the catalogue says beside its tables: fingerprints, interfaces, the release before; pages say the same names."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, RDF
from support.catalogs import CATALOG
from support.pages import base_of

from etl.exports.rdf.bodies import Names
from etl.exports.rdf.dcat import WHOLE
from etl.exports.rdf.vocabularies import DCAT_PREVIOUS, DCAT_VERSION, SHA256_NAMED, SPDX
from etl.web.pages.services.services import location


@cache
def graph(site: Path) -> Graph:
    return Graph().parse(site / "dati" / "catalog.ttl")


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def told(page: Path) -> dict[str, Any]:
    """The first block of JSON-LD of a page."""
    found = re.search(r'<script type="application/ld[+]json"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found, page
    block: dict[str, Any] = json.loads(found[1])
    return block


def test_every_file_has_the_fingerprint_of_the_list(built_site: Path) -> None:
    found, base = graph(built_site), base_of(built_site)
    listed = {item["path"]: item for item in read(built_site / "dati" / "files.json")["files"] if item["file_type"]}
    said = {}
    for node in found.subjects(RDF.type, DCAT.Distribution):
        sign = found.value(node, SPDX.checksum)
        algorithm = found.value(sign, SPDX.algorithm)
        assert found.value(algorithm, OWL.sameAs) == SHA256_NAMED
        path = str(found.value(node, DCAT.downloadURL)).removeprefix(f"{base}dati/")
        said[path] = (str(found.value(sign, SPDX.checksumValue)), int(str(found.value(node, DCAT.byteSize))))
    assert said == {path: (item["sha256"], item["bytes"]) for path, item in listed.items()}
    formats = {item["format"] for item in listed.values()}
    assert {"csv", "json", "xlsx", "parquet", "sqlite", "zip", "geojson"} <= formats


def test_the_interfaces_are_services_with_a_description_that_is_served(built_site: Path) -> None:
    found, base = graph(built_site), base_of(built_site)
    catalogue = Names(base).catalogue
    services = {str(node).rpartition("#")[2]: node for node in found.objects(catalogue, DCAT.service)}
    assert set(services) == {"v1", "hsds"}
    for name, node in services.items():
        assert str(found.value(node, DCAT.endpointURL)) == f"{base}api/{name}/"
        description = read(built_site / str(found.value(node, DCAT.endpointDescription)).removeprefix(base))
        assert [f"{server['url']}/" for server in description["servers"]] == [f"{base}api/{name}/"]
        served = set(found.objects(node, DCAT.servesDataset))
        assert {Names(base).dataset("desks"), Names(base).dataset("services")} <= served
        assert served <= {Names(base).dataset(table) for table in CATALOG}


def test_the_whole_has_its_tables_and_the_release_before(built_site: Path) -> None:
    found, base = graph(built_site), base_of(built_site)
    whole, package = Names(base).dataset(WHOLE), read(built_site / "dati" / "datapackage.json")
    assert set(found.objects(whole, DCTERMS.hasPart)) == {Names(base).dataset(name) for name in CATALOG}
    before = found.value(whole, DCAT_PREVIOUS)
    assert str(found.value(before, DCAT_VERSION)) == package["replaces"]
    assert (built_site / str(found.value(before, DCAT.landingPage)).removeprefix(base) / "index.html").is_file()


def test_every_table_says_where_it_is_from(built_site: Path) -> None:
    found, names = graph(built_site), Names(base_of(built_site))
    for item in read(built_site / "dati" / "datapackage.json")["resources"]:
        node = names.dataset(item["name"])
        assert found.value(node, DCTERMS.provenance), item["name"]
        assert set(found.objects(node, DCTERMS.source)) == {names.dataset(name) for name in item["madeFrom"]}


@pytest.mark.parametrize("site", ["built_site", "town"])
def test_pages_and_catalogue_give_a_table_one_name(site: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(site)
    folder = made / "build" / "site" if site == "town" else made
    found, base = graph(folder), base_of(folder)
    tables = [item["name"] for item in read(folder / "dati" / "datapackage.json")["resources"]]
    second = "en/data" if (folder / "en" / "data").is_dir() else "fr/donnees"
    for place in ("dati", second):
        for name in tables:
            block = told(folder / place / name / "index.html")
            node = URIRef(block["@id"])
            assert node == Names(base).dataset(name)
            assert block["identifier"] == str(found.value(node, DCTERMS.identifier))
            period = found.value(node, DCTERMS.temporal)
            days = [str(found.value(period, DCAT[end])) for end in ("startDate", "endDate")]
            assert block["temporalCoverage"] == "/".join(days)
            assert block["spatialCoverage"]["sameAs"] == str(found.value(node, DCTERMS.spatial))
        listed = told(folder / place / "index.html")["dataset"]
        assert {item["@id"] for item in listed} == {str(Names(base).dataset(name)) for name in tables}


def test_a_service_is_where_most_is_known_of_the_address() -> None:
    desks = [{"name": name, "address": street, "postal_code": code, "municipality": "Borgo"}
             for name, street, code in (("a", None, None), ("b", "via Uno 1", None), ("c", "via Due 2", "00100"))]
    assert location(desks)["address"] == {"@type": "PostalAddress", "streetAddress": "via Due 2", "postalCode": "00100",
                                          "addressLocality": "Borgo", "addressCountry": "IT"}
    assert location(desks[:2])["name"] == "b"
    assert location([]) == {}
