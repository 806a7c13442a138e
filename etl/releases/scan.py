"""The proof after an erasure: no file says a value any more, in any byte, or no table says it in its cell.

A value is looked for in every byte of every file when it is *distinctive*: a text of at least LEAST letters and
digits (at least DIGITS when it has digits alone), in a column of free text. A shorter one, an hour, a day, an amount,
a word of a closed list stands in a thousand places that have nothing to do with the person: it is looked for by cell,
that is in the column and row of every table that can be read as one (CSV, JSON, SQLite, Parquet, and the spreadsheets
of the inbox: releases/erase.py). Texts are compared
by their letters and digits alone (`folded`), so that case, accents, separators and line folding make no difference,
as they stand and without the escapes of HTML, addresses, JSON and graphs.

Not looked into: pictures as people see them, sounds, what is encrypted.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from etl.meta.errors import PublishError
from etl.meta.model import Field
from etl.meta.view import key_of, record
from etl.releases.forget import Cell, folded
from etl.releases.opened import database, packed, parquet, texts
from etl.runtime.files import names
from etl.runtime.tables import parse_csv

LEAST, DIGITS = 8, 9
ESCAPED = re.compile(r"(?is)\\(?-i:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|.)")
NOT_OURS = frozenset({".git", ".venv", "node_modules"})
"""Folders that no command of ours writes into: the history of git is told as what is left to do by hand."""


def distinctive(field: Field | None, value: str) -> bool:
    """Whether a value can be told from everything else by its letters and digits; field: None for a key."""
    free = field is None or (field.type == "string" and not field.categories and field.kind != "partial-date")
    plain = folded(value)
    return free and len(plain) >= (DIGITS if plain.isdigit() else LEAST)


def readings(text: str) -> Iterator[str]:
    """A text as it stands and, where it is escaped, as a browser, a web address and JSON say it; folded."""
    yield folded(text)
    said = text
    if "&" in said:
        said = html.unescape(said)
    if "%" in said:
        said = unquote_plus(said)
    if "\\" in said:
        said = ESCAPED.sub(unescaped, said)
    if said != text:
        yield folded(said)


def unescaped(found: re.Match[str]) -> str:
    """The sign that an escape of JSON, JavaScript, a graph or a calendar stands for."""
    code = found[found.lastindex or 0]
    if found.lastindex:
        return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else ""
    return "" if code[1:] in "nrtbf" else code[1:]


def saying(folder: Path, values: Iterable[str], apart: Iterable[Path] = ()) -> list[str]:
    """The files below a folder, by name, that say one of the values in any byte or in their name, but those `apart`."""
    wanted = {folded(value) for value in values} - {""}
    aside = set(apart)
    if not wanted:
        return []
    return [name for name in looked_at(folder) if folder / name not in aside and says_one(folder / name, name, wanted)]


def looked_at(folder: Path) -> Iterator[str]:
    """Every file of a folder by name but those of other programs."""
    return (name for name in names(folder) if not NOT_OURS.intersection(name.split("/")))


def says_one(path: Path, name: str, wanted: Iterable[str]) -> bool:
    """Whether a file, or its name, says one of these folded values. A link says where it leads."""
    if path.is_symlink():
        return any(word in folded(f"{name} {path.readlink()}") for word in wanted)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PublishError(f"{path}: cannot be read ({error.strerror}). Nothing proves what it says.") from error
    every = chain((name,), texts(data))
    return any(word in said for text in every for said in readings(text) for word in wanted)


def cells_saying(folder: Path, cells: Iterable[Cell], keys: Mapping[str, list[str]], keep: str = "") -> list[str]:
    """The files below a folder whose tables say anything but `keep` in one of these cells. keys: table -> its key."""
    wanted = set(cells)
    found = []
    for name in looked_at(folder):
        path = folder / name
        if not path.is_symlink() and any(filled(row, wanted, keys, table, keep)
                                         for table, rows in tables(name, path.read_bytes()) for row in rows):
            found.append(name)
    return found


def filled(row: Mapping[str, Any], cells: set[Cell], keys: Mapping[str, list[str]], table: str, keep: str) -> bool:
    """Whether a row of a table is an erased one, or says something in an erased cell."""
    key = keys.get(table)
    if not key or not set(key) <= set(row):
        return False
    place = table, key_of(row, key)
    return (*place, "") in cells or any(
        value not in (None, "", keep) and (*place, column) in cells for column, value in row.items())


def tables(name: str, data: bytes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(name, rows) of each table in a file, whatever it is packed in."""
    stem = name.rsplit("/", 1)[-1].partition(".")[0]
    if name.endswith(".csv"):
        try:
            records = [cells for _, cells in parse_csv(data.decode("utf-8-sig"))]
        except (csv.Error, UnicodeDecodeError):
            return  # no table of ours, and told by the bytes where a value is distinctive
        yield stem, [dict(zip(records[0], cells, strict=False)) for cells in records[1:]]
    elif name.endswith(".json") and data.startswith(b"{"):
        said = json.loads(data)
        rows = next((value for value in said.values() if isinstance(value, list)), [])
        yield stem, [row for row in rows if isinstance(row, dict)]
    elif data.startswith(b"SQLite format 3\0"):
        yield from ((table, [record(head, row) for row in rows])
                    for table, head, rows in database(data))
    elif data.startswith(b"PAR1"):
        yield from ((stem, batch.to_pylist()) for batch in parquet(data))
    elif name.endswith((".zip", ".gz")):
        for inner, content in packed(data):
            yield from tables(inner if inner != "gz" else name.removesuffix(".gz"), content)
