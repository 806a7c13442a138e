"""What a chart is: its finding, its unit, its signs, the rows behind them, and where these come from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.domain.sums import Sum
from etl.web.charts.words import Text, gettext


@dataclass(frozen=True)
class Mark:
    """One sign of a row: a `bar` or a `stem` from x to `to`, a `dot` or an `edge` (over the whole height) at x.

    x, to: percent of the width; what lies outside is drawn at the border. size: height of a bar, radius of a dot, in
    pixels. look: its class in charts.css, one of LOOKS.
    """

    shape: str
    look: str
    x: Decimal | float
    to: Decimal | float = 0
    size: float = 12


@dataclass(frozen=True)
class Row:
    """A line of a row chart. page: (kind, item) that its label leads to. strong: the one that the chart is about.

    doubts: the findings about it, codes of funding. figure, raw, group: what the value is, see etl/domain/figures.toml.
    """

    label: Text
    value: Text
    marks: tuple[Mark, ...]
    small: Text = ""
    page: tuple[str, str] | None = None
    strong: bool = False
    doubts: tuple[str, ...] = ()
    figure: str = ""
    raw: Decimal | None = None
    group: str = ""


@dataclass(frozen=True)
class Rows:
    """Lines with a plot each. head: of the labels, the plots, the values. ticks: (percent, words). compact: labels are
    short, and stay beside their plot on a telephone. first: lines that a page shows before a fold."""

    head: tuple[Text, Text, Text]
    ticks: tuple[tuple[float, Text], ...]
    lines: tuple[Row, ...]
    height: int = 26
    compact: bool = False
    first: int | None = None


@dataclass(frozen=True)
class Stage:
    """A part of a staged bar: an amount that lies inside the one before it. total: where it is a sum of rows."""

    name: Text
    amount: Decimal | None
    look: str
    doubts: tuple[str, ...] = ()
    total: Sum | None = None


@dataclass(frozen=True)
class Staged:
    """One bar whose parts lie inside each other: a euro that is paid was also committed and admitted.

    whole: the stage that is 100, by its place. mark: words above the bar, at the end of the last stage.
    """

    stages: tuple[Stage, ...]
    whole: int
    mark: Text = ""
    foot: Text = ""


@dataclass(frozen=True)
class Period:
    """A time and its height; nothing is known of it where that is None. start, end: percent. words: written on it."""

    start: float
    end: float
    height: float | None
    words: Text
    look: str = "k3 sep"


@dataclass(frozen=True)
class Rate:
    """Periods of different lengths: width is time, height is what happened per month, area is how much.

    top: the height of the highest line. ticks: (percent, words) along the time.
    """

    periods: tuple[Period, ...]
    top: float
    unit: Text
    ticks: tuple[tuple[float, Text], ...]


@dataclass(frozen=True)
class Place:
    """A municipality of a map. look: the class of its group."""

    name: str
    path: str
    look: str


@dataclass(frozen=True)
class Areas:
    """A map of `width` by `height` units. labels: (x, y, words) on it."""

    places: tuple[Place, ...]
    width: int
    height: int
    labels: tuple[tuple[int, int, str], ...] = ()


Body = Rows | Staged | Rate | Areas


@dataclass(frozen=True)
class Column:
    """A column of the table behind a chart. kind: eur, number, date, source, doubts, or "" for text."""

    name: str
    title: Text
    kind: str = ""


SOURCE = Column("source_url", gettext("Fonte"), "source")
"""Where a row of the table is from."""


@dataclass(frozen=True)
class Chart:
    """A chart that says one thing.

    id: its name in addresses. title: the finding. unit: what is drawn, and how to read it. key: (look, words) of each
    sign. alt: what is drawn, for those who cannot see it. columns, cells: exactly what is drawn. sources: (address,
    day). coverage: how much of the whole this is. page: (kind, item) that tells more.
    group: of which rows its figures are. figure, raw or share: what its title states (etl/domain/figures.toml).
    taken: whether there are files of it, beside its page for frames.
    """

    id: str
    title: Text
    unit: Text
    body: Body
    columns: tuple[Column, ...]
    cells: tuple[tuple[Any, ...], ...]
    sources: tuple[tuple[str, str | None], ...]
    coverage: Text = ""
    key: tuple[tuple[str, Text], ...] = ()
    alt: Text = ""
    page: tuple[str, str | None] = ("transparency", None)
    group: str = ""
    figure: str = ""
    raw: Decimal | None = None
    share: Sum | None = None
    taken: bool = True
