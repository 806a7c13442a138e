"""A sum that cannot be shown without what it leaves out and what is odd in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

HALF = 2
T = TypeVar("T")


@dataclass(frozen=True)
class Sum:
    """A value worked out of several rows.

    value: None where nothing is known. known, of: rows in it, and rows that there are. doubtful: rows in it that a
    finding is about. doubts: these findings. without: the value without those rows, None where none is left.
    figure: what it is, an id of etl/domain/figures.py.

    It is no number: what writes amounts refuses it, so that nobody writes it without the rest.
    """

    figure: str
    value: Decimal | None
    known: int
    of: int
    doubtful: int = 0
    doubts: tuple[str, ...] = ()
    without: Decimal | None = None

    @property
    def comparable(self) -> bool:
        """Whether it may stand beside others: at least half of the rows are known."""
        return self.value is not None and self.known * HALF >= self.of


def summed(
    figure: str, rows: Sequence[T], of: int, work_out: Callable[[Sequence[T]], Decimal | None],
    doubts_of: Callable[[T], Iterable[str]],
) -> Sum:
    """The sum of rows whose amounts are known, out of so many. doubts_of: the findings about the value of a row."""
    found = [tuple(doubts_of(row)) for row in rows]
    sound = [row for row, codes in zip(rows, found, strict=True) if not codes]
    doubtful = len(rows) - len(sound)
    codes = tuple(dict.fromkeys(code for row in found for code in row))
    return Sum(figure, work_out(rows) if rows else None, len(rows), of, doubtful, codes,
               work_out(sound) if doubtful and sound else None)


def added(column: str) -> Callable[[Iterable[Mapping[Any, str]]], Decimal]:
    """What adds up a column of rows of text, to the cent."""
    return lambda rows: sum((Decimal(row[column]) for row in rows), Decimal("0.00"))


def cells(found: Sum) -> tuple[str, str, str, str, str, str]:
    """How a table writes a sum: rows that there are, rows known, value, rows in doubt, findings, value without them."""
    return (str(found.of), str(found.known), "" if found.value is None else str(found.value), str(found.doubtful),
            "|".join(found.doubts), "" if found.without is None else str(found.without))


def per_hundred(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Euro out of 100, rounded to the cent; None when an amount is missing or the whole is zero."""
    if part is None or not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
