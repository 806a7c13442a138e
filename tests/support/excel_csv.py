"""The CSV for Excel turned back into the canonical one: nothing is lost on the way there."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8

from etl.exports.excel_csv import NUMERIC
from etl.exports.guard import DANGEROUS
from etl.exports.model import is_day
from etl.meta.model import Dataset, Field
from etl.runtime.tables import csv_bytes

ITALIAN_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
IS_GUARDED = re.compile(f"''*[ \u00a0]*[{DANGEROUS}]")


def read_back(dataset: Dataset, data: bytes) -> bytes:
    """The canonical CSV of a dataset from its Excel CSV, byte by byte."""
    rows = list(csv.reader(io.StringIO(data.removeprefix(BOM_UTF8).decode("utf-8"), newline=""), delimiter=";"))
    fields = dataset.fields
    return csv_bytes(rows[0], [[to_canonical(field, value) for field, value in zip(fields, row, strict=True)]
                               for row in rows[1:]])


def to_canonical(field: Field, value: str) -> str:
    """The canonical cell that `italian` was given."""
    if field.type in NUMERIC:
        return value.replace(",", ".")
    found = ITALIAN_DAY.fullmatch(value)
    if found and is_day(field, "-".join(reversed(found.groups()))):
        return "-".join(reversed(found.groups()))
    return unguarded(value)


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if IS_GUARDED.match(text) else text
