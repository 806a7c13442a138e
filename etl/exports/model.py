"""What a format is, and how a cell of a draft is read by all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from etl.meta.model import Dataset, Draft, Field, Release, Table, Words
from etl.meta.settings import SiteConfig
from etl.runtime.by_column import ByColumn

Files = dict[str, bytes]
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
BLOCK = 4_000
DATE_KINDS = ("partial-date", "date")


def nothing(_draft: Draft) -> dict[str, Any]:
    """No files."""
    return {}


@dataclass(frozen=True)
class Format:
    """One way in which a release is written.

    name: short and unique. title, note: for people who choose a file; without a title no list holds its files.
    path: the file of one dataset, with {name} in it; "" when the file is not of one dataset.
    media_type: as registered with IANA. file_type: code of the EU's list of file types, OCTET where it has none of its
    own; "" for what describes a file and holds no data: the catalogue does not offer it.
    write: draft -> {path: bytes}; paths begin in dati/, those of files that no list holds at the root of the site.
    kept: whether the files are committed in datasets/release; the others are made by each build.
    alone: whether each file is made of one table, whatever the others hold (exports/alone.py).
    told: draft -> {path: what a JSON file holds}, of many small ones; one that says the same stays where it is.
    names: dataset -> the name that stands in `path`, where it is not the dataset's own.
    """

    name: str
    title: Words
    note: Words
    path: str
    media_type: str
    file_type: str
    write: Callable[[Draft], Files]
    kept: bool = False
    alone: bool = False
    told: Callable[[Draft], Mapping[str, Any]] = nothing
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def listed(self) -> bool:
        """Whether people choose its files from a list."""
        return bool(self.title)

    def path_of(self, dataset: str) -> str:
        """The path of a dataset's file in this format, "" when it has none."""
        return self.path.format(name=self.names.get(dataset, dataset))


def for_programs(
    name: str, write: Callable[[Release, SiteConfig], Files],
    tell: Callable[[Release, SiteConfig], Mapping[str, Any]] | None = None,
) -> Format:
    """A format that programs find at an address of its own: it may speak of all files that people can choose.

    write: (release with the list of these files, settings) -> {path in the site: bytes}. tell: the same for `told`.
    """
    def written(draft: Draft) -> Files:
        return write(*draft.published) if draft.published else {}

    def told(draft: Draft) -> Mapping[str, Any]:
        return tell(*draft.published) if tell and draft.published else {}

    return Format(name, {}, {}, "", "", "", written, told=told)


def tables(draft: Draft) -> Iterator[tuple[Dataset, Table]]:
    """Every dataset of a draft with its table."""
    for name, table in draft.tables.items():
        yield draft.datasets[name], table


def blocks(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Rows in pieces, so that what is made of them column by column stays small, and near the processor."""
    return (rows[start: start + BLOCK] for start in range(0, len(rows), BLOCK))


def columns(dataset: Dataset, rows: Sequence[Sequence[str]]) -> Iterable[Sequence[str]]:
    """The columns of some rows, one for each field also where there is no row: faster than going from cell to cell."""
    if isinstance(rows, ByColumn):
        return rows.columns()
    return list(zip(*rows, strict=True)) or [()] * len(dataset.columns)


def may_be_day(column: Field) -> bool:
    """Whether a column holds days, or dates that may be a month or a year only."""
    return column.type == "date" or column.kind in DATE_KINDS


def is_day(column: Field, value: str) -> bool:
    """Whether a cell holds a whole day: people's spreadsheets take it for a date. A year or a month stays text."""
    return may_be_day(column) and DAY.fullmatch(value) is not None


def is_money(column: Field) -> bool:
    """Whether a column holds euro and cents."""
    return column.type == "number" and column.kind == "money"


def exact(value: str) -> bool:
    """Whether a number survives as a binary one: spreadsheets keep fifteen digits."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15
