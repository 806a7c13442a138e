"""The search index: Pagefind reads what pages say; beside it, the words that spelling suggestions choose from.

Both are made from the finished pages without their figures (amounts, counts, dates of the data), which people look up
in tables: while only figures of a part of the site change, its index stays as it was in the site before.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from html import unescape
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path
from typing import Any

from etl.meta.errors import PublishError
from etl.meta.settings import SiteConfig
from etl.meta.view import digest
from etl.runtime.cache import cache_key, read_cache, write_cache
from etl.runtime.files import write_into
from etl.runtime.standing import Standing

FOLDER, APART = "assets/pagefind", "assets/pagefind-projects"
"""The index that every search reads, and that of the pages of projects where these are many."""
ENTRY, FRAGMENT = "pagefind-entry.json", ".pf_fragment"
"""What says of an index which languages it has."""
# Interfaces that come with Pagefind, of which we have our own, and its worker (see search.js).
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight", "pagefind-worker")
ROOT = re.compile(r"<html\b[^>]*>")
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
BEGIN, MARKS = "<!--n-->", re.compile("<!--/?n-->")
FIGURES = re.compile(
    r'<td class="num"[^>]*>.*?</td>|<figure class="chart".*?</figure>|'
    r'<data class="amount".*?</data>|<p class="figure">.*?</p>',
    re.DOTALL,
)
"""Figures that their tags tell from words."""
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{3,}")
MOST = 4000
"""Words of three letters and more that search knows of one language: the most frequent. Where these are all of them, a
word that is not among them is found nowhere, and Pagefind, which would look for its first letters, is not asked."""


def searched(page: str) -> str:
    """What search reads of a page, as a page of its own; "" of a page that is not to be found."""
    start = page.find("<main ")
    if start < 0 or "data-pagefind-body" not in page[start : page.index(">", start)]:
        return ""
    main = page[start : page.rindex("</main>")]
    root, title = ROOT.search(page), TITLE.search(page)
    head = f"{root[0] if root else '<html>'}<head>{title[0] if title else ''}</head>"
    return f"<!DOCTYPE html>{head}<body>{FIGURES.sub('', unmarked(main))}</main></body></html>"


def unmarked(text: str) -> str:
    """A text without what stands between <!--n--> and <!--/n-->, which may stand in each other: templates put these
    around the figures that nothing else tells from words."""
    left, at, start, depth = [], 0, 0, 0
    for mark in MARKS.finditer(text):
        if mark[0] == BEGIN:
            start, depth = start if depth else mark.start(), depth + 1
        elif depth:
            depth -= 1
            if not depth:
                left.append(text[at:start])
                at = mark.end()
    return "".join([*left, text[at:]])


Part = tuple[str, str]
"""The folder of an index and the language of its pages."""
Index = tuple[Part, Any, dict[str, str]]
"""A part, what Pagefind says of its index, sha256 of its files by path."""


class Search:
    """The indexes and the vocabularies of a finished site: those of the site before or, where a page has changed,
    `works`: one for each part, to be done side by side. What they give is for `finish`.

    made: path of each page that can be found -> sha256 of what search reads of it. groups: path -> its group. apart:
    paths of those among them that have an index of their own, because with an entry for each of thousands the first one
    would be too heavy.
    cache: the file that says what the last indexes were made from. before: the site before, None where there is none.
    """

    def __init__(
        self, site_dir: Path, config: SiteConfig, made: Mapping[str, str], groups: Mapping[str, str],
        apart: Collection[str], cache: Path, before: Standing | None,
    ) -> None:
        program = list(config.languages), Path(__file__).read_bytes(), version("pagefind")
        parts = in_parts(config, made, set(apart))
        self._site, self._cache, self._before = site_dir, cache, before or Standing()
        self._keys = {part: cache_key(*part, [(path, made[path], groups[path]) for path in pages], *program)
                      for part, pages in parts.items()}
        known = read_cache(cache) or {}
        self._kept: dict[Part, tuple[Any, dict[str, str]]] = {
            part: (known[key]["entry"], known[key]["files"]) for part, key in self._keys.items()
            if key in known and known[key]["files"].items() <= self._before.signs.items()
        }
        self.works: list[Callable[[], Any]] = [
            partial(indexed, site_dir, part, not config.is_partial(part[1]), {path: groups[path] for path in pages})
            for part, pages in parts.items() if part not in self._kept
        ]

    def finish(self, indexes: Iterable[Index]) -> dict[str, str]:
        """Take what was kept, write what is of all languages together, and remember what stands: sha256 by path."""
        new = {part: (entry, written) for part, entry, written in indexes}
        # Indexes of one folder have their program in common.
        there = {path for _, files in new.values() for path in files}
        for path in sorted({path for _, files in self._kept.values() for path in files} - there):
            self._before.put(path, self._site)
        stand = self._kept | new
        signs: dict[str, str] = {}
        entries: dict[str, Any] = {}
        # Languages come in any order; a site must be the same each time that it is built.
        for (folder, _), (entry, written) in sorted(stand.items()):
            signs |= written
            before = entries.get(folder, entry)
            entries[folder] = {**entry, "languages": before["languages"] | entry["languages"]}
        for folder, entry in entries.items():
            path = f"{folder}/{ENTRY}"
            signs[path] = write_into(self._site, path, json.dumps(entry, sort_keys=True).encode())
        write_cache(self._cache, {self._keys[part]: {"entry": entry, "files": written}
                                  for part, (entry, written) in stand.items()})
        return signs


def in_parts(config: SiteConfig, pages: Iterable[str], apart: Collection[str]) -> dict[Part, list[str]]:
    """Part -> paths of its pages."""
    found: dict[Part, list[str]] = {}
    for path in sorted(pages):
        first = path.split("/")[0]
        code = first if first in config.languages else next(iter(config.languages))
        found.setdefault((APART if path in apart else FOLDER, code), []).append(path)
    return found


def indexed(site_dir: Path, part: Part, whole: bool, groups: Mapping[str, str]) -> Index:
    """Write the index of a part and, where its language is `whole` (it has every page), its groups and vocabulary.
    groups: path of each page -> its group."""
    (name, code), counts = part, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for path in groups:
            text = searched((site_dir / path).read_text("utf-8"))
            write_into(Path(folder), f"{name}/{path}", text.encode())
            if whole and name == FOLDER:
                counts.update(WORD.findall(unescape(TAG.sub(" ", text)).lower()))
        files = index_of(Path(folder) / name, name)
    entry = json.loads(files.pop(f"{name}/{ENTRY}"))
    if whole:
        files[f"{name}/groups-{code}.json"] = json.dumps(grouped(files, groups)).encode()
    if counts:
        known = {"all": len(counts) <= MOST, "words": shortened(most_frequent(counts))}
        files[f"assets/words-{code}.json"] = json.dumps(known, ensure_ascii=False).encode()
    for path, data in files.items():
        write_into(site_dir, path, data)
    return part, entry, {path: digest(data) for path, data in files.items()}


def grouped(files: Mapping[str, bytes], groups: Mapping[str, str]) -> dict[str, str]:
    """Group -> Pagefind's names of its pages, without the language that each begins with.

    Its own filters are written in another order each time. files: of an index by path. groups: path of each page ->
    its group.
    """
    found: dict[str, list[str]] = {}
    for path, data in files.items():
        if path.endswith(FRAGMENT):
            about = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
            group = groups[f"{about['url'].removeprefix('/')}index.html"]
            found.setdefault(group, []).append(Path(path).stem.rpartition("_")[2])
    return {group: " ".join(names) for group, names in found.items()}


def index_of(texts: Path, name: str) -> dict[str, bytes]:
    """The files of the index of a folder of pages, by path; in the site they go into the folder `name`."""
    index = texts.with_name(f"{texts.name}-index")
    command = [sys.executable, "-m", "pagefind", "--site", str(texts), "--output-path", str(index), "--quiet"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if run.returncode:
        raise PublishError(f"pagefind could not make {name}: {run.stderr.strip() or run.stdout.strip()}")
    return {
        f"{name}/{path.relative_to(index).as_posix()}": path.read_bytes()
        for path in sorted(index.rglob("*")) if path.is_file() and not path.name.startswith(UNUSED)
    }


def most_frequent(counts: Counter[str]) -> list[str]:
    """Words from the most frequent on; as frequent ones in alphabetical order."""
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]]


def shortened(words: Iterable[str]) -> str:
    """Words A–Z in a third less room: each begins with how many of its first letters (up to 9) the one before has."""
    said, before = [], ""
    for word in sorted(words):
        alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(word[:9], before, strict=False))))
        said.append(f"{alike}{word[alike:]}")
        before = word
    return " ".join(said)
