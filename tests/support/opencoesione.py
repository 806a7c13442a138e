"""Files of OpenCoesione in little: its bulk file as the program filters it, and totals in the form of its API."""

from __future__ import annotations

import copy
import io
from typing import Any

from etl.sources.model import Record
from etl.sources.opencoesione import Bulk, Wanted, filter_bulk

HEADER = "COD_LOCALE_PROGETTO;CUP;OC_TITOLO_PROGETTO;OC_CODICE_PROGRAMMA;COD_COMUNE;DEN_COMUNE;TOT_PAGAMENTI"
CODE = "2014IT16M2OP004"


def filtered(text: str | bytes, wanted: Wanted | None = None, block: int = 64) -> tuple[list[Record], Bulk]:
    bulk = Bulk()
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return list(filter_bulk(io.BytesIO(data), wanted or Wanted(CODE), bulk, block)), bulk


def aggregates() -> dict[str, Any]:
    """Totals in the form of the API; two items of each dimension make the whole."""
    def totals(amount: str, projects: str) -> dict[str, str]:
        return {"costo_pubblico": amount, "costo_pubblico_coesione": amount, "pagamenti": amount,
                "pagamenti_coesione": amount, "progetti": projects}

    parts = {slug: {"label": slug, "link": None, "totali": totals(amount, projects)}
             for slug, amount, projects in (("a", "1.000.000,50", "7"), ("b", "234.567,40", "3"))}
    return {"data_aggiornamento": "20260430", "aggregati": {
        "totali": totals("1.234.567,89", "10"),
        **{name: copy.deepcopy(parts) for name in ("stati_progetti", "temi", "nature")}}}
