"""Sources as people read them: who says it, in which document, of what day. The name of a host says none of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any

from etl.meta.model import Page, Release
from etl.meta.view import Alike, Row, by_key, rows

TABLE, KEY = "source_documents", "source_url"
OTHERS = "other_sources"
"""The column with more sources of a row: "https://a.example (2024-05) | https://b.example"."""
WEB = ("http://", "https://")
NESTED = (dict, list, tuple, Alike)
FLAT = frozenset({str, NoneType, int, bool, Decimal})
"""What most values of a page are, and never holds a row."""
NOTHING_KNOWN: Row = dict.fromkeys(("title", "issuer", "kind", "source_date", "read_in", "licence"))


def documents(release: Release) -> dict[str, Row]:
    """The sources of a release by address, one row of source_documents each; none where a city has no such table."""
    return by_key(rows(release, TABLE), KEY)


def others(cell: str | None) -> list[tuple[str, str | None]]:
    """(address, day or None) of each source in a cell of `other_sources`."""
    parts = (part.strip().partition(" (") for part in (cell or "").split(" | "))
    return [(address, day.rstrip(")") or None) for address, _, day in parts if address]


def names_sources(column: str) -> bool:
    """Whether a column holds the address of a source, or of several."""
    return column.endswith(KEY) or column == OTHERS


def named(row: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """(address, day or None) of each source that a row names, in every column that holds one."""
    for name, day in columns_of(tuple(row)):
        if (value := row[name]) and value.startswith(WEB):
            yield value, row.get(day) or None
    if row.get(OTHERS):
        yield from others(row[OTHERS])


@lru_cache(maxsize=1024)
def columns_of(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those of some columns that hold the address of one source, each with the column of its day."""
    return [(name, f"{name.removesuffix('url')}date") for name in names if name.endswith(KEY)]


def addresses(row: Mapping[str, Any]) -> Iterator[str]:
    """The address of each source that a row names."""
    return (address for address, _ in named(row))


def cited_on(page: Page) -> dict[str, str | None]:
    """Address -> day of each source that a page cites. The pages of a table show the column of its sources instead."""
    return {} if "dataset" in page.context else named_within(page.context)


def named_within(content: Any) -> dict[str, str | None]:
    """Address -> day of each source that rows name anywhere within a content."""
    found: dict[str, str | None] = {}
    seen: set[int] = set()  # a row stands in several parts of a page

    def look(item: Any) -> None:
        if isinstance(item, dict):
            if KEY in item:
                for address, day in named(item):
                    found[address] = found.get(address) or day
            item = item.values()
        for value in [each for each in item if type(each) not in FLAT and each]:
            if isinstance(value, NESTED) and id(value) not in seen:
                seen.add(id(value))
                look(value)

    look(content)
    return found


def cited(known: Mapping[str, Row], address: str, day: str | None = None) -> Row:
    """What is said of a source: its row of source_documents, with the day that the row citing it states.

    known: see documents. Of an address without a row only its host is known, as the place where it is.
    """
    found = known.get(address, NOTHING_KNOWN | {KEY: address})
    return {**found, "source_date": day or found["source_date"], "place": place(address)}


def said(source: Row) -> str:
    """A source in one line of plain text for files that have no markup: who, title, day. source: see `cited`."""
    who = ", ".join(filter(None, (source["issuer"], source["title"]))) or source["place"]
    return f"{who} ({source['source_date']})" if source["source_date"] else who


def place(address: str) -> str:
    """The host of an address as people write it: www.example.org is example.org."""
    return address.split("//")[-1].split("/")[0].removeprefix("www.")
