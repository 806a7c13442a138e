"""What was counted period by period, drawn over time. What is not known stays a gap, as wide as the time it lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from etl.domain.hours import first_day, last_day
from etl.meta.view import Row as Record
from etl.meta.view import grouped
from etl.web.charts.model import SOURCE, Chart, Column, Period, Rate
from etl.web.charts.words import Day, Label, Text, gettext
from etl.web.pages.money.times import Scale, scale

FEWEST = 3
"""Periods that make a series."""
NOTED = "k1"
"""Look of a period of which the source says something that its number does not."""
MONTH = 365.25 / 12
GAP, HELD = 31, 32
"""Days without data that are drawn as a gap; percent of the width in which `nessun dato` fits."""
COLUMNS = (
    Column("indicator_id", gettext("Indicatore")), Column("period_start", gettext("Inizio"), "date"),
    Column("period_end", gettext("Fine"), "date"), Column("value", gettext("Quanto"), "number"),
    Column("qualifier", gettext("La fonte dice")), Column("note", gettext("Nota")), SOURCE,
)


def series(indicators: Sequence[Record]) -> list[list[Record]]:
    """Rows of indicators that count the same thing in periods that do not lie in each other, the longest series first.

    The same body and unit; where two of them are for the same time, those whose names differ by their year only.
    """
    dated = [row for row in indicators if row["period_start"] and row["period_end"] and row["unit"] != "EUR"]
    found: list[list[Record]] = []
    for rows in grouped([{**row, "what": (row["scope"], row["unit"])} for row in dated], "what").values():
        stems = grouped([{**row, "stem": re.sub(r"\d+", "", row["indicator_id"])} for row in rows], "stem")
        found += [apart] if (apart := without_overlaps(rows)) else map(without_overlaps, stems.values())
    return sorted((one for one in found if len(one) >= FEWEST), key=lambda one: (-len(one), one[0]["indicator_id"]))


def without_overlaps(rows: Sequence[Record]) -> list[Record]:
    """The shorter periods of some rows, in order of time: what a longer one adds up is told once. None of two alike."""
    kept: list[Record] = []
    for row in sorted(rows, key=lambda one: (length(one), one["period_start"])):
        if any((row["period_start"], row["period_end"]) == (one["period_start"], one["period_end"]) for one in kept):
            return []
        if not any(start_of(row) <= end_of(one) and start_of(one) <= end_of(row) for one in kept):
            kept.append(row)
    return sorted(kept, key=start_of)


def start_of(row: Record) -> date:
    return first_day(row["period_start"]) or date.min


def end_of(row: Record) -> date:
    return last_day(row["period_end"]) or date.max


def length(row: Record) -> int:
    """Days of a period."""
    return (end_of(row) - start_of(row)).days + 1


def counted(rows: Sequence[Record], name: str, today: date) -> Chart:
    """What was counted, period by period, as a rate where the periods differ in length."""
    time = scale([today, *(start_of(row) for row in rows), *(end_of(row) for row in rows)])
    even = len({length(row) // GAP for row in rows}) == 1
    heights = [float(row["value"]) / (1 if even else length(row) / MONTH) for row in rows]
    _, fastest = max(zip(heights, rows, strict=True), key=lambda pair: pair[0])
    unit = Label(rows[0]["unit"], "indicators", "unit")
    most = {"value": fastest["value"], "unit": unit, "start": Day(fastest["period_start"]),
            "end": Day(fastest["period_end"])}
    periods = [Period(time.at(start_of(row)), time.at(end_of(row)), height, row["value"],
                      NOTED if row["text"].get("note") else "k3 sep")
               for height, row in zip(heights, rows, strict=True)]
    noted = [(NOTED, gettext("con una nota, nella tabella"))] if any(row["text"].get("note") for row in rows) else []
    return Chart(
        name, gettext("Il numero più alto è del %(start)s: %(value)s %(unit)s", **most) if even else
        gettext("Il ritmo più alto va da %(start)s a %(end)s: %(value)s %(unit)s", **most),
        gettext("%(title)s. Sulle barre: %(unit)s", title=rows[-1]["text"].get("title") or "", unit=unit) if even else
        gettext("Larghezza: periodo. Altezza: %(unit)s al mese. Sulle barre: %(unit)s nel periodo", unit=unit),
        Rate((*gaps(rows, time, today), *periods), round_up(max(heights)), "" if even else gettext("al mese"),
             time.ticks()),
        COLUMNS, tuple(map(cells, rows)), tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in rows)),
        gettext("Di %(count)s periodi si sa; gli altri restano vuoti.", count=len(rows)),
        (("k3", unit), *noted, ("ku", gettext("nessun dato"))), page=("data", "indicators"),
    )


def cells(row: Record) -> tuple[object, ...]:
    """What is drawn of a period, with what its source adds."""
    word = Label(row["qualifier"], "indicators", "qualifier") if row["qualifier"] else None
    return (row["indicator_id"], row["period_start"], row["period_end"], row["value"], word, row["text"].get("note"),
            row["source_url"])


def gaps(rows: Sequence[Record], time: Scale, today: date) -> list[Period]:
    """The times of which nothing is known, as wide as they last; up to today."""
    edges = [
        (time.start, start_of(rows[0])),
        *((end_of(one), start_of(other)) for one, other in pairwise(rows)),
        (end_of(rows[-1]), today),
    ]
    words: Text = gettext("nessun dato")
    return [
        Period(time.at(start), time.at(end), None, words if time.at(end) - time.at(start) > HELD else "")
        for start, end in edges
        if (end - start).days > GAP
    ]


def round_up(height: float) -> float:
    """The next round number: 1, 2, 4, 5 or 8, and noughts."""
    power = 10.0 ** (len(str(int(max(height, 1)))) - 1)
    return next(factor * power for factor in (1, 2, 4, 5, 8, 10) if factor * power >= height)
