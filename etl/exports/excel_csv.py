"""The CSV that Excel in Italian opens with a double click; nothing of the canonical one is lost in it."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

from etl.exports.guard import FIRST_SIGNS, guarded
from etl.exports.model import Format, blocks, columns, is_day, may_be_day, tables
from etl.meta.model import Dataset, Draft, Field, Table
from etl.runtime.tables import csv_bytes

NUMERIC = ("integer", "number")


def excel_csv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.excel.csv: UTF-8 with BOM, semicolon, CRLF, decimal comma, days as dd/mm/yyyy, no cell a formula."""
    return {
        f"{dataset.name}.excel.csv": BOM_UTF8 + csv_bytes(
            dataset.columns, italian_rows(dataset, table), delimiter=";", end="\r\n"
        )
        for dataset, table in tables(draft)
    }


def italian_rows(dataset: Dataset, table: Table) -> Iterator[tuple[str, ...]]:
    """The rows of a table as an Italian spreadsheet reads them."""
    for rows in blocks(table.rows):
        yield from zip(*map(italian, dataset.fields, columns(dataset, rows)), strict=True)


def italian(field: Field, values: Sequence[str]) -> list[str]:
    """A column of canonical cells as an Italian spreadsheet reads it."""
    if field.type in NUMERIC:
        return [value.replace(".", ",") for value in values]
    if may_be_day(field):  # days repeat
        known = {value: day(field, value) for value in set(values)}
        return [known[value] for value in values]
    return [guarded(value) if value and value[0] in FIRST_SIGNS else value for value in values]


def day(field: Field, value: str) -> str:
    """A whole day as Italians write it; a month, a year or a text stays as it is."""
    return f"{value[8:]}/{value[5:7]}/{value[:4]}" if is_day(field, value) else guarded(value)


EXCEL_CSV = Format(
    "excel-csv", {"it": "CSV per Excel", "en": "CSV for Excel in Italian"},
    {"it": "Punto e virgola, virgola decimale, date gg/mm/aaaa: si apre con un doppio clic. Excel toglie gli zeri "
           "all’inizio dei codici: se ti servono, prendi XLSX.",
     "en": "Semicolon, decimal comma, dates as dd/mm/yyyy: opens with a double click in Italian. Excel drops zeros at "
           "the start of codes: take XLSX if you need them."},
    "{name}.excel.csv", "text/csv", "CSV", excel_csv_files, alone=True,
)
