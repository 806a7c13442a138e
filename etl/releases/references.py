"""Files that were handed in and need each other: by the keys that one brings and another points to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of
from etl.releases.handed import File
from etl.releases.own_rows import cell_of
from etl.spreadsheets.read.importer import Imported

Needs = Mapping[str, Mapping[str, list[RowRef]]]
"""File -> file that brings keys it points to -> the rows that point there."""
Key = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A table, columns of it and their values."""


def needs(datasets: Mapping[str, Dataset], files: Sequence[File], known: set[Key]) -> Needs:
    """Which file needs which. known: keys that stand in our tables already, whoever sends them again."""
    brings: dict[Key, list[str]] = defaultdict(list)
    wanted = {(target, columns) for name in datasets for target, _, columns in pointers(datasets[name])}
    for file in files:
        for part in file.parts:
            for table, columns in (pair for pair in wanted if pair[0] == part.dataset):
                for row in part.rows:
                    brings[table, columns, values(row, columns)].append(file.id)
    found: dict[str, dict[str, list[RowRef]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for part in file.parts:
            for key, ref in points(datasets[part.dataset], part) if part.rows else ():
                others = brings.get(key, [])
                if others and file.id not in others and key not in known:
                    found[file.id][others[0]].append(ref)
    return found


def pointers(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """(table that it points to, own columns, columns there) of each reference of a table."""
    for key in dataset.schema.get("foreignKeys", []):
        there = key["reference"]
        yield there["resource"] or dataset.name, tuple(key["fields"]), tuple(there["fields"])


def values(row: Mapping[str, str], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in columns)


def points(dataset: Dataset, part: Imported) -> Iterator[tuple[Key, RowRef]]:
    """Each key that the rows of a part point to, and the row."""
    for target, own, columns in pointers(dataset):
        for line, row in zip(part.lines, part.rows, strict=True):
            if all(values(row, own)):
                key = key_of(row, own)
                yield (target, columns, values(row, own)), RowRef(line, key, key, cell_of(part, own[0], line))


def in_order(files: Sequence[File], need: Needs) -> list[File]:
    """The files, each after those that it needs; where two need each other, in the order given."""
    by_id = {file.id: file for file in files}
    done: dict[str, File] = {}
    waiting = list(reversed(by_id))
    begun: set[str] = set()
    while waiting:
        name = waiting[-1]
        before = [other for other in need.get(name, {}) if other in by_id and other not in begun | set(done)]
        begun.add(name)
        if before:
            waiting += before
        else:
            done.setdefault(waiting.pop(), by_id[name])
    return list(done.values())


def together(files: Sequence[File], need: Needs) -> list[list[File]]:
    """The files in groups: those of one group need each other, directly or through others."""
    groups: list[list[File]] = []
    for file in files:
        linked = [group for group in groups
                  if any(file.id in need.get(other.id, {}) or other.id in need.get(file.id, {}) for other in group)]
        groups = [group for group in groups if group not in linked]
        groups.append([*(item for group in linked for item in group), file])
    return groups


def said_of_needs(file: File, need: Needs, names: Mapping[str, str], taken: Container[str]) -> list[Finding]:
    """What a file is told of those it needs: judged with it, or still to be corrected before it can go in."""
    return [finding("with-file" if other in taken else "waits-for-file", file.parts[0].dataset, "", rows,
                    "note" if other in taken else "warning", file=file.name, found=names[other])
            for other, rows in need.get(file.id, {}).items()]
