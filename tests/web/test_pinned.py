"""What is cited does not change: citations, feeds and frames lead to the release's own files, with their checksum."""

from __future__ import annotations

import hashlib
import html as entities
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from support.pages import base_of

from etl.domain.pinned import pinned_on
from etl.meta.model import Release

LINES = [
    {"version": "2.0.0", "created": "2026-11-29T00:00:00Z", "kept": True,
     "tables": [{"name": "t", "path": "t.csv", "bytes": 9, "sha256": "ab"}]},
    {"version": "1.1.0", "created": "2026-11-29T00:00:00Z", "kept": True, "tables": []},
    {"version": "1.0.0", "created": "2026-11-27T00:00:00Z", "kept": False,
     "tables": [{"name": "t", "path": "t.csv", "bytes": 9}]},
]


def test_a_day_leads_to_its_last_release_if_that_is_kept() -> None:
    release = Release({}, {}, today=date(2026, 12, 1), versions=tuple(LINES))
    found = pinned_on(release, "2026-11-29", "t")
    assert found is not None
    assert (found.version, found.path, found.sha256) == ("2.0.0", "dati/releases/2.0.0/t.csv", "ab")
    assert pinned_on(release, "2026-11-29", "gone") is None
    assert pinned_on(release, "2026-11-27", "t") is None
    assert pinned_on(release, "2026-11-28", "t") is None


def hashed(site: Path, address: str) -> str:
    """The sha256 of what a citation leads to; of a folder, that of its descriptor."""
    path = site / urlsplit(address).path.lstrip("/")
    return hashlib.sha256((path / "datapackage.json" if path.is_dir() else path).read_bytes()).hexdigest()


@pytest.mark.parametrize("place", ["dati", "en/data"])
def test_every_citation_leads_to_bytes_that_stay(built_site: Path, place: str) -> None:
    """They named a version and led to the address that changes."""
    version = json.loads((built_site / "dati/datapackage.json").read_text("utf-8"))["version"]
    files = sorted((built_site / place).glob("**/cita.json"))
    assert len(files) > 30
    for path in files:
        (item,) = json.loads(path.read_text("utf-8"))
        assert item["URL"].startswith(f"{base_of(built_site)}dati/releases/{version}/"), path
        assert item["note"].endswith(hashed(built_site, item["URL"])), path
        assert f"url = {{{item['URL']}}}" in path.with_suffix(".bib").read_text("utf-8")


def test_the_page_of_a_dataset_says_which_address_moves(built_site: Path) -> None:
    html = (built_site / "dati/desks/index.html").read_text("utf-8")
    said = entities.unescape(re.sub(r"<[^>]+>", "", html[html.index('class="cite"'):]))
    address = re.search(r"https?://\S+/dati/releases/\S+/desks\.csv", said)
    assert address
    assert f"desks.csv: sha256 {hashed(built_site, address[0])}" in said
    assert f"{base_of(built_site)}dati/desks.csv cambia con i dati" in said


@pytest.mark.parametrize("place", ["novita.atom", "en/changes.atom", "dati/desks/novita.atom"])
def test_feeds_enclose_the_file_of_their_own_release(built_site: Path, place: str) -> None:
    entries = etree.parse(str(built_site / place)).findall("{*}entry")
    enclosed = [link for entry in entries for link in entry.findall("{*}link[@rel='enclosure']")]
    assert enclosed
    for link in enclosed:
        address, title = link.get("href", ""), link.get("title", "")
        assert "/dati/releases/" in address
        path = built_site / urlsplit(address).path.lstrip("/")
        assert path.stat().st_size == int(link.get("length", ""))
        assert not title.partition("sha256 ")[2] or title.endswith(hashed(built_site, address))
    assert all(entry.find("{*}updated").text[:10] for entry in entries)


def test_frames_lead_to_their_release(built_site: Path) -> None:
    version = json.loads((built_site / "dati/datapackage.json").read_text("utf-8"))["version"]
    table = (built_site / "incorpora/desks/index.html").read_text("utf-8")
    assert f'dati/releases/{version}/desks.csv"' in table
    charts = [path for path in built_site.glob("incorpora/*/index.html") if (path.parent / "grafico.svg").exists()]
    assert charts
    assert all(f'dati/releases/{version}/"' in path.read_text("utf-8") for path in charts)


@pytest.mark.parametrize(("folder", "frames", "list_of", "code"), [
    ("trasparenza/grafici", "incorpora", "dati/releases", "it"),
    ("en/transparency/charts", "en/embed", "en/data/releases", "en")])
def test_every_chart_of_the_story_has_addresses_that_stay(
    built_site: Path, folder: str, frames: str, list_of: str, code: str,
) -> None:
    """A chart had no copy per release: who cited its picture found another one a day later."""
    (newest, *_) = json.loads((built_site / "dati/releases/index.json").read_text("utf-8"))
    known = {each["path"]: each for each in newest["charts"]}
    place = f"dati/releases/{newest['version']}/"
    listed = (built_site / list_of / newest["version"] / "index.html").read_text("utf-8")
    receipt = json.loads((built_site / "release.json").read_text("utf-8"))["files"]
    names = [path.parent.name for path in built_site.glob(f"{folder}/*/index.html")]
    assert len(names) > 8
    assert {path.split(".")[-2] for path in known} == {"it", "en"}
    for name in names:
        page = (built_site / folder / name / "index.html").read_text("utf-8")
        for end in ("svg", "csv"):
            path = f"grafici/{name}.{code}.{end}"
            assert path in known, "a new chart in a release that stands: remove datasets/release/grafici, `make site`"
            assert f'{place}{path}"' in page
            assert f'{place}{path}"' in listed
            assert hashed(built_site, place + path) == known[path]["sha256"] == receipt[place + path]
        assert known[path]["title"] in entities.unescape(listed)
        for picture in (built_site / frames / name / "grafico.svg", built_site / place / f"grafici/{name}.{code}.svg"):
            assert f"/{place}grafici/{name}.{code}.svg</desc>" in picture.read_text("utf-8")


def test_the_list_of_versions_tells_reasons_and_checksums(built_site: Path) -> None:
    lines = json.loads((built_site / "dati/releases/index.json").read_text("utf-8"))
    newest, told = lines[0], {line["version"]: line["reason"]["it"] for line in lines if "reason" in line}
    assert hashed(built_site, f"/dati/releases/{newest['version']}/") == newest["sha256"]
    assert {hashed(built_site, f"/dati/releases/{newest['version']}/{table['path']}") == table["sha256"]
            for table in newest["tables"]} == {True}
    assert "1.0.0" in told
    for place in ("dati/releases", "trasparenza/novita"):
        text = entities.unescape((built_site / place / "index.html").read_text("utf-8"))
        assert all(why in text for why in told.values())
