"""The agreed rent: the bands and rooms of the local agreement, its rules by article, and the range of a home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from operator import itemgetter

from etl.domain.rent import LARGEST, UNITS, inwards, smallest
from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, grouped, rows, short, texts
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched

EXAMPLES = (30, 60, 90)
"""Square metres of the homes in the table of examples."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page: bands and rooms per zone, the rules by kind and by article, and what the script reads."""
    bands, rooms, said = rows(release, "rent_bands"), rows(release, "rent_rooms"), rules(release, language)
    zones, least = sorted(grouped(bands, "zone").items()), smallest(said)
    return [kind.page(
        language, rooms=rooms, rules=grouped(said, "kind"), articles=articles(said), life=life(said),
        zones=ranges(zones),
        sub_bands=sorted({row["sub_band"] for row in bands}), sizes=EXAMPLES, months=[*map(months, bands)],
        help=next((row["service_id"] for row in rows(release, "services")
                   if (row["group"], row["status"]) == ("agreed_rent", "active")), None),
        table={zone: {row["sub_band"]: [row["min_eur_m2_year"], row["max_eur_m2_year"]] for row in there}
               for zone, there in zones},
        elsewhere=elsewhere(release), units=UNITS, least=least, most=LARGEST,
        home=inferred("smallest-home", ("rent_rules", least["rule_id"])) if least else None,
        doubts=distinct([rule for rule in said if rule["kind"] == "unknown"]),
    )]


def ranges(zones: Sequence[tuple[str, list[Row]]]) -> list[Row]:
    """Each zone with its `bands`, its `low` and `high` end, and `marks`: (x, width) of each sub-band in percent of the
    highest limit of all."""
    top = max((row["max_eur_m2_year"] for _, there in zones for row in there), default=Decimal(1))
    return [
        {"zone": zone, "bands": by_key(there, "sub_band"),
         "low": min(row["min_eur_m2_year"] for row in there), "high": max(row["max_eur_m2_year"] for row in there),
         "marks": [tuple(short(end * 100 / top) for end in (
             row["min_eur_m2_year"], row["max_eur_m2_year"] - row["min_eur_m2_year"]))
             for row in sorted(there, key=itemgetter("sub_band"))]}
        for zone, there in zones
    ]


def months(band: Row) -> Row:
    """A band with its `ranges`: the lowest and highest rent of a month, in whole euro, of each home of the examples."""
    ends = (band["min_eur_m2_year"], band["max_eur_m2_year"])
    return {**band, "ranges": [inwards(ends[0] * size, ends[1] * size, 12) for size in EXAMPLES]}


def elsewhere(release: Release) -> list[tuple[str, list[Row]]]:
    """(municipality, the zones of its own agreement) of each other municipality of which one is known, by name."""
    names = {row["istat_code"]: row["name"] for row in rows(release, "municipalities")}
    zones = grouped(rows(release, "rent_other_municipalities"), "istat_code")
    return sorted((names.get(code, code), there) for code, there in zones.items())


def rules(release: Release, language: str) -> list[Row]:
    """The rules of the agreement in their order, each with its `text` and the `language` that it is in."""
    said = texts(release, "rent_rule_texts", "rule_id", language)
    ordered = sorted(rows(release, "rent_rules"), key=itemgetter("position"))
    return [{**row, "text": said[row["rule_id"]]["text"], "language": said[row["rule_id"]]["language"]}
            for row in ordered if row["rule_id"] in said]


def articles(said: list[Row]) -> list[tuple[str, list[Row], list[Row]]]:
    """(article, its rules, rows that name their sources) as the agreement counts them: 4.1.b before 10.

    What is not known has a place of its own."""
    known = grouped([rule for rule in said if rule["article"] and rule["kind"] != "unknown"], "article")
    return [(name, known[name], distinct(known[name])) for name in sorted(known, key=counted)]


def counted(article: str) -> list[tuple[int, str]]:
    """The parts of an article, so that numbers are sorted as numbers."""
    return [(int(part) if part.isdigit() else 0, part) for part in re.split(r"\W+", article)]


def life(said: list[Row]) -> dict[str, Row]:
    """What the agreement says of its own time: when `signed`, how long it `lasts`, how its limits `rise` after."""
    found = {rule["operator"]: rule for rule in said if rule["kind"] == "validity" and rule["operator"]}
    return {name: found[operator] for name, operator in (("signed", "signed"), ("lasts", "lasts"), ("rise", "adds"))
            if operator in found}


def distinct(items: list[Row]) -> list[Row]:
    """The rows that name their sources in different words: one for each way."""
    return list({(row["source_url"], row["source_date"], row["other_sources"]): row for row in items}.values())


KINDS = (
    Kind("rent", {"it": "canone", "en": "rent"}, N_("Canone concordato"), pages, ("services/rent.html",),
         requires=("rent_bands",), words=N_("canone"), under="home", foot=2, on_the_path=True),
)
