"""The index of the search is the same each time that it is made, and says of which group each page is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from etl.meta.settings import SiteConfig
from etl.meta.view import digest
from etl.runtime.receipt import write_receipt
from etl.runtime.standing import Standing
from etl.web.search import APART, FOLDER, Search, indexed, searched

CONFIG = SiteConfig("", {"it": {}, "en": {}, "uk": {"partial": True}})
OF_PROJECTS = ["progetti/a/index.html"]
GROUPS = {f"{name}/index.html": name for name in ("answers", "desks", "services", "pages", "past", "data")}


def test_an_index_made_twice_is_the_same(tmp_path: Path) -> None:
    made = []
    for turn in ("first", "second"):
        for path, group in GROUPS.items():
            place = tmp_path / turn / path
            place.parent.mkdir(parents=True)
            place.write_text(f'<html lang="it"><main data-pagefind-body><h1>Casa {group}</h1></main></html>', "utf-8")
        made.append(indexed(tmp_path / turn, (FOLDER, "it"), True, GROUPS))
    assert made[0] == made[1]
    folder = tmp_path / "first" / FOLDER
    for group, names in json.loads((folder / "groups-it.json").read_text("utf-8")).items():
        page = gzip.decompress((folder / "fragment" / f"it_{names}.pf_fragment").read_bytes())
        assert f"Casa {group}" in page.decode()


def files_in(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def made(pages: dict[str, str], site: Path, cache: Path, before: Path | None = None) -> tuple[int, dict[str, bytes]]:
    """Write some pages (path -> text) and their search; how many indexes were made, and all files."""
    for path, text in pages.items():
        place = site / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f'<html lang="it"><main data-pagefind-body><h1>{text}</h1></main></html>', "utf-8")
    search = Search(site, CONFIG, {path: digest(text.encode()) for path, text in pages.items()},
                    dict.fromkeys(pages, "pages"), OF_PROJECTS, cache, Standing(before))
    signs = search.finish([work() for work in search.works])
    files = files_in(site)
    write_receipt(site, {})
    assert signs == {path: digest(data) for path, data in files.items() if path.startswith("assets/")}
    return len(search.works), files


def test_the_index_of_a_part_in_which_nothing_has_changed_stays(tmp_path: Path) -> None:
    """One word on an Italian page made the indexes of all languages and of thousands of projects anew."""
    pages = {"a/index.html": "casa", "en/a/index.html": "home", "uk/a/index.html": "дім", OF_PROJECTS[0]: "progetto"}
    cache = tmp_path / "search.json"
    count, first = made(pages, tmp_path / "first", cache)
    assert count == 4
    assert {f"{folder}/pagefind-entry.json" for folder in (FOLDER, APART)} < set(first)
    assert made(pages, tmp_path / "again", cache, tmp_path / "first") == (0, first)
    pages["en/a/index.html"] = "roof"
    count, changed = made(pages, tmp_path / "changed", cache, tmp_path / "again")
    assert count == 1
    assert changed == made(pages, tmp_path / "anew", tmp_path / "other.json")[1] != first
    spoilt = next((tmp_path / "changed" / FOLDER).glob("index/it_*"))
    spoilt.write_bytes(b"spoilt")
    assert made(pages, tmp_path / "mended", cache, tmp_path / "changed") == (1, changed)


def test_figures_are_not_read() -> None:
    said = (
        'a<!--n-->1<b>2</b><!--n-->0<!--/n-->0<!--/n-->b<td class="num" data-name="N">3<!--n-->4<!--/n-->5</td>c'
        '<!--n--><figure class="chart">6</figure>7<!--/n-->d'
        '<figure class="chart" id="x"><!--n-->8<!--/n-->9</figure>e<!--n-->0')
    page = f'<html lang="it"><title>T</title><main data-pagefind-body>{said}</main></html>'
    whole = searched(page)
    assert whole.endswith("<body><main data-pagefind-body>abcde<!--n-->0</main></body></html>")
    assert searched(page.replace(" data-pagefind-body", "")) == ""
