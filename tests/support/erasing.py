"""A miniature repository with two tables and the registers of the real one, and what it publishes day after day."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.releases.archive import releases
from etl.releases.draft import draft_release
from etl.releases.gate import gate
from etl.releases.printed import with_history
from etl.runtime.files import write_together
from support.registers import with_registers
from support.repository import ROOT

REGISTERS = ("changes", "removals", "corrections", "erasures", "quality")
PLACES = ("place_id", "name", "phone", "host", "source_url")
FIRST = [["a", "Alfa", "02 11", "citofono zanzottera, 2ª scala", "https://a.it"], ["b", "Beta", "02 2", "", "https://b.it"],
         ["zanzottera-gina", "Gamma", "02 3", "b", "https://c.it"]]
WORDS = {"title": "x", "title_en": "x", "description": "x", "description_en": "x"}


def miniature(root: Path) -> Path:
    """The repository, before anything was published."""
    with_registers(root, REGISTERS)
    about = (ROOT / "datasets/removals.toml").read_text("utf-8")
    declare(root, "places", "permanent = true\n" + about, [*PLACES[:3], *PLACES[3:]], ["place_id"])
    declare(root, "hours", about, ["place_id", "day", "source_url"], ["place_id", "day"], foreign="places")
    write(root, "places", FIRST)
    write(root, "hours", [["a", "mo", "https://a.it"], ["zanzottera-gina", "mo", "https://c.it"]])
    return root


def declare(root: Path, name: str, about: str, columns: list[str], key: list[str], foreign: str = "") -> None:
    (root / f"datasets/{name}.toml").write_text(about, "utf-8")
    schema: dict[str, object] = {"fields": [{"name": column, "type": "string", **WORDS} for column in columns],
                                 "primaryKey": key, "missingValues": [""]}
    if foreign:
        schema["foreignKeys"] = [{"fields": [key[0]], "reference": {"resource": foreign, "fields": [key[0]]}}]
    (root / f"schemas/{name}.json").write_text(json.dumps(schema), "utf-8")


def header(root: Path, name: str) -> list[str]:
    schema = json.loads((root / f"schemas/{name}.json").read_text("utf-8"))
    return [item["name"] for item in schema["fields"] if not item.get("computed")]


def write(root: Path, name: str, rows: list[list[str]]) -> None:
    """The rows of a source table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header(root, name), *rows])
    (root / f"datasets/source/{name}.csv").write_text(out.getvalue(), "utf-8")


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table: "source/places", "release/changes"."""
    with (root / f"datasets/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def register(root: Path, book: str, **cells: str) -> None:
    """Another row of a register."""
    found = [list(row.values()) for row in rows(root, f"source/{book}")]
    said = {"source_url": "https://a.it", **cells}
    write(root, book, [*found, [said.get(column, "") for column in header(root, book)]])


def publish(root: Path, day: str) -> list[str]:
    """Publish on a day; gives the checks of its warnings. The version that the program asks for is written."""
    draft = draft_release(root, load_catalog(root), date.fromisoformat(day))
    gate(draft.findings)
    try:
        release = with_history(draft, root / "datasets/release")
    except DeclarationError as refused:
        wanted = "version = " + str(refused).rpartition("Write version = ")[2]
        about = root / "release.toml"
        about.write_text(re.sub(r'(?m)^version = ".*"', wanted, about.read_text("utf-8")), "utf-8")
        return publish(root, day)
    past, published = releases(root, release)
    write_together(root / "datasets", {"release": release.files, "versions": past})
    write_together(root.parent, {"served": {**published, **release.files}})
    return sorted({item.check for item in draft.findings})
