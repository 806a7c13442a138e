"""What changed between two releases, as a comment for those who review a proposal: Italian first, in words, short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from etl.meta.catalog import MADE_BY_THE_PROGRAM
from etl.meta.view import Row, grouped, resources
from etl.releases.diff import Change, plain
from etl.releases.in_words import Side, euro, key_columns, read, said
from etl.releases.masked import masked

MARK = "<!-- abitare: diff -->"
LONGEST = 6_000
"""Bytes of a comment: more is not read."""
ROOM_FOR_MORE = 150
"""Bytes of the line that counts what there is no room for."""
ROWS, CELLS, TOGETHER = 5, 6, 3
"""Rows shown of each kind and table; cells shown of a new row; rows with one same change that are told together."""
FINDINGS = "quality"
LOUD = ("ERRORE / ERROR", "abitare:")


def as_markdown(
    old: Path, new: Path, found: Iterable[Change], derived: Collection[str] = (), findings: str = "", preview: str = "",
) -> str:
    """The comment: errors of the checks, tables in words, what follows from them, findings that are new or mended.

    derived: tables that nobody writes. findings: what the checks print as text. preview: where the site of the proposal
    can be looked at.
    """
    before, after = read(old), read(new)
    before = replace(before, tables=masked(before.tables, after.tables, before.package))
    groups = {name: list(items) for name, items in groupby(found, attrgetter("dataset"))}
    follow = {name: items for name, items in groups.items()
              if name in derived or name in MADE_BY_THE_PROGRAM or all(is_computed(after, item) for item in items)}
    written = {name: items for name, items in groups.items() if name not in follow}
    lines = [MARK, "### Che cosa cambia nei dati / What changes in the data", ""]
    lines += errors(findings)
    lines += [f"Anteprima / Preview: {preview}", ""] if preview else []
    if not written:
        lines += ["Nessun dato cambia. / No data change.", ""]
    ends = [*consequences(follow, after), *checks(before, after)]
    room = LONGEST - size(lines + ends) - ROOM_FOR_MORE
    return "\n".join([*lines, *fitting(tables(before, after, written), room), *ends]).rstrip() + "\n"


def size(lines: Iterable[str]) -> int:
    """Bytes of some lines."""
    return sum(len(line.encode()) + 1 for line in lines)


def is_computed(side: Side, item: Change) -> bool:
    """Whether a cell follows from others of its row."""
    return bool(side.fields(item.dataset).get(item.field, {}).get("rule"))


def fitting(blocks: Iterator[list[str]], room: int) -> list[str]:
    """The tables that there is room for; the others are counted."""
    lines: list[str] = []
    left = 0
    for block in blocks:
        if left or size(lines + block) > room:
            left += 1
        else:
            lines += block
    return lines + ([f"… e altre {left} tabelle, nei file del riepilogo / and {left} more tables", ""] if left else [])


def title(side: Side, table: str) -> str:
    """The Italian title of a table."""
    return str(resources(side.package).get(table, {}).get("title", table))


def errors(findings: str) -> list[str]:
    """The lines of the checks that stop a release, as they are."""
    loud = [line for line in findings.splitlines() if any(word in line for word in LOUD)]
    if not loud:
        return []
    shown = [f"    {line if len(line) <= 300 else line[:299] + '…'}" for line in loud[:ROWS]]
    more = [f"    … e altri {len(loud) - ROWS} / and {len(loud) - ROWS} more"] if len(loud) > ROWS else []
    return [f"**{len(loud)} errori: niente si pubblica / {len(loud)} errors: nothing is published**", "", *shown,
            *more, ""]


def tables(before: Side, after: Side, groups: Mapping[str, list[Change]]) -> Iterator[list[str]]:
    """The lines of each table that people write."""
    for name, items in groups.items():
        if name not in before.tables or name not in after.tables:
            there, word = (after, "nuova / new table") if name in after.tables else (before, "tolta / removed table")
            yield [f"**{plain(title(there, name))}**: tabella {word}, {len(items)} righe / rows", ""]
            continue
        new, changed, gone = (len({item.key for item in items if item.kind == kind})
                              for kind in ("added", "changed", "removed"))
        heading = (f"**{plain(title(after, name))}**: {new} righe nuove, {changed} cambiate, {gone} tolte / "
                   f"{new} new rows, {changed} changed, {gone} removed")
        yield [heading, "", *columns(before, after, name, items), *rows(after, name, items, "added", "nuova / new"),
               *cells(before, after, name, [item for item in items if item.kind == "changed"]),
               *rows(before, name, items, "removed", "tolta / removed"), ""]


def columns(before: Side, after: Side, table: str, items: Iterable[Change]) -> list[str]:
    """The columns of a table that came, went or have another name, with how many cells of rows that stay say something
    in them."""
    old, new = before.fields(table), after.fields(table)
    if not old or not new:
        return []
    full = Counter(item.field for item in items)
    names = {about["renamed_from"]: name for name, about in new.items()
             if about.get("renamed_from") in old and name not in old}
    come = [name for name in new if name not in old and name not in names.values() and not new[name].get("rule")]
    gone = [name for name in old if name not in new and name not in names and not old[name].get("rule")]
    return [
        *(f"- colonna rinominata / renamed column: {plain(was)} → {plain(name)}" for was, name in names.items()),
        *(f"- colonna nuova / new column: {plain(new[name]['title'])}, in {full[name]} righe / rows" for name in come),
        *(f"- colonna tolta / removed column: {plain(old[name]['title'])}, in {full[name]} righe / rows"
          for name in gone),
    ]


def rows(side: Side, table: str, items: list[Change], kind: str, word: str) -> list[str]:
    """Whole rows that came or went, by name."""
    keys = [item.key for item in items if item.kind == kind]
    shown = [f"- {word}: **{plain(side.name_of(table, key))}**{whole(side, table, key)}" for key in keys[:ROWS]]
    return shown + ([f"- … e altre {len(keys) - ROWS} / and {len(keys) - ROWS} more"] if len(keys) > ROWS else [])


def whole(side: Side, table: str, key: str) -> str:
    """The first cells of a row that say something, after its name."""
    row, name = side.tables[table].rows[key], side.name_of(table, key)
    told = [f"{plain(about['title'])} {plain(said(about, row[column]), 60)}"
            for column, about in side.fields(table).items()
            if row[column] and not about.get("rule") and row[column] != name and about.get("kind") != "url"
            and column not in key_columns(side.package, table)]
    return f": {'; '.join(told[:CELLS])}{'; …' if len(told) > CELLS else ''}" if told else ""


def cells(before: Side, after: Side, table: str, items: list[Change]) -> list[str]:
    """Changed cells by column; what many rows now say alike is one line, amounts have their difference."""
    old, new = before.fields(table), after.fields(table)
    both = [name for name, about in new.items()
            if not about.get("rule") and (name in old or about.get("renamed_from") in old)]
    lines: list[str] = []
    for column in both:
        about, changed = new[column], [item for item in items if item.field == column]
        alike = {value: list(same) for value, same in
                 groupby(sorted(changed, key=attrgetter("after")), attrgetter("after"))}
        many = [value for value, same in alike.items() if len(same) >= TOGETHER]
        lines += [f"- {plain(about['title'])} → {shown(about, value)} in {len(alike[value])} righe / rows"
                  for value in many[:ROWS]]
        few = [item for item in changed if item.after not in many]
        lines += [f"- {plain(about['title'])}, **{plain(after.name_of(table, item.key))}**: "
                  f"{shown(about, item.before)} → {shown(about, item.after)}{difference(about, item)}"
                  for item in few[:ROWS]]
        left = len(few) - ROWS + sum(len(alike[value]) for value in many[ROWS:])
        lines += [f"- … {plain(about['title'])} in altre {left} righe / in {left} more rows"] if len(few) > ROWS else []
    return lines


def shown(about: Row, value: str) -> str:
    """A cell in a comment."""
    return plain(said(about, value), 80) or "(vuoto / empty)"


def difference(about: Row, item: Change) -> str:
    """How much more or less an amount is."""
    try:
        more = Decimal(item.after) - Decimal(item.before)
    except InvalidOperation:
        return ""
    return f" ({'+' if more > 0 else ''}{plain(euro(more))})" if about.get("kind") == "money" else ""


def consequences(groups: Mapping[str, list[Change]], after: Side) -> list[str]:
    """One line on the tables that follow from others."""
    told = ", ".join(f"{plain(title(after, name))} ({len({item.key for item in items})})"
                     for name, items in groups.items() if name != FINDINGS)
    return [f"Di conseguenza / As a consequence: {told}", ""] if told else []


def checks(before: Side, after: Side) -> list[str]:
    """The warnings that are new, with their rows; how many are mended, and how many stay."""
    old, new = ({row["finding_id"]: row for row in side.tables[FINDINGS].rows.values()} if FINDINGS in side.tables
                else {} for side in (before, after))
    fresh = grouped((row for key, row in new.items() if key not in old), "message_it")
    mended, stay = len(old.keys() - new.keys()), len(old.keys() & new.keys())
    lines = [f"- avviso nuovo / new warning: {plain(message, 200)} {len(found)}: {named(after, found)}"
             for message, found in list(fresh.items())[:ROWS]]
    lines += [f"- … e altri {len(fresh) - ROWS} / and {len(fresh) - ROWS} more"] if len(fresh) > ROWS else []
    count = sum(map(len, fresh.values()))
    summary = (f"{count} avvisi nuovi, {mended} risolti, {stay} come prima / {count} new warnings, {mended} mended, "
               f"{stay} as before")
    return ["### Controlli / Checks", "", summary, "", *lines]


def named(after: Side, found: list[Row]) -> str:
    """The rows of a finding by name, the first ones."""
    names = [after.name_of(row["dataset"], row["row_key"]) if row["row_key"] in after.tables[row["dataset"]].rows
             else title(after, row["dataset"]) for row in found[:TOGETHER]]
    return plain(", ".join(names), 160) + (", …" if len(found) > TOGETHER else "")
