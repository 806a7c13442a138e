"""The catalogue for others: what validators made by others say of it, and the score that it earns."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF
from support.catalogs import CATALOG
from support.pages import base_of
from support.repository import ROOT, run_tool
from support.standards import STANDARDS, needs_shapes

from etl.exports.rdf import score as quality
from etl.exports.rdf.bodies import Names
from etl.exports.rdf.coverage import days
from etl.exports.rdf.dcat import WHOLE
from etl.exports.rdf.vocabularies import DCATAPIT

AUTHORITY = sorted((STANDARDS / "authority").glob("*.ttl"))
SHAPES = ("shapes", "range", "shapes_recommended", "deprecateduris", "mdr-vocabularies.shape", "dcat-ap-SHACL")
DATASETS = sorted(CATALOG)
SHACL = Namespace("http://www.w3.org/ns/shacl#")


@cache
def graph(path: Path) -> Graph:
    return Graph().parse(path)


def test_dcat_ap_it_finds_nothing(built_site: Path) -> None:
    run = run_tool("dcat-ap-it", "validate", built_site / "dati" / "catalog.ttl")
    assert run.returncode == 0, run.stdout
    assert "Nessuna violazione" in run.stdout, run.stdout


def test_dcat_ap_it_sees_what_is_missing(town: Path, tmp_path: Path) -> None:
    """Tried on the smaller catalogue, in which it finds nothing else."""
    spoilt = Graph().parse(town / "build" / "site" / "dati" / "catalog.ttl")
    spoilt.remove((None, DCTERMS.rightsHolder, None))
    spoilt.serialize(tmp_path / "spoilt.ttl", format="turtle")
    run = run_tool("dcat-ap-it", "validate", tmp_path / "spoilt.ttl")
    assert run.returncode == 1
    assert "rightsHolder" in run.stdout


@pytest.fixture(scope="session")
def merged(built_site: Path) -> Graph:
    """The graph with the lists of codes that its values are from."""
    whole = Graph().parse(built_site / "dati" / "catalog.ttl")
    for path in AUTHORITY:
        whole.parse(path)
    return whole


def judged(catalogue: Graph, shapes: Graph) -> tuple[bool, str]:
    """Whether a catalogue holds, and what is wrong with it, as pyshacl's program asks: one process for each list of
    shapes would read the catalogue again."""
    from pyshacl import validate

    holds, _, said = validate(catalogue, shacl_graph=shapes, allow_warnings=True)
    return holds, said[-3000:]


@needs_shapes
@pytest.mark.parametrize("shape", SHAPES)
def test_dcat_ap_finds_no_violation(merged: Graph, shape: str) -> None:
    """Warnings stay: a municipality is not in the EU's list of corporate bodies."""
    whole = Graph().parse(STANDARDS / "dcat-ap" / "3.0.1" / f"{shape}.ttl")
    for lost in [link for link in whole.triples((None, SHACL.property, None)) if (link[2], None, None) not in whole]:
        whole.remove(lost)  # two rules of data services are named there and written nowhere: pyshacl stops at them
    holds, said = judged(merged, whole)
    assert holds, said


@needs_shapes
def test_dcat_ap_sees_a_false_code(merged: Graph) -> None:
    text = merged.serialize(format="turtle").replace("file-type/CSV>", "file-type/CSVX>", 1)
    text = re.sub(r"(dcat:theme <[^>]+data-theme/)SOCI>", r"\1HOUSING>", text, count=1)
    shape = Graph().parse(STANDARDS / "dcat-ap" / "3.0.1" / "mdr-vocabularies.shape.ttl")
    assert not judged(Graph().parse(data=text, format="turtle"), shape)[0]


def test_the_three_files_hold_the_same_graph(built_site: Path) -> None:
    first = graph(built_site / "dati" / "catalog.ttl")
    assert isomorphic(first, Graph().parse(built_site / "dati" / "catalog.rdf", format="xml"))
    assert isomorphic(first, Graph().parse(built_site / "dati" / "catalog.jsonld", format="json-ld"))


def test_every_dataset_and_file_is_in_the_catalogue_and_every_address_is_served(built_site: Path) -> None:
    found, base = graph(built_site / "dati" / "catalog.ttl"), base_of(built_site)
    names = Names(base)
    all_of_them = [*DATASETS, WHOLE]
    assert {str(node) for node in found.subjects(RDF.type, DCATAPIT.Dataset)} == {
        str(names.dataset(name)) for name in all_of_them}
    identifiers = [str(found.value(names.dataset(name), DCTERMS.identifier)) for name in all_of_them]
    assert len(set(identifiers)) == len(all_of_them)
    listed = json.loads((built_site / "dati" / "files.json").read_text("utf-8"))["files"]
    downloads = {str(node) for node in found.objects(None, DCAT.downloadURL)}
    assert downloads == {f"{base}dati/{item['path']}" for item in listed if item["file_type"]}
    assert {item["format"] for item in listed if not item["file_type"]} == {
        "csvw", "schema", "datasette"}, "these hold no data"
    for address in [*downloads, *map(str, found.objects(None, DCAT.accessURL)), *map(str, found.objects(
            None, DCAT.landingPage))]:
        path = built_site / address.removeprefix(base)
        assert (path / "index.html" if address.endswith("/") else path).is_file(), address


@pytest.mark.parametrize("name", DATASETS)
def test_the_score_is_high_and_is_the_one_that_is_shown(built_site: Path, name: str) -> None:
    found, base = quality.nodes(built_site / "dati" / "catalog.jsonld"), base_of(built_site)
    files = frozenset(f"{base}dati/{path.relative_to(built_site / 'dati').as_posix()}"
                      for path in (built_site / "dati").rglob("*.*"))
    points = quality.score(found, str(Names(base).dataset(name)), files)
    assert points >= 390
    page = (built_site / "dati" / name / "index.html").read_text("utf-8")
    assert f"{points} su {quality.MOST}" in page


def test_what_is_missing_costs_points(built_site: Path) -> None:
    assert quality.MOST == 405
    whole = quality.nodes(built_site / "dati" / "catalog.jsonld")
    node = str(Names(base_of(built_site)).dataset("desks"))
    files = frozenset(address for item in whole.values() for address in quality.values(item, str(DCAT.downloadURL)))
    assert quality.score(whole, node, files) == 405
    assert quality.score(whole, node, frozenset()) == 375  # no download answers
    whole[node] = {name: value for name, value in whole[node].items() if name != str(DCTERMS.temporal)}
    assert quality.score(whole, node, files) == 385
    whole[node] = {name: value for name, value in whole[node].items() if name != str(DCAT.distribution)}
    assert quality.score(whole, node, files) == 165
    assert quality.score(whole, "https://example.org/nothing", files) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2020-02", ("2020-02-01", "2020-02-29")), ("2024", ("2024-01-01", "2024-12-31")),
     ("2024-05-06", ("2024-05-06", "2024-05-06")), (None, None), ("maggio", None)],
)
def test_a_partial_date_covers_its_days(value: str | None, expected: tuple[str, str] | None) -> None:
    assert days(value) == expected


@needs_shapes
def test_the_descriptor_follows_data_package_2(built_site: Path, tmp_path: Path) -> None:
    """The profile of the package and, because it does not look into them, that of each table's schema."""
    profile = STANDARDS / "datapackage" / "2.0"
    descriptor = built_site / "dati" / "datapackage.json"
    run = run_tool("check-jsonschema", "--schemafile", profile / "datapackage.json", descriptor)
    assert run.returncode == 0, run.stdout
    run = run_tool("check-jsonschema", "--schemafile", profile / "tableschema.json",
                   *sorted((built_site / "dati" / "schemas").glob("*.json")))
    assert run.returncode == 0, run.stdout
    spoilt: dict[str, Any] = json.loads(descriptor.read_text("utf-8"))
    spoilt["resources"][0]["name"] = 3
    (tmp_path / "datapackage.json").write_text(json.dumps(spoilt), "utf-8")
    assert run_tool("check-jsonschema", "--schemafile", profile / "datapackage.json",
                    tmp_path / "datapackage.json").returncode == 1


@needs_shapes
def test_the_sitemap_follows_its_schema(built_site: Path) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(STANDARDS / "sitemap" / "sitemap.xsd")))
    found = etree.parse(str(built_site / "sitemap.xml"))
    assert schema.validate(found), schema.error_log
    spoilt = etree.fromstring(etree.tostring(found).replace(b"<loc>", b"<place>", 1).replace(b"</loc>", b"</place>", 1))
    assert not schema.validate(spoilt)


VOCABULARY = STANDARDS / "schemaorg" / "30.0" / "schemaorg-all-https.jsonld"


@needs_shapes
@pytest.mark.usefixtures("tools")
def test_what_pages_tell_search_engines_is_in_the_vocabulary(built_site: Path, tmp_path: Path) -> None:
    """Every page that has JSON-LD, and a spoilt one."""
    pages = [*(built_site / "dati").glob("*/index.html"), *(built_site / "sportelli").glob("*/index.html"),
             *(built_site / "servizi").glob("*/index.html"), *(built_site / "progetti").glob("*/index.html"),
             built_site / "dati" / "index.html", built_site / "en" / "data" / "index.html",
             *(built_site / "en" / "data").glob("*/index.html")]
    told = [page for page in pages if "application/ld+json" in page.read_text("utf-8")]
    script = ROOT / "tests" / "tools" / "schemaorg.mjs"
    run = run_tool("node", script, VOCABULARY, *told)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    kinds = set(re.findall(r"(\w+): 0 issues", run.stdout))
    assert {"DataCatalog", "Dataset", "GovernmentService", "GovernmentOffice", "Project"} <= kinds, run.stdout[-500:]
    spoilt = tmp_path / "index.html"
    shutil.copy(built_site / "dati" / "desks" / "index.html", spoilt)
    spoilt.write_text(spoilt.read_text("utf-8").replace('"encodingFormat"', '"encodingFromat"'), "utf-8")
    assert run_tool("node", script, VOCABULARY, spoilt).returncode == 1
