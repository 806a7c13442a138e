"""The index of the search is the same each time that it is made, and says of which group each page is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from etl.web.search import FOLDER, indexed, searched

GROUPS = {f"{name}/index.html": name for name in ("answers", "desks", "services", "pages", "past", "data")}


def test_an_index_made_twice_is_the_same(tmp_path: Path) -> None:
    made = []
    for turn in ("first", "second"):
        for path, group in GROUPS.items():
            place = tmp_path / turn / path
            place.parent.mkdir(parents=True)
            place.write_text(f'<html lang="it"><main data-pagefind-body><h1>Casa {group}</h1></main></html>', "utf-8")
        made.append(indexed(tmp_path / turn, FOLDER, "it", GROUPS))
    assert made[0] == made[1]
    folder = tmp_path / "first" / FOLDER
    for group, names in json.loads((folder / "groups-it.json").read_text("utf-8")).items():
        page = gzip.decompress((folder / "fragment" / f"it_{names}.pf_fragment").read_bytes())
        assert f"Casa {group}" in page.decode()


def test_figures_are_not_read() -> None:
    said = (
        'a<!--n-->1<b>2</b><!--/n-->b<td class="num">3<!--n-->4<!--/n-->5</td>c'
        '<!--n--><figure class="chart">6</figure>7<!--/n-->d'
        '<figure class="chart" id="x"><!--n-->8<!--/n-->9</figure>e<!--n-->0')
    page = f'<html lang="it"><title>T</title><main data-pagefind-body>{said}</main></html>'
    whole = searched(page)
    assert whole.endswith("<body><main data-pagefind-body>abcde<!--n-->0</main></body></html>")
    assert searched(page.replace(" data-pagefind-body", "")) == ""
