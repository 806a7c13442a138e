"""What a chart says, before it is known in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.meta.view import number_text
from etl.web.language import Language

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Said:
    """A message in Italian, marked with N_, and its values. many: the message for more than one of `count`."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    many: str = ""
    count: int = 0


def gettext(message: str, **values: Any) -> Said:
    """A message with its values, under the name that finds it for translation."""
    return Said(message, values)


def ngettext(one: str, many: str, count: int, **values: Any) -> Said:
    """A message for one and for many, under the name that finds it for translation."""
    return Said(one, values, many, count)


@dataclass(frozen=True)
class Euro:
    """An amount, written in words to three digits: 1,51 Mln €."""

    amount: Decimal


@dataclass(frozen=True)
class Day:
    """A partial date: 2020-10 is `ottobre 2020`."""

    text: str


@dataclass(frozen=True)
class Label:
    """A code of a closed list of a table."""

    code: str
    dataset: str
    column: str


@dataclass(frozen=True)
class Joined:
    """Several words after each other, without those that are empty."""

    parts: tuple[Any, ...]
    between: str = " · "


Text = str | int | Decimal | Said | Euro | Day | Label | Joined


def said(text: Text, language: Language) -> str:
    """A text as one language writes it."""
    match text:
        case Said():
            values = {name: said(value, language) for name, value in text.values.items()}
            if text.many:
                return language.ngettext(text.message, text.many, text.count, **values)
            return language.gettext(text.message, **values) if values else language.gettext(text.message)
        case Euro():
            return language.brief(text.amount)
        case Day():
            return language.day(text.text)
        case Label():
            return language.label(text.code, text.dataset, text.column)
        case Joined():
            return text.between.join(words for part in text.parts if (words := said(part, language)))
        case str():
            return text
        case _:
            return language.number(text)


def plain(value: Any) -> str:
    """A cell as files hold it: digits of a number, "" where nothing is known."""
    if value is None:
        return ""
    return number_text(value).removesuffix(".0") if isinstance(value, Decimal) else str(value)


def of_hundred(share: Decimal) -> Decimal:
    """A share of 100 in whole numbers; where these would say "nothing" or "all" of what is not, with decimals."""
    for digits in ("1", "0.1", "0.01"):
        rounded = share.quantize(Decimal(digits), ROUND_HALF_UP)
        if (rounded in (0, WHOLE)) == (share in (0, WHOLE)):
            return rounded
    return share
