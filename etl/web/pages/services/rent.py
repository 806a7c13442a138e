"""The agreed rent: the bands and rooms of the local agreement, and what raises or lowers them."""

from __future__ import annotations

from operator import itemgetter

from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, grouped, rows, texts
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page: the bands and rooms per zone, the rules by kind, and what the calculation in the page reads."""
    bands, rooms = rows(release, "rent_bands"), rows(release, "rent_rooms")
    zones = sorted(grouped(bands, "zone").items())
    return [kind.page(
        language, rooms=rooms, rules=rules(release, language),
        zones=[{"zone": zone, "bands": by_key(there, "sub_band")} for zone, there in zones],
        sub_bands=sorted({row["sub_band"] for row in bands}),
        help=next((row["service_id"] for row in rows(release, "services")
                   if (row["group"], row["status"]) == ("agreed_rent", "active")), None),
        table={f"{row['zone']}-{row['sub_band']}": [row["min_eur_m2_year"], row["max_eur_m2_year"]] for row in bands},
        sources=distinct([*bands, *rooms, *rows(release, "rent_rules")]),
    )]


def rules(release: Release, language: str) -> dict[str, list[Row]]:
    """The rules of the agreement by kind, in their order, each with its text."""
    said = texts(release, "rent_rule_texts", "rule_id", language)
    ordered = sorted(rows(release, "rent_rules"), key=itemgetter("position"))
    return grouped([{**row, "text": said[row["rule_id"]]["text"]} for row in ordered if row["rule_id"] in said], "kind")


def distinct(items: list[Row]) -> list[Row]:
    """The rows that name their sources in different words: one for each way."""
    return list({(row["source_url"], row["source_date"], row["other_sources"]): row for row in items}.values())


KINDS = (
    Kind("rent", {"it": "canone", "en": "rent"}, N_("Canone concordato"), pages, ("services/rent.html",),
         requires=("rent_bands",), words=N_("canone"), under="home", foot=2),
)
