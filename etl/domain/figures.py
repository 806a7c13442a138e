"""The register of the figures that the site works out: declared once, marked on pages, worked out again by a test."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.meta.model import Words
from etl.meta.words import say


@dataclass(frozen=True)
class Figure:
    """One figure: its name, how it is worked out, the columns that it reads by table, and the rows left out.

    No table: it is of whichever table it stands beside.
    """

    id: str
    title: Words
    formula: Words
    reads: Mapping[str, tuple[str, ...]]
    left_out: Words

    def said(self, language: str) -> dict[str, str]:
        """Its words in one language, else in Italian."""
        return {name: say(getattr(self, name), language) for name in ("title", "formula", "left_out")}


def read(path: Path) -> dict[str, Figure]:
    """The figures of a file by id."""
    return {name: Figure(name, about["title"], about["formula"],
                         {table: tuple(columns) for table, columns in about["reads"].items()}, about["left_out"])
            for name, about in tomllib.loads(path.read_text("utf-8")).items()}


FIGURES = read(Path(__file__).with_name("figures.toml"))
