"""How everybody reads a release and says its small facts: rows by key, texts by language, JSON, checksums."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, overload

from etl.meta.model import LANGUAGES, Draft, Release

Row = dict[str, Any]
NOT_TRANSLATED = frozenset(
    {"language", "source_url", "source_date", "source_date_from", "source_date_to", "translated_from"})
"""Columns of a table of texts that are no words of it."""
MARK = uuid.uuid4().hex
"""Before a number that JSON is to hold as it is: new in each run, so that no text of the data can begin with it."""
MARKED = re.compile(f'"{MARK}(-?[0-9.]+)"')


def digest(data: bytes | str) -> str:
    """sha256 of bytes, or of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def as_json(content: Any, indent: int | None = 1, sort_keys: bool = False) -> bytes:
    """JSON as we write it for others: UTF-8, with a line break at the end."""
    return (json_text(content, ensure_ascii=False, indent=indent, sort_keys=sort_keys) + "\n").encode()


def json_text(content: Any, **how: Any) -> str:
    """What json.dumps gives, with decimal numbers digit by digit: it knows only binary ones, which are not exact."""
    def marked(value: Any) -> str:
        if isinstance(value, Decimal):
            return f"{MARK}{number_text(value)}"
        raise TypeError(f"{value!r} is nothing that JSON can hold")

    return MARKED.sub(r"\1", json.dumps(content, default=marked, **how))


def number_text(value: Decimal) -> str:
    """A decimal number as JSON writes it: all its digits, at least one after the point, no noughts behind: 12.0."""
    whole, _, rest = f"{value:f}".partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"


def short(value: Decimal) -> Decimal:
    """The same number with the digits that files write: what was worked out looks like what was read."""
    return Decimal(number_text(value))


def record(columns: Iterable[str], cells: Sequence[Any]) -> Row:
    """One row of a table by column; a table whose rows are too short or too long is not one."""
    return dict(zip(columns, cells, strict=True))


def rows_of(draft: Draft, dataset: str) -> list[Row]:
    """The rows of a release in the making, as text; none when it does not hold the dataset."""
    table = draft.tables.get(dataset)
    return [record(draft.datasets[dataset].columns, cells) for cells in table.rows] if table else []


def key_of(row: Mapping[str, Any], key: Iterable[str]) -> str:
    """The key of a row as everybody writes it: the values of its columns with | between them, "" for a missing one."""
    return "|".join("" if (value := row.get(name)) is None else str(value) for name in key)


def resources(package: Mapping[str, Any]) -> dict[str, Row]:
    """What a package (datapackage.json) says of each of its tables, by name."""
    return by_key(package["resources"], "name")


class LongRows(Sequence[Row], ABC):
    """The rows of a table that is too long to stand in memory as such."""

    @abstractmethod
    def column(self, name: str) -> list[Any]:
        """The cells of a column, without making the rows."""


class Alike(Sequence[Row]):
    """Rows that stand on many pages as they are here; nobody may change them."""

    def __init__(self, held: Iterable[Row]) -> None:
        self._held = tuple(held)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return self._held[place]

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._held)

    @cached_property
    def sign(self) -> str:
        """A key of all that they say, worked out once."""
        return digest(repr(self._held))


def rows(release: Release, dataset: str) -> Sequence[Row]:
    """The rows of a dataset; none when the release does not hold it."""
    return release.records.get(dataset, [])


def column(found: Sequence[Row], name: str) -> list[Any]:
    """The cells of a column of some rows."""
    return found.column(name) if isinstance(found, LongRows) else [row[name] for row in found]


def by_key(items: Iterable[Row], column: str) -> dict[Any, Row]:
    """Rows by the value of a column that is unique."""
    return {row[column]: row for row in items}


def grouped(items: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows in lists, by the value of a column; the order of the rows is kept."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in items:
        groups[row[column]].append(row)
    return dict(groups)


def texts(release: Release, dataset: str, key: str, language: str) -> dict[Any, Row]:
    """Texts by key in one language. What it lacks stays Italian: `italian` names the columns of which this is true.

    A row that is missing altogether is the Italian one, whose `language` column says so. `outdated` is true when
    the Italian text has changed since the translation was made (column translated_from).
    """
    said = rows(release, dataset)
    originals = {row[key]: row for row in said if row["language"] == LANGUAGES[0]}
    found = {name: {**row, "italian": (), "outdated": False} for name, row in originals.items()}
    for row in said:
        if row["language"] == language != LANGUAGES[0]:
            original = originals.get(row[key], {})
            lacking = tuple(name for name, value in row.items() if value is None and original.get(name) is not None)
            mark = row.get("translated_from")
            found[row[key]] = {
                **row,
                **{name: original[name] for name in lacking},
                "italian": lacking,
                "outdated": mark is not None and mark != fingerprint(original),
            }
    return found


def with_texts(release: Release, dataset: str, words: str, key: str, language: str) -> list[Row]:
    """The rows of a dataset, each with its text in one language, which is empty where it has none. words: see texts."""
    said = texts(release, words, key, language)
    return [{**row, "text": said.get(row[key], {})} for row in rows(release, dataset)]


def fingerprint(row: Mapping[str, Any]) -> str:
    """Eight signs that stand for the words of a row of texts: a translation notes those of the Italian row it is of.

    Where a text is from may change without making its translations old, so sources do not count.
    """
    return digest("\n".join(f"{name}={row[name] or ''}" for name in sorted(row) if name not in NOT_TRANSLATED))[:8]


def in_language(row: Mapping[str, Any], name: str, language: str) -> tuple[str, str]:
    """(text, its language) of a pair of columns such as reason (or reason_it) and reason_en; Italian when it lacks."""
    said = row.get(f"{name}_{language}") if language != LANGUAGES[0] else None
    return (said, language) if said else (row.get(name) or row.get(f"{name}_{LANGUAGES[0]}") or "", LANGUAGES[0])


def parts(value: str | None) -> list[str]:
    """The values of a cell that holds several, separated by `|`."""
    return [part.strip() for part in value.split("|")] if value else []


def phones(desk: Row) -> list[tuple[str, str]]:
    """(number as people write it, number to dial) of a desk; the second is empty when it cannot be dialled."""
    written = parts(desk["phone"])
    dialled = parts(desk.get("phone_e164"))
    if len(dialled) != len(written):
        dialled = [""] * len(written)
    return list(zip(written, dialled, strict=True))


def meanings(field: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Code -> its words per language, of a field as a schema describes it, in the order of the schema; {} without
    codes."""
    return {item["value"]: {key.removeprefix("label").strip("_") or LANGUAGES[0]: text
                            for key, text in item.items() if key != "value"}
            for item in field.get("categories") or field.get("itemCategories") or ()}


def vocabulary(release: Release, dataset: str, column: str) -> dict[str, dict[str, str]]:
    """Code -> its words per language, of a closed vocabulary, in the order of the schema."""
    known = resources(release.package)
    fields = by_key(known[dataset]["schema"]["fields"], "name") if dataset in known else {}
    return meanings(fields.get(column, {}))


def codes(release: Release, dataset: str, column: str) -> list[str]:
    """The codes of a closed vocabulary, in the order of the schema."""
    return list(vocabulary(release, dataset, column))


def meaning(release: Release, dataset: str, column: str, code: str, language: str) -> str:
    """The words of a code in a language, else in Italian, which the translations of the site may know."""
    words = vocabulary(release, dataset, column).get(code, {})
    return words.get(language) or words.get(LANGUAGES[0]) or code
