"""Tables on disk: read a source CSV as text, write the canonical CSV, read a release back as typed rows."""

from __future__ import annotations

import csv
import io
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.meta.model import Dataset, Release
from etl.meta.view import record, resources
from etl.runtime.by_column import BLOCK, ByColumn, gathered, whole
from etl.runtime.memory import give_back

if TYPE_CHECKING:
    import pandas as pd

REPEATED = 1 << 13


Record = tuple[int, list[str]]
"""The line on which a record starts (the header is line 1), and its cells."""


def parse_csv(text: str) -> list[Record]:
    """The records of a CSV text. Raises csv.Error where quotes do not close."""
    share = sharing()
    # A StringIO would take four bytes for each sign.
    return [(line, list(map(share, cells))) for line, cells in records_in(text.encode())]


def records_in(data: bytes) -> Iterator[Record]:
    """The records of the bytes of a CSV in UTF-8, one after the other. Raises csv.Error where quotes do not close."""
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""), strict=True)
    start = 1
    for cells in reader:
        if cells:
            yield start, cells
        start = reader.line_num + 1


@dataclass(frozen=True)
class Records:
    """A header and the records below it, which have as many cells; lines: on which each of these starts."""

    header: list[str]
    lines: Sequence[int]
    rows: ByColumn

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line and cells by column of each, made anew for each who goes through them."""
        return zip(self.lines, map(partial(record, self.header), self.rows), strict=True)

    def at(self, places: Sequence[int]) -> Records:
        """Those at some places."""
        return Records(self.header, [self.lines[place] for place in places], self.rows.at(places))


def read_records(data: bytes) -> Records | None:
    """The records of a table in UTF-8; None where there is no header, or a record has more or fewer cells than that.
    Raises csv.Error where quotes do not close."""
    found = records_in(data)
    _, header = next(found, (0, []))
    lines = array("q")

    def cells() -> Iterator[list[str]]:
        for line, row in found:
            lines.append(line)
            yield row

    rows = gathered(cells(), len(header)) if header else None
    if len(lines) > BLOCK:
        give_back()
    return None if rows is None else Records(header, lines, rows)


def sharing() -> Callable[[str], str]:
    """What gives the same text for equal ones: codes, days and addresses come again and again, and stand in memory
    once. It knows the first REPEATED texts that it meets."""
    known: dict[str, str] = {}

    def share(text: str) -> str:
        return known.setdefault(text, text) if len(known) < REPEATED else known.get(text, text)

    return share


def to_frame(records: Records) -> pd.DataFrame:
    """A frame of text ("" = missing) from records; the index is the line in the source file."""
    import numpy as np
    import pandas as pd

    columns = zip(records.header, records.rows.held, strict=True)
    return pd.DataFrame({name: pd.array(whole(column), dtype="str") for name, column in columns},
                        index=np.array(records.lines, dtype=np.int64))


def key_order(dataset: Dataset, columns: Mapping[str, Sequence[str]]) -> list[int]:
    """The places of the rows of some columns in the order in which they are published: by primary key, numbers as
    numbers, missing first."""
    numeric = {f.name for f in dataset.fields if f.type in ("integer", "number")}

    def part(value: str) -> tuple[int, Decimal, str]:
        if value.lstrip("-").replace(".", "", 1).isdigit():
            return (0, Decimal(value), "")
        return (0 if value == "" else 1, Decimal(0), value)

    keys = list(zip(*(map(part, columns[name]) if name in numeric else columns[name] for name in dataset.key),
                    strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\n"
) -> bytes:
    """The canonical CSV: UTF-8 without BOM, comma, LF, minimal quoting."""
    whole = io.BytesIO()
    out = io.TextIOWrapper(whole, "utf-8", newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    # The csv module leaves a carriage return outside quotes when lines end with LF alone: nobody could read it back.
    careful = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        (careful if "\r" in "".join(row) else writer).writerow(row)
    out.flush()
    return whole.getvalue()


def typed(value: str, kind: str) -> Any:
    """The Python value of a published cell: None, int, Decimal (every amount is exact), bool or str."""
    if value == "":
        return None
    if kind == "integer":
        return int(value)
    if kind == "number":
        return Decimal(value)
    if kind == "boolean":
        return value == "true"
    return value


def read_release(folder: Path, today: str = "", known: Release | None = None) -> Release:
    """The release in a folder. today: the day of the build; a preview without one has that of the release.

    known: what its NAME.json say, where it is in memory already.
    """
    patterns = ("*.json", "releases/index.json", "releases/*/datapackage.json")
    paths = (path for pattern in patterns for path in folder.glob(pattern)
             if not (known and path.stem in known.records))
    return release_of({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}, today, known)


def release_of(files: Mapping[str, bytes], today: str = "", known: Release | None = None) -> Release:
    """The release in its files: NAME.json, datapackage.json and, where it is built, the lists of files and versions.

    One row is a dict column -> typed value. known: what NAME.json say, where it is in memory already.
    """
    package = json.loads(files["datapackage.json"])
    if known is None:
        contents = {name: contents_of(files[f"{name}.json"]) for name in resources(package)}
        records = {name: content["records"] for name, content in contents.items()}
        declarations = {name: content["about"] for name, content in contents.items()}
    else:
        records, declarations = dict(known.records), dict(known.declarations)
    listed = json.loads(files.get("files.json", b'{"files": []}'))["files"]
    versions = json.loads(files.get("releases/index.json", b"[]"))
    kept = (files.get(f"releases/{line['version']}/datapackage.json") for line in reversed(versions))
    past = tuple(json.loads(found) for found in kept if found)
    day = date.fromisoformat(today or package["created"][:10])
    return Release(records, package, declarations, tuple(listed), versions=tuple(versions), past=past, today=day)


def contents_of(data: bytes) -> dict[str, Any]:
    """What a NAME.json says; equal texts stand in memory once."""
    share = sharing()

    def row(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {name: share(value) if isinstance(value, str) else value for name, value in pairs}

    found: dict[str, Any] = json.loads(data, parse_float=Decimal, object_pairs_hook=row)
    return found
