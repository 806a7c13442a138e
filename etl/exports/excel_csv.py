"""The CSV that Excel in Italian opens with a double click; nothing of the canonical one is lost in it."""

from __future__ import annotations

from codecs import BOM_UTF8

from etl.exports.guard import FIRST_SIGNS, guarded
from etl.exports.model import Format, is_day, may_be_day, tables
from etl.meta.model import Dataset, Draft, Field, Table
from etl.runtime.tables import csv_bytes

NUMERIC = ("integer", "number")


def excel_csv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.excel.csv: UTF-8 with BOM, semicolon, CRLF, decimal comma, days as dd/mm/yyyy, no cell a formula."""
    return {
        f"{dataset.name}.excel.csv": BOM_UTF8 + csv_bytes(
            dataset.columns, zip(*columns(dataset, table), strict=True), delimiter=";", end="\r\n"
        )
        for dataset, table in tables(draft)
    }


def columns(dataset: Dataset, table: Table) -> list[list[str]]:
    """The columns of a table as an Italian spreadsheet reads them: faster than going from cell to cell."""
    given = list(zip(*table.rows, strict=True)) or [()] * len(dataset.columns)
    return [[to_italian(field, value) for value in values] if field.type in NUMERIC or may_be_day(field)
            else [guarded(value) if value and value[0] in FIRST_SIGNS else value for value in values]
            for field, values in zip(dataset.fields, given, strict=True)]


def to_italian(field: Field, value: str) -> str:
    """A canonical cell as an Italian spreadsheet reads it."""
    if field.type in NUMERIC:
        return value.replace(".", ",")
    if is_day(field, value):
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return guarded(value)


EXCEL_CSV = Format(
    "excel-csv", {"it": "CSV per Excel", "en": "CSV for Excel in Italian"},
    {"it": "Punto e virgola, virgola decimale, date gg/mm/aaaa: si apre con un doppio clic. Excel toglie gli zeri "
           "all’inizio dei codici: se ti servono, prendi XLSX.",
     "en": "Semicolon, decimal comma, dates as dd/mm/yyyy: opens with a double click in Italian. Excel drops zeros at "
           "the start of codes: take XLSX if you need them."},
    "{name}.excel.csv", "text/csv", "CSV", excel_csv_files,
)
