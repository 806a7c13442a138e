"""Files that people hand in: read, put into the tables they are about, checked as the release would be.

What is found is told in the rows and cells of the person's own file; what was wrong before is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from etl.domain.citing import TABLE
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.messages import finding
from etl.meta.model import Dataset, Draft, Finding, RowRef
from etl.meta.view import key_of
from etl.releases import draft as release
from etl.releases.beside import beside_the_tables, told_name
from etl.releases.erasures import kept_out
from etl.releases.examples import without_examples
from etl.releases.handed import File, HandedIn, Judged, Part
from etl.releases.merge import Merged, update, with_sources
from etl.releases.names import Names, read_names
from etl.releases.own_rows import (
    broken_limits,
    discreet,
    doubled,
    in_own_rows,
    in_their_words,
    kept_values,
    on_its_sheet,
    personal,
    rows_of_file,
    unsaid,
)
from etl.runtime.source_tables import Rows, source_rows, table_bytes, with_tables
from etl.runtime.tables import parse_csv
from etl.spreadsheets.read.headings import must_have
from etl.spreadsheets.read.importer import Imported, load
from etl.spreadsheets.read.together import import_tables
from etl.spreadsheets.write.style import printable

Kind = tuple[str, str, str]
"""Table, check and column of a finding."""


def hand_in(root: Path, paths: Sequence[Path], today: date, wanted: str | None = None) -> Judged:
    """What the release would say of each file, judged by itself; a new desk and its hours may come in two files."""
    from etl.releases.judging import judge

    datasets = load_catalog(root)
    if wanted and wanted not in datasets:
        raise DeclarationError(f"--table {wanted}: there is no such table. Tables: {', '.join(sorted(datasets))}")
    trials = Trials(root, datasets, today, Names(root, datasets))
    return judge(trials, [read(path, trials, wanted) for path in paths])


def read(path: Path, trials: Trials, wanted: str | None) -> File:
    """A file with what is wrong with it whatever else comes."""
    name, datasets = printable(told_name(path.name)), trials.datasets
    try:
        parts = tuple(kept_out(trials.root, datasets, without_examples(datasets[part.dataset], part))
                      if part.rows else part
                      for part in read_names(trials.names, read_parts(path, datasets, wanted)))
        own = [found for part in parts for found in alone(datasets, part)]
        if not any(part.rows for part in parts) and not any(found.severity == "critical" for found in own):
            none = finding("no-rows", parts[0].dataset, "", [RowRef(None, "", "")], file=name)
            parts, own = (replace(parts[0], findings=[*parts[0].findings, none]), *parts[1:]), [*own, none]
        return File(str(path), name, parts, tuple(own))
    except Exception as error:  # noqa: BLE001 - whatever a file does to the program, the others are read; this one is told
        said = finding("reading-stopped", wanted or "", "", [RowRef(None, "", name)], file=name,
                       found=f"{type(error).__name__}: {error}"[:200])
        return File(str(path), name, (Imported(name, wanted or "", findings=[said]),), (said,))


def read_parts(path: Path, datasets: Mapping[str, Dataset], wanted: str | None) -> list[Imported]:
    """The tables of a file; what stands beside them is told with the first."""
    book = load(path, datasets, wanted, told_name(path.name))
    return beside_the_tables(path.name, import_tables(book, datasets, wanted), book, datasets)


def alone(datasets: Mapping[str, Dataset], item: Imported) -> list[Finding]:
    again = doubled(datasets[item.dataset], item) if usable(datasets, item) else []
    return [*item.findings, *again, *personal(item)]


def usable(datasets: Mapping[str, Dataset], item: Imported) -> bool:
    """Whether the rows of a part can be put into its table."""
    return bool(item.rows) and must_have(datasets[item.dataset]) <= set(item.letters)


@dataclass(frozen=True)
class Tried:
    """The tables with some files in them, and what the release says of them.

    merges: id of a file and number of its part -> how it went in; told: the same -> what is found in its rows;
    elsewhere: critical findings that were not there before and that no row of these files holds.
    """

    rows: Mapping[str, Rows]
    tables: Mapping[str, bytes]
    merges: Mapping[tuple[str, int], Merged]
    told: Mapping[tuple[str, int], list[Finding]]
    elsewhere: list[Finding]

    @property
    def accused(self) -> set[str]:
        """The files in whose rows there is an error."""
        return {name for (name, _), found in self.told.items() if any(item.severity == "critical" for item in found)}


@dataclass(frozen=True)
class Trials:
    """A repository in which files are tried; nothing is written."""

    root: Path
    datasets: Mapping[str, Dataset]
    today: date
    names: Names
    standing: dict[str, Rows] = field(default_factory=dict)

    @cached_property
    def before(self) -> Counter[Kind]:
        """How often each thing is wrong in the release as it would be now."""
        found = release.draft_release(self.root, self.datasets, self.today).findings
        counts: Counter[Kind] = Counter()
        for item in found:
            counts[item.dataset, item.check, item.column] += item.count
        return counts

    def table(self, name: str) -> Rows:
        """A source table as it stands, read once."""
        if name not in self.standing:
            self.standing[name] = source_rows(self.root, self.datasets[name])
        return self.standing[name]

    def of(self, files: Sequence[File], base: Mapping[str, Rows]) -> Tried:
        """The release with these files in it, one after the other. base: tables in which other files are already."""
        rows, merges = dict(base), {}
        usable_parts = [(file, number, part) for file in files for number, part in enumerate(file.parts)
                        if usable(self.datasets, part)]
        for file, number, part in usable_parts:
            dataset = self.datasets[part.dataset]
            merges[file.id, number] = update(dataset, rows.get(dataset.name) or self.table(dataset.name), part.rows,
                                               by_people=True)
            rows[dataset.name] = merges[file.id, number].rows
        if TABLE in self.datasets:
            known = rows.get(TABLE) or self.table(TABLE)
            whole = with_sources(known, (row for _, _, part in usable_parts for row in part.rows), {})
            if len(whole) > len(known):
                rows[TABLE] = whole
        tables = {name: table_bytes(self.datasets[name], table) for name, table in rows.items()}
        return Tried(rows, tables, merges, *self.findings(files, tables, merges))

    def after(self, tables: Mapping[str, bytes]) -> list[Finding]:
        """What is found in the release with these tables in place; that it does not come about is a finding too."""
        with with_tables(self.root, tables) as place:
            try:
                return release.draft_release(place, self.datasets, self.today).findings
            except DeclarationError as error:
                return [finding("trial-stopped", "", "", [RowRef(None, "", "")], found=str(error)[:500])]

    def findings(
        self, files: Sequence[File], tables: Mapping[str, bytes], merges: Mapping[tuple[str, int], Merged]
    ) -> tuple[dict[tuple[str, int], list[Finding]], list[Finding]]:
        """(part of a file -> what is found in its rows, what else is wrong that was not), with tables in place."""
        before = self.before
        after = self.after(tables)
        lines = {name: [line for line, _ in parse_csv(table.decode("utf-8"))][1:] for name, table in tables.items()}
        own = {(file.id, number): rows_of_file(part, merges[file.id, number], lines[part.dataset])
               for file in files for number, part in enumerate(file.parts) if (file.id, number) in merges}
        told: dict[tuple[str, int], list[Finding]] = {
            (file.id, number): [] for file in files for number, _ in enumerate(file.parts)}
        elsewhere = []
        counts: Counter[Kind] = Counter()
        for found in after:
            counts[found.dataset, found.check, found.column] += found.count
            there = False
            for file in files:
                for number, part in enumerate(file.parts):
                    item = in_own_rows(part, own.get((file.id, number), {}), found)
                    if item:
                        there = True
                        told[file.id, number].append(item)
            kind = found.dataset, found.check, found.column
            if not there and found.severity == "critical" and counts[kind] > before[kind]:
                rows = tuple(replace(row, line=None) for row in found.rows)  # no row of a file that was handed in
                elsewhere.append(replace(found, rows=rows))
        for file in files:
            for number, part in enumerate(file.parts):
                if merged := merges.get((file.id, number)):
                    limits = broken_limits(self.datasets[part.dataset], part, merged)
                    told[file.id, number] += unsaid(told[file.id, number], limits)
        return told, elsewhere

    def result(self, file: File, tried: Tried | None, holds: bool, more: Sequence[Finding] = ()) -> HandedIn:
        """A file after it was judged. tried: a trial that it was in; more: what is said of it beside its rows."""
        parts, told = [], []
        for number, item in enumerate(file.parts):
            merged = tried.merges.get((file.id, number)) if tried else None
            own = alone(self.datasets, item)
            if tried and merged:
                own += unsaid(own, tried.told[file.id, number])
                own += kept_values(item, merged)
            parts.append(Part(item, merged, self.standing_rows(item)))
            dataset = self.datasets.get(item.dataset)
            words = discreet([in_their_words(dataset, found, item) for found in own] if dataset else own)
            told += [on_its_sheet(found, item.sheet) for found in words] if len(file.parts) > 1 else words
        return HandedIn(file, tuple(parts), [*told, *more], holds)

    def standing_rows(self, item: Imported) -> dict[str, Mapping[str, str]]:
        """Key -> row of our table as it stands, for the rows that a part says something about."""
        if not usable(self.datasets, item):
            return {}
        key = self.datasets[item.dataset].key
        said = {key_of(row, key) for row in item.rows}
        return {known: row for row in self.table(item.dataset) if (known := key_of(row, key)) in said}


def try_tables(
    root: Path, tables: Mapping[str, bytes], today: date, datasets: Mapping[str, Dataset]
) -> tuple[Draft, Draft]:
    """(the release as it would be now, the release with these tables in place); nothing is written."""
    before = release.draft_release(root, datasets, today)
    with with_tables(root, tables) as place:
        return before, release.draft_release(place, datasets, today)
