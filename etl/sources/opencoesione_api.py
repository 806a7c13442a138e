"""Connectors `opencoesione-api` (projects) and `opencoesione-aggregates` (totals): the REST API of OpenCoesione.

Its parameters are page_size (500 at most) and page; it ignores names that it does not know, so that an answer to a
wrong question looks like an answer: every result is held against what was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.sources.json_pages import answer, flat, pages, with_query
from etl.sources.model import Batch, FailedSourceError, Record, Request
from etl.spreadsheets.read.numbers import readings

PAGE_SIZE = 500
PROGRAMME = "programmi.codice_programma"
TOTALS = ("costo_pubblico", "costo_pubblico_coesione", "pagamenti", "pagamenti_coesione", "progetti")
DIMENSIONS = ("stati_progetti", "temi", "nature")
TOLERANCE = Decimal(2)  # euro: the API rounds the amounts of each item


def read_projects(request: Request) -> Batch:
    """One record per project of the listing that is of the programme; fields inside others as "outer.inner"."""
    options = request.options
    url = with_query(options["address"], {"format": "json", "page_size": PAGE_SIZE, **options.get("query", {})})
    day = {"@url": url, "@date": request.today.isoformat()}
    records = [flat(item) for item in pages(request.fetcher, url)]
    wanted = options.get("programme")
    if wanted:
        records = [record for record in records if wanted in record.get(PROGRAMME, wanted).split("|")]
    for name, value in options.get("check", {}).items():
        strange = next((record for record in records if value not in record.get(name, "").split("|")), None)
        if strange is not None:
            raise FailedSourceError("source-filter", found=f"{name} = {strange.get(name, '')!r}, {value!r}")
    if not records:
        raise FailedSourceError("source-nothing-found", expected=str(wanted or url), found="0")
    return Batch([{**record, **day} for record in records])


def read_aggregates(request: Request) -> Batch:
    """One record for the whole ("dimension" = "totali") and one per item of each dimension, which must add up."""
    url = request.options["address"]
    content = answer(request.fetcher, url, conditional=True)
    if content is None:
        return Batch([], complete=False)
    try:
        whole = content["aggregati"]
        records = [{"dimension": "totali", "slug": "", "label": "", **totals(whole["totali"])}]
        for name in DIMENSIONS:
            items = [
                {"dimension": name, "slug": slug, "label": item["label"], **totals(item["totali"])}
                for slug, item in whole[name].items()
            ]
            add_up(name, items, records[0])
            records += items
        day = {"data_aggiornamento": str(content["data_aggiornamento"]), "@url": url,
               "@date": request.today.isoformat()}
    except (KeyError, TypeError, AttributeError) as error:
        raise FailedSourceError("source-layout", found=f"{url}: {error!r}") from error
    return Batch([{**record, **day} for record in records])


def totals(item: Mapping[str, Any]) -> Record:
    return {name: str(item[name]) for name in TOTALS}


def amount(text: str) -> Decimal:
    """An amount as the API writes it, 1.234.567,89, or a count."""
    values = [text] if text.isdigit() else readings(text.strip())
    if not values:
        raise FailedSourceError("source-layout", found=text[:100])
    return Decimal(values[0])


def add_up(name: str, items: Sequence[Record], whole: Record) -> None:
    """Refuse totals of which the parts do not make the whole: then nobody knows what either means."""
    for column in TOTALS:
        parts = sum((amount(item[column]) for item in items), Decimal(0))
        allowed = Decimal(0) if column == "progetti" else TOLERANCE
        if abs(parts - amount(whole[column])) > allowed:
            raise FailedSourceError("source-sums", found=f"{name} {column}: {parts} ≠ {whole[column]}")
