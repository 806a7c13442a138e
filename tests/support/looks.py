"""Borgofiorito with projects, rents and Arabic: an invented city that has every kind of page, and never changes."""

from __future__ import annotations

import csv
from pathlib import Path

from support.borgo import copy_borgo, site_of
from support.repository import TESTS

LOOKS = TESTS / "looks"
ARABIC = {r"(?m)^    fr: .*\n": "    ar: {name: العربية, locale: ar, partial: true}\n"}


def site_to_look_at(target: Path, built: Path | None = None) -> Path:
    """Its finished site, built as on the day of Borgofiorito in a folder of its own. built: see `copy_borgo`."""
    copy_borgo(target, settings=ARABIC, built=built)
    for path in sorted((LOOKS / "datasets" / "source").glob("*.csv")):
        add_rows(path, target / "datasets" / "source" / path.name)
    with (target / "city.toml").open("a", encoding="utf-8") as city:
        city.write((LOOKS / "city.toml").read_text("utf-8"))
    return site_of(target)


def add_rows(more: Path, path: Path) -> None:
    """Put the rows of a table below those that another has, in the order of their first column."""
    header, *rows = csv.reader(more.read_text("utf-8").splitlines())
    if path.exists():
        rows += list(csv.reader(path.read_text("utf-8").splitlines()))[1:]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted(rows)])
