"""The agreed rent: the bands and rooms of the local agreement, and what raises or lowers them."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Row, grouped, rows
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched

# Article 4.1.c of the local agreement of 2023: per cent added to both ends of the band.
LENGTHS: tuple[tuple[int, str], ...] = (
    (0, N_("3 anni più 2")), (3, N_("4 anni")), (5, N_("5 anni")), (8, N_("6 anni")), (10, N_("più di 6 anni")),
)
# The agreement says "up to": the lower end may stay as it is.
FURNITURE: tuple[tuple[int, str], ...] = (
    (0, N_("senza mobili")), (8, N_("in parte: cucina con elettrodomestici e soggiorno")),
    (15, N_("per intero, con elettrodomestici")),
)
ENERGY_G = -2
SMALL, SMALL_MORE = (28, 50), 10
"""A home of this many square metres, both included, may count for this many per cent more."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    return [kind.page(language, **rent(release))]


def rent(release: Release) -> dict[str, Any]:
    """The bands and rooms per zone, with worked examples, and what the calculation in the page reads."""
    bands = grouped(rows(release, "rent_bands"), "zone")
    zones = [{"zone": zone, "bands": {row["sub_band"]: row for row in bands[zone]}} for zone in sorted(bands)]
    return {
        "zones": zones,
        "sub_bands": sorted({row["sub_band"] for row in rows(release, "rent_bands")}),
        "rooms": rows(release, "rent_rooms"),
        "lengths": LENGTHS,
        "furniture": FURNITURE,
        "energy_g": ENERGY_G,
        "small": SMALL,
        "small_more": SMALL_MORE,
        "table": {
            f"{row['zone']}-{row['sub_band']}": [row["min_eur_m2_year"], row["max_eur_m2_year"]]
            for row in rows(release, "rent_bands")
        },
        "sources": distinct([*rows(release, "rent_bands"), *rows(release, "rent_rooms")]),
    }


def distinct(items: list[Row]) -> list[Row]:
    """The rows that name their sources in different words: one for each way."""
    return list({(row["source_url"], row["source_date"], row["other_sources"]): row for row in items}.values())


KINDS = (
    Kind("rent", {"it": "canone", "en": "rent"}, N_("Canone concordato"), pages, ("services/rent.html",),
         requires=("rent_bands",), words=N_("canone"), under="home", foot=2),
)
