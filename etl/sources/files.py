"""Connector `file`: a CSV, JSON, XLSX, XLSB, XLS or ODS at an address, the CSV export of a Google sheet among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from etl.sources.json_pages import answer, flat, listed
from etl.sources.model import Batch, FailedSourceError, Record, Request
from etl.spreadsheets.read.model import Sheet
from etl.spreadsheets.read.sheets import read_book

GOOGLE = re.compile(r"(https://docs\.google\.com/spreadsheets/d/[\w-]+)/.*")


def read(request: Request) -> Batch:
    """One record per row or object, fields under the names of the source."""
    options = request.options
    records = read_address(request, export_address(options["address"]), options.get("format", "csv"))
    if records is None:
        return Batch([], complete=False)
    require_fields(records, options["rows"])
    day = {"@url": options["address"], "@date": request.today.isoformat()}
    return Batch([{**record, **day} for record in records])


def export_address(url: str) -> str:
    """The CSV export of a Google sheet for any address of it; other addresses as they are."""
    match = GOOGLE.fullmatch(url)
    if not match:
        return url
    parts = urlsplit(url)
    asked = {**parse_qs(parts.query), **parse_qs(parts.fragment)}
    return f"{match[1]}/export?format=csv&gid={asked.get('gid', ['0'])[0]}"


def read_address(request: Request, url: str, form: str) -> list[Record] | None:
    """The records of one file, None when it has not changed and was not sent."""
    if form == "json":
        content = answer(request.fetcher, url, conditional=True)
        keys = request.options.get("path", "")
        if content is None:
            return None
        return [flat(item) for item in listed(content, url, *filter(None, keys.split(".")))]
    response = request.fetcher.get(url, form)
    if response.unchanged and response.path is None:
        return None
    book = read_book(f"{urlsplit(url).path.rsplit('/', 1)[-1] or 'x'}.{form}", response.body)
    critical = [item for item in book.findings if item.severity == "critical"]
    if critical or not book.sheets:
        raise FailedSourceError("source-layout", found=f"{url}: {critical[0].message['en'] if critical else form}")
    return sheet_records(chosen_sheet(book.sheets, request.options), request.options, url)


def chosen_sheet(sheets: Sequence[Sheet], options: Mapping[str, Any]) -> Sheet:
    """The sheet that the declaration names, else the first one that holds something."""
    wanted = options.get("sheet")
    for sheet in sheets:
        if sheet.title == wanted or (wanted is None and sheet.rows):
            return sheet
    raise FailedSourceError("source-layout", found=f"{wanted}: {', '.join(sheet.title for sheet in sheets)}")


def sheet_records(sheet: Sheet, options: Mapping[str, Any], url: str) -> list[Record]:
    """The rows below the headings, which stand in the first row that holds something or in `header_row`."""
    first = int(options.get("header_row", sheet.rows[0][0] if sheet.rows else 1))
    header = next(([cell.text.strip() for cell in cells] for line, cells in sheet.rows if line == first), [])
    if len(set(filter(None, header))) != len(list(filter(None, header))) or not any(header):
        raise FailedSourceError("source-layout", found=f"{url}: {'; '.join(header)[:200]}")
    return [
        {name: cell.text for name, cell in zip(header, cells, strict=False) if name}
        for line, cells in sheet.rows if line > first
    ]


def require_fields(records: Sequence[Record], blocks: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a source that has no longer the fields that the declaration takes from it, or no rows at all."""
    if not records:
        raise FailedSourceError("source-nothing-found", expected="–", found="0")
    there = {name for record in records for name in record}
    for block in blocks:
        for wanted in block.values():
            if isinstance(wanted, str) and not wanted.startswith(("=", "@")) and wanted not in there:
                raise FailedSourceError("source-columns", expected=wanted, found=", ".join(sorted(there))[:300])
