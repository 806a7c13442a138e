"""Output formats: one file each. To add one: a module that makes a Format, and a line here."""

from __future__ import annotations

from etl.formats.archive import ARCHIVE
from etl.formats.canonical import CSV, JSON
from etl.formats.csvw import CSVW
from etl.formats.excel_csv import EXCEL_CSV
from etl.formats.geojson import GEOJSON
from etl.formats.headings import HEADINGS
from etl.formats.model import Format
from etl.formats.parquet import PARQUET
from etl.formats.schemas import SCHEMAS
from etl.formats.sqlite import SQLITE
from etl.formats.xlsx import XLSX

FORMATS: tuple[Format, ...] = (
    CSV,
    EXCEL_CSV,
    XLSX,
    JSON,
    PARQUET,
    GEOJSON,
    HEADINGS,
    CSVW,
    SCHEMAS,
    SQLITE,
    ARCHIVE,
)
"""In the order in which people see them."""
