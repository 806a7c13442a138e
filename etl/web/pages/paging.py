"""Long lists, cut into pages that stay small: page 2 of a list is at its address with /2/ behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

PER_PAGE = 200
"""Rows of a list on one page: below 150 kB compressed, whatever the rows hold (a test holds the largest pages)."""
FEW, NEIGHBOURS = 10, 2
"""Pages that a list may have to be named all on each; pages before and after one that it always names."""


def chunks(*lists: Sequence[Any], size: int = PER_PAGE) -> list[tuple[Sequence[Any], ...]]:
    """For each page, one at least, its part of every list: at most `size` rows, none where a list has ended."""
    cut = ([items[start : start + size] for start in range(0, len(items), size)] for items in lists)
    return [tuple(part or () for part in parts) for parts in zip_longest(*cut)] or [((),) * len(lists)]


def turn(kind: str, item: str | None, number: int, last: int) -> dict[str, Any]:
    """What a page of a list knows of the others: kind, its number and the last; pages[n] is the item of page n."""
    return {"kind": kind, "number": number, "last": last,
            "pages": {page: numbered(item, page) for page in led_to(number, last)}}


def led_to(number: int, last: int) -> list[int]:
    """The pages that a page of a list leads to: few lead to all; else the ends, the neighbours and every tenth."""
    return [page for page in range(1, last + 1)
            if last <= FEW or page in (1, last) or abs(page - number) <= NEIGHBOURS or page % 10 == 0]


def numbered(item: str | None, number: int) -> str | None:
    """The item of a page of a list: the first is the list itself."""
    return item if number == 1 else "/".join(filter(None, (item, str(number))))
