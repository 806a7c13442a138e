"""What servers and searchers are told of the finished site: types, compression, who may read it, which pages it has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.pages import base_of
from support.repository import ROOT

from etl.web.pages.trust.security import CORS, HEADERS, IMMUTABLE, VARY, headers_file

SNIPPET = (ROOT / "docs" / "nginx.conf").read_text("utf-8")
TYPES = {end: kind for kind, ends in re.findall(r"^        (\S+/\S+) ([\w ]+);$", SNIPPET, re.MULTILINE)
         for end in ends.split()}
PRESSED = {"text/html", *re.search(r"gzip_types ([^;]+);", SNIPPET)[1].split()}  # type: ignore[index]
WHOLE = {"png", "woff2", "pdf", "zip", "parquet", "xlsx", "sqlite"}
"""Compressed already, or read by ranges."""
SEARCH = {"pf_fragment", "pf_index", "pf_meta", "pagefind"}
"""Parts of the index of the search, which Pagefind compresses itself."""


def test_every_text_is_compressed_and_nothing_else() -> None:
    assert {end for end, kind in TYPES.items() if kind not in PRESSED} == WHOLE
    assert "gzip_vary on;" in SNIPPET
    assert {"jsonld", "rdf", "geojson", "ics", "yaml", "xml", "ttl", "atom", "svg", "csv", "vcf"} <= set(TYPES) - WHOLE


def test_only_data_and_api_are_open_to_scripts_of_others() -> None:
    (opened,) = re.findall(r'"(~\S+)" "\*";', SNIPPET)
    open_to_all = re.compile(opened.removeprefix("~"))
    assert all(open_to_all.search(path) for path in ("/dati/desks.csv", "/api/v1/desks.json"))
    assert not any(open_to_all.search(path) for path in ("/", "/assets/dati/x.js", "/sportelli/", "/x/api/v1/y.json"))


def test_hosts_that_read_a_file_of_headers_do_the_same() -> None:
    places = {block.splitlines()[0]: dict(line.strip().split(": ", 1) for line in block.splitlines()[1:])
              for block in re.split(r"\n(?=/)", headers_file())}
    assert places == {"/*": HEADERS | VARY, "/dati/*": CORS, "/api/*": CORS,
                      "/assets/*": {"Cache-Control": IMMUTABLE}}


@pytest.mark.parametrize("site", ["built_site", "town"])
def test_the_server_knows_the_type_of_every_file(site: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(site)
    folder = made / "build" / "site" if site == "town" else made
    ends = {path.suffix.lstrip(".") for path in folder.rglob("*") if path.is_file() and path.suffix}
    assert ends - set(TYPES) - SEARCH == set()
    for item in json.loads((folder / "dati" / "files.json").read_text("utf-8"))["files"]:
        served = "application/csvm+json" if item["path"].endswith(".csv-metadata.json") else None
        assert item["media_type"] == (served or TYPES[item["path"].rpartition(".")[2]]), item["path"]


@pytest.mark.parametrize("site", ["built_site", "town"])
def test_the_sitemap_has_every_page_that_searchers_may_keep_and_no_other(
    site: str, request: pytest.FixtureRequest
) -> None:
    made = request.getfixturevalue(site)
    folder = made / "build" / "site" if site == "town" else made
    listed = [address for path in folder.glob("sitemap*.xml")
              for address in re.findall("<loc>([^<]+)</loc>", path.read_text("utf-8"))]
    assert len(set(listed)) == len(listed)
    kept, refused = set[str](), set[str]()
    for path in folder.rglob("*.html"):
        address = base_of(folder) + path.relative_to(folder).as_posix().removesuffix("index.html")
        head = path.read_text("utf-8").partition("</head>")[0]
        (refused if '<meta name="robots" content="noindex">' in head else kept).add(address)
    assert sorted(kept - set(listed)) == []
    assert sorted(set(listed) - kept) == []
    assert {address for address in refused if address.endswith("404.html")}


def test_a_page_of_a_table_is_in_the_sitemap_and_its_embed_is_not(built_site: Path) -> None:
    text = (built_site / "sitemap.xml").read_text("utf-8")
    assert "/dati/desks/tabella/</loc>" in text
    assert "/incorpora/" not in text
