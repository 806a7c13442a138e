"""Tables on disk: read a source CSV as text, write the canonical CSV, read a release back as typed rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.meta.model import Dataset, Release
from etl.meta.view import record, resources

if TYPE_CHECKING:
    import pandas as pd

REPEATED = 1 << 13


def parse_csv(text: str) -> list[tuple[int, list[str]]]:
    """One pair per record of a CSV text: the line it starts on (the header is line 1) and its cells.

    Raises csv.Error where quotes do not close.
    """
    # A StringIO would take four bytes for each sign.
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="")
    reader, share = csv.reader(lines, strict=True), sharing()
    records = []
    start = 1
    for cells in reader:
        if cells:
            records.append((start, list(map(share, cells))))
        start = reader.line_num + 1
    return records


class Rows:
    """Parsed records without their header, as pairs of a line and its cells by column. They are made anew for each who
    goes through them: a large table would stand in memory twice."""

    def __init__(self, records: Sequence[tuple[int, list[str]]]) -> None:
        self._records = records

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        _, header = self._records[0]
        return ((line, record(header, cells)) for line, cells in islice(self._records, 1, None))


def sharing() -> Callable[[str], str]:
    """What gives the same text for equal ones: codes, days and addresses come again and again, and stand in memory
    once. It knows the first REPEATED texts that it meets."""
    known: dict[str, str] = {}

    def share(text: str) -> str:
        return known.setdefault(text, text) if len(known) < REPEATED else known.get(text, text)

    return share


def to_frame(records: Sequence[tuple[int, list[str]]]) -> pd.DataFrame:
    """A frame of text ("" = missing) from parsed records; the index is the line in the source file."""
    import pandas as pd

    header, rows = records[0][1], records[1:]
    return pd.DataFrame(
        [cells for _, cells in rows], columns=header, index=[line for line, _ in rows], dtype=str
    )


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
