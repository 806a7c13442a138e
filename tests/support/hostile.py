"""Every product of a repository whose cells are hostile, with the gate open: what stops is told by how it ends.

Run by itself: python hostile.py ROOT FOLDER SEED [LEAST]. It makes the release, every export and the whole site again
and again, each time with other cells, until LEAST cells have gone through; prints how many, and how many products.
"""

from __future__ import annotations

import random
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from etl.commands.making import days, stage
from etl.exports.alone import DATA
from etl.meta.catalog import MADE_BY_THE_PROGRAM, load_catalog
from etl.meta.model import Draft, Field, natural_key
from etl.meta.view import meanings
from etl.releases.draft import draft_release
from etl.releases.printed import with_history
from etl.web.rendering import render_site, settings_of, site_settings

DAY = date(2026, 11, 25)
LETTERS = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code))[0] in "LMNPSZ"]
STRANGE = [
    "1\ufe0f\u20e3", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u202e", "\u2066",
    "\ufeff", "\u0000", "\x1b[31m", "\ufffd", "\u0301" * 30, "\U0010fffd", "\ud7ff", "\n\n# x\n", "\r\n", "\t",
    "\u2028",
]
PIECES = [
    "<script>zz(1)</script>", "</script><img src=x onerror=zz(2)>", "{{ 7 * 7 }}", "{% for x in y %}", "]]>",
    "<!--", "&lt;b&gt;", "=HYPERLINK(\"x\")", "+1+1", "@SUM(A1)", "-2", "[x](javascript:zz(3))", "![x](y)",
    "`x`", "```", "| a | b |", "***", "#set page", "#panic()", "$x^2$", "\\u{41}", "\\", "//", "/*", "*/",
    "@label", "<label>", "~", "_x_", "'", '"', "%s %n", "${x}", "../..", "C:\\x", "https://",
    "javascript:zz(4)", "http://[::1", "mailto:", "BEGIN:VEVENT", "END:VCARD", "a;b,c:d", "x" * 300, " ",
    "9" * 400, "1e999", "NaN", "null", "true", "\u061cعربي", "中文", "বাংলা", "தமிழ்", "ਪੰਜਾਬੀ", "ไทย", "𝒳", "ẞ",
    "ﷺ", "İ", "ǆ",
]

ENDINGS = (".html", ".pdf", ".vcf", ".ics", ".svg", ".png", ".csv", ".xlsx", ".parquet", ".sqlite", ".zip", ".json")


def hostile(chance: random.Random) -> str:
    """A cell: pieces that programs take for their own, letters of any script, nothing, or very much."""
    kind = chance.random()
    if kind < 0.03:
        return chance.choice(["", " ", "\u200b"])
    if kind < 0.032:
        return "".join(chance.choices(LETTERS, k=200)) * 500  # the most that a cell may have
    if kind < 0.4:
        return "".join(chance.choices(LETTERS, k=chance.randint(1, 40)))
    return " ".join(chance.choices(PIECES + STRANGE, k=chance.randint(1, 5)))


def spoilt(draft: Draft, chance: random.Random, kinds: tuple[str | None, ...] = ("text",)) -> tuple[Draft, int]:
    """A draft with hostile words in every column of free text, and how many cells they are."""
    tables, changed = dict(draft.tables), 0
    for name in sorted(set(draft.tables) - MADE_BY_THE_PROGRAM):  # what it writes itself is in its own words
        table, dataset = draft.tables[name], draft.datasets[name]
        places = {place: field.descriptor.get("constraints", {}).get("required")
                  for place, field in enumerate(dataset.fields) if is_free(field, dataset.schema, kinds)}
        rows = [list(row) for row in table.rows]
        for number, row in enumerate(rows):
            for place, required in places.items():
                said = hostile(chance)  # two pages may not have one name, and a column that is required is not empty
                row[place] = f"{said} {number}" if said or required else ""
        changed += len(rows) * len(places)
        tables[name] = replace(table, rows=rows)
    return replace(draft, tables=tables), changed


def is_free(field: Field, schema: Mapping[str, Any], kinds: tuple[str | None, ...]) -> bool:
    """Whether a column takes any text: no key, no code, no pattern."""
    limits = field.descriptor.get("constraints", {})
    return (field.type == "string" and field.kind in kinds and not meanings(field.descriptor)
            and not {"pattern", "enum"} & set(limits) and field.name not in natural_key(schema))


def made(root: Path, draft: Draft, folder: Path) -> Path:
    """Every file of a site of a draft, whatever the gate would say of it."""
    release = with_history(draft, folder / "none")
    settings, due = site_settings(root, None), days(release)
    kept = {f"{DATA}{path}": data for path, data in release.files.items()}
    stage(folder / "data", kept, release, settings_of(settings, **due))
    render_site(settings, folder / "site", folder / "data" / DATA, due)
    shutil.copytree(folder / "data", folder / "site", dirs_exist_ok=True)
    return folder / "site"


def main(root: Path, folder: Path, seed: int, least: int = 1) -> None:
    draft, cells = draft_release(root, load_catalog(root), DAY), 0
    while cells < least:
        bad, changed = spoilt(draft, random.Random(seed))  # noqa: S311 - not for secrets
        site = made(root, bad, folder / str(seed))
        counts = {ending: sum(path.suffix == ending for path in site.rglob("*")) for ending in ENDINGS}
        cells, seed = cells + changed, seed + 1
        print(cells, counts, flush=True)
        shutil.rmtree(folder / str(seed - 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), *map(int, sys.argv[4:]))
