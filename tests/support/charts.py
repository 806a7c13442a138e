"""Charts as tests make them: of four amounts, drawn in a language with the colours of the site."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from etl.domain.doubts import STAGES
from etl.web.charts.inks import signs, tokens
from etl.web.charts.letters import Letters
from etl.web.charts.model import Chart
from etl.web.charts.picture import Maker
from etl.web.language import Language
from etl.web.pages.money import stages
from etl.web.pages.money.money import money
from etl.web.theme import print_fonts
from support.repository import ROOT

STORY = {"money-projects", "money-by-city", "money-by-axis", "money-timeline", "money-unknown", "rent-ranges",
         "network-map", "counted-1"}
LOCALES = {"it": "it_IT", "en": "en_GB", "fr": "fr_FR"}
STYLE = ROOT / "site" / "assets" / "style"
NUMBERS = re.compile(r'\b(?:x|x1|x2|cx|width|r|y|y1|y2|cy|height)="([^"]*)"')


@cache
def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taken(site: Path, name: str) -> list[dict[str, str]]:
    """What the CSV of a chart holds."""
    return table(site / "incorpora" / name / "dati.csv")


@cache
def language(code: str) -> Language:
    return Language(code, LOCALES[code], [ROOT / "site" / "locale"], {})


@cache
def maker(code: str) -> Maker:
    """What pictures are made with, as the build makes them."""
    inks = tokens((STYLE / "tokens.css").read_text("utf-8"))
    sheet = signs((STYLE / "charts.css").read_text("utf-8"), inks)
    return Maker(language(code), Letters(print_fonts(ROOT / "build" / "cache")), inks, sheet)


def chart_of(amounts: list[Decimal | None], title: str | None = "Case") -> Chart:
    """The chart of a project with these four amounts."""
    row = {**{f"{stage}_eur": amount for stage, amount in zip(STAGES, amounts, strict=True)}, "observed_on": None,
           "source_url": "https://example.org/", "source_date": None, "doubts": None}
    found = stages.of_project({"project_code": "P1", "title": title, "money": money([row])})
    assert found is not None
    return found


def faults(text: str) -> Iterator[str]:
    """Attributes of SVG that are no number, or lie outside the drawing."""
    for value in NUMBERS.findall(text):
        number = float(value.removesuffix("%"))
        if not math.isfinite(number) or (value.endswith("%") and not 0 <= number <= 100):
            yield value
