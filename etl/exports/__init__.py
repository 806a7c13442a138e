"""Everything that a release is written as: one file each. To add one: a module that makes a Format, and a line here."""

from __future__ import annotations

from etl.exports.canonical import CSV, JSON
from etl.exports.catalogue import CATALOGUE, SERVICES
from etl.exports.croissant import CROISSANT
from etl.exports.csvw import CSVW
from etl.exports.datasette import DATASETTE
from etl.exports.excel_csv import EXCEL_CSV
from etl.exports.geojson import GEOJSON
from etl.exports.headings import HEADINGS
from etl.exports.hsds import HSDS
from etl.exports.json_api import API
from etl.exports.model import Format
from etl.exports.parquet import PARQUET
from etl.exports.schemas import SCHEMAS
from etl.exports.sqlite import SQLITE
from etl.exports.xlsx import XLSX, XLSX_ENGLISH
from etl.exports.zip import ARCHIVE

FORMATS: tuple[Format, ...] = (
    API,
    CATALOGUE,
    HSDS,
    SERVICES,
    CROISSANT,
    CSV,
    EXCEL_CSV,
    XLSX,
    XLSX_ENGLISH,
    JSON,
    PARQUET,
    GEOJSON,
    HEADINGS,
    CSVW,
    SCHEMAS,
    SQLITE,
    DATASETTE,
    ARCHIVE,
)
"""Those for programs, then the others in the order in which people see them."""
