"""A chart as templates show it: its words in the language of the page, its signs as fluid SVG."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from etl.web.charts import drawing
from etl.web.charts.model import Areas, Chart, Rate, Row, Rows, Staged
from etl.web.charts.words import said
from etl.web.language import Language

Say = Callable[[Any], str]
PLAIN = (str, int, Decimal, type(None))
"""Cells that templates write themselves."""
ROOM, FOOT = 250, 330
"""Pixels beside each other in the narrowest frame; above each other for sources, licence, day and borders."""


def drawn(language: Language, chart: Chart) -> dict[str, Any]:
    """What site/theme/charts/figure.html shows of a chart in a language. frame: see `height`.

    explained: the figure of the register that its first number is.
    """
    say: Say = partial(said, language=language)
    found = {
        "id": chart.id, "title": say(chart.title), "unit": say(chart.unit), "coverage": say(chart.coverage),
        "key": [(drawing.swatch(look), say(words)) for look, words in chart.key],
        "sources": chart.sources, "page": chart.page, "group": chart.group, "figure": chart.figure, "raw": chart.raw,
        "share": chart.share, "taken": chart.taken, **body(chart, say),
        "heads": [say(each.title) for each in chart.columns],
        "cells": [[(column, value if isinstance(value, PLAIN) else say(value))
                   for column, value in zip(chart.columns, row, strict=True)] for row in chart.cells],
    }
    figures = [chart.figure, chart.share.figure if chart.share else "",
               *(line["figure"] for line in found.get("lines", ()))]
    return {**found, "frame": height(found), "explained": next(filter(None, figures), "")}


def height(shown: dict[str, Any]) -> int:
    """Pixels that a frame of 320 takes for a chart, with its source and licence: about, and rather more than less.

    A frame cannot grow with what is in it unless a script asks; wider ones have room to spare.
    """
    def tall(words: str, letter: float, line: int) -> int:
        return line * -(-round(len(words) * letter) // ROOM) if words else 0

    words = tall(shown["title"], 11, 28) + tall(shown["unit"], 7.5, 20) + 24 * len(shown["key"])
    if shown["form"] == "rows":
        one = shown["tall"] + (6 if shown["compact"] else 28)
        signs = 64 + sum(one + 19 * bool(line["small"]) for line in shown["lines"])
    elif shown["form"] == "staged":
        signs = drawing.STAGED_HEIGHT + sum(48 + 60 * bool(stage["doubts"]) for stage in shown["stages"])
    elif shown["form"] == "areas":
        signs = round(ROOM * shown["height"] / shown["width"])
    else:
        signs = drawing.RATE_HEIGHT
    return int(round(words + signs + tall(shown["coverage"], 7.5, 20) + FOOT, -1))


def body(chart: Chart, say: Say) -> dict[str, Any]:
    """The part of a chart that its form decides."""
    alt = say(chart.alt or chart.title)
    match chart.body:
        case Rows() as rows:
            return {"form": "rows", **lines(rows, say)}
        case Staged() as staged:
            bar = drawing.canvas(drawing.staged(staged, say), drawing.STAGED_HEIGHT, alt=alt)
            return {"form": "staged", "svg": bar, "stages": stages(staged, say)}
        case Rate() as rate:
            return {"form": "rate", "svg": drawing.canvas(drawing.rate(rate, say), drawing.RATE_HEIGHT, alt=alt)}
        case Areas() as areas:
            return {"form": "areas", "width": areas.width, "height": areas.height, "alt": alt}


def lines(rows: Rows, say: Say) -> dict[str, Any]:
    """A row chart: its heads, its axis and its lines."""
    return {
        "head": [say(words) for words in rows.head], "compact": rows.compact, "tall": rows.height,
        "axis": drawing.canvas(drawing.axis(rows.ticks, say), drawing.AXIS_HEIGHT) if rows.ticks else "",
        "lines": [line(row, rows, say) for row in rows.lines[:rows.first]],
        "more": [line(row, rows, say) for row in rows.lines[rows.first:]] if rows.first else [],
    }


def line(row: Row, rows: Rows, say: Say) -> dict[str, Any]:
    """One line of a row chart."""
    return {
        "label": say(row.label), "small": say(row.small), "value": say(row.value), "page": row.page,
        "strong": row.strong, "doubts": row.doubts, "figure": row.figure, "raw": row.raw, "group": row.group,
        "svg": drawing.canvas(drawing.plot(row.marks, rows.ticks, rows.height), rows.height),
    }


def stages(staged: Staged, say: Say) -> list[dict[str, Any]]:
    """The key of a staged bar, which tells the amounts, the last stage first."""
    found = [{"swatch": drawing.swatch(stage.look if stage.amount is not None else "ku"), "name": say(stage.name),
              "amount": stage.amount, "doubts": stage.doubts, "total": stage.total} for stage in staged.stages]
    return found[::-1]
