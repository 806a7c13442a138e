"""Output formats: one file each. To add one: a module with a function Draft -> {path: bytes}, and a line here."""

from __future__ import annotations

from collections.abc import Callable

from etl.formats.canonical import csv_files, json_files
from etl.formats.headings import headings_files
from etl.formats.schemas import schema_files
from etl.model import Draft

FORMATS: dict[str, Callable[[Draft], dict[str, bytes]]] = {
    "csv": csv_files,
    "json": json_files,
    "schemas": schema_files,
    "headings": headings_files,
}
