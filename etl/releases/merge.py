"""New rows into a table that stands: what is added, what changes, what stays. Nothing is ever removed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from etl.domain.citing import KEY, addresses
from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of

Row = dict[str, str]
WITNESS = ("source_url", "source_date", "other_sources")
"""Columns that say who said a fact and when: alone they do not make a row new."""


@dataclass(frozen=True)
class Merged:
    """A table after a merge. rows: in the order that they stand in the file, new ones last.

    origin: position in `rows` -> position of the new row that it holds; added, changed, same: how many new rows.
    kept: how many empty cells did not erase a value.
    """

    rows: list[Row]
    origin: Mapping[int, int]
    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0


def with_sources(known: Sequence[Row], citing: Iterable[Row], told: Mapping[str, str]) -> list[Row]:
    """The rows of source_documents, and one for each web address that other rows cite and that is new.

    told: what the new ones say of it beside `kind`; what nobody knows yet stays empty.
    """
    new = {address for row in citing for address in addresses(row)} - {row[KEY] for row in known}
    return [*known, *({"kind": "page", **told, KEY: address} for address in sorted(new))]


def agreed(dataset: Dataset, new: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """The new rows without those of a key that comes more than once with different values, and these told: nobody can
    say which is right. Rows that complete each other stay."""
    said: dict[str, Row] = {}
    numbers = {field.name for field in dataset.fields if field.type == "number"}
    twice: dict[str, str] = {}
    for row in new:
        key = key_of(row, dataset.key)
        before = said.setdefault(key, {})
        for name, value in row.items():
            known = before.setdefault(name, value) or value
            before[name] = known
            if value and known != value and name not in WITNESS and not (name in numbers and same_number(known, value)):
                twice.setdefault(key, f"{name}: {known} / {value}")
    refs = [RowRef(None, key, words) for key, words in twice.items()]
    return [row for row in new if key_of(row, dataset.key) not in twice], [
        finding("source-twice", dataset.name, ", ".join(dataset.key), refs, found=refs[0].value)] if refs else []


def update(
    dataset: Dataset, rows: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], by_people: bool = False
) -> Merged:
    """Rows with a known key get the new values that are not empty; rows with a new key are added.

    by_people: people may also correct the source alone; a program that found the same facts changes nothing.
    """
    table = [dict(row) for row in rows]
    places = {key_of(row, dataset.key): place for place, row in enumerate(table)}
    origin: dict[int, int] = {}
    counts = {"added": 0, "changed": 0, "same": 0, "kept": 0}
    numbers = {field.name for field in dataset.fields if field.type == "number"}
    for number, given in enumerate(new):
        place = places.setdefault(key_of(given, dataset.key), len(table))
        if place == len(table):
            table.append({name: given.get(name, "") for name in dataset.source_columns})
            counts["added"] += 1
        else:
            counts["kept"] += sum(not value and bool(table[place].get(name)) for name, value in given.items())
            after = table[place] | {name: value for name, value in given.items()
                                    if value and not (name in numbers and same_number(table[place].get(name), value))}
            changed = after != table[place] if by_people else differs(table[place], after)
            counts["changed" if changed else "same"] += 1
            if changed:
                table[place] = after
        origin[place] = number
    return Merged(table, origin, **counts)


def same_number(before: str | None, value: str) -> bool:
    """Whether two spellings are the same number: a spreadsheet holds 1400000.00 as 1400000."""
    try:
        return bool(before) and Decimal(before or "") == Decimal(value)
    except InvalidOperation:  # what is no number is told by the checks
        return False


def observe(
    dataset: Dataset, rows: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], moment: str
) -> Merged:
    """A new dated row only where a value differs from the newest row of the same thing.

    moment: the key column that holds the date. What the newest row says and the new one does not is not carried over.
    A source that says other values of a day that it has spoken of before corrects the row of that day.
    """
    table = [dict(row) for row in rows]
    places = {key_of(row, dataset.key): place for place, row in enumerate(table)}
    origin: dict[int, int] = {}
    same = changed = 0
    for number, given in enumerate(new):
        thing = [name for name in dataset.key if name != moment]
        before = [row for row in table if all(row[name] == given.get(name) for name in thing)]
        newest = max(before, key=lambda row: row[moment], default=None)
        said = {name: value for name, value in given.items() if value and name != moment}
        if not set(said) - {*thing, *WITNESS} or (newest and not differs(newest, newest | said)):
            same += 1
            continue
        place = places.setdefault(key_of(given, dataset.key), len(table))
        row = {name: given.get(name, "") for name in dataset.source_columns}
        if place == len(table):
            table.append(row)
        elif differs(table[place], table[place] | said):
            table[place], changed = table[place] | {name: value for name, value in given.items() if value}, changed + 1
        else:
            same += 1
            continue
        origin[place] = number
    return Merged(table, origin, added=len(table) - len(rows), changed=changed, same=same)


def replace(dataset: Dataset, rows: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> Merged:
    """The new rows are the whole table."""
    before = {key_of(row, dataset.key): row for row in rows}
    table = [{name: given.get(name, "") for name in dataset.source_columns} for given in new]
    known = [before.get(key_of(row, dataset.key)) for row in table]
    changed = sum(old is not None and differs(old, row) for old, row in zip(known, table, strict=True))
    added = sum(old is None for old in known)
    return Merged(table, {place: place for place in range(len(table))}, added, changed, len(table) - added - changed)


def differs(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether two rows say different facts, whoever says them."""
    return any(before.get(name, "") != value for name, value in after.items() if name not in WITNESS)
