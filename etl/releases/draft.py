"""(sources, previous release) -> next release in the making: read, derived, printed, checked; nothing lost."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from etl.checks.citations import check_citations
from etl.checks.conditions import check_conditions
from etl.checks.expectations import Expectations
from etl.checks.privacy import check_privacy
from etl.checks.recall import Recalled, program
from etl.checks.schema import check_package
from etl.checks.shown import check_shown
from etl.checks.structure import EXAMPLE_ROW, check_structure, too_large
from etl.checks.terms import check_terms
from etl.checks.translations import check_translations
from etl.checks.values import check_values
from etl.meta.catalog import MADE_BY_THE_PROGRAM, load_about
from etl.meta.errors import DeclarationError
from etl.meta.messages import finding
from etl.meta.model import Dataset, Draft, Finding, RowRef, Table
from etl.meta.view import digest, key_of, record
from etl.releases.changes import change_rows, stamp
from etl.releases.computed import ordered
from etl.releases.corrections import compare_other_values, correct
from etl.releases.erasures import keep_out
from etl.releases.freshness import source_findings, source_rows
from etl.releases.history import CHANGES, Tables, day_before, read_tables, tables_of
from etl.releases.printed import printed, stage
from etl.releases.providers import providers
from etl.releases.removals import lost_ids
from etl.runtime.aside import aside
from etl.runtime.by_column import packed
from etl.runtime.cache import cache_key
from etl.runtime.memory import give_back
from etl.runtime.report import quality_rows
from etl.runtime.tables import to_frame
from etl.sources.lock import read_lock

if TYPE_CHECKING:
    import pandas as pd

QUALITY, SOURCES = "quality", "sources"


def draft_release(
    root: Path, datasets: Mapping[str, Dataset], today: date, expectations: Expectations | None = None
) -> Draft:
    """Everything known about the next release, findings included. Writes nothing but a temporary folder and a cache.

    expectations: where what they need is being loaded already, beside this process.
    """
    expectations = expectations or Expectations(root, today)
    before = read_tables(root / "datasets" / "release")
    recalled = Recalled(root / "build" / "cache" / "findings.json")
    sources = read(root, datasets, recalled)
    tables = derive(datasets, sources, before, today)
    sources.frames.clear()
    give_back()
    draft = printed(Draft(load_about(root), datasets, tables, sources.findings, today))
    draft.findings.extend(check_tables(draft, expectations, recalled) + check_terms(draft, recalled))
    recalled.save()
    return replace(draft, tables=in_order(datasets, tables | made_by_the_program(root, draft, before)))


def in_order(datasets: Mapping[str, Dataset], tables: Mapping[str, Table]) -> dict[str, Table]:
    return {name: tables[name] for name in sorted(datasets) if name in tables}


@dataclass
class Sources:
    """The source tables that could be read; how many rows each has and how many are left out; what is wrong."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(root: Path, datasets: Mapping[str, Dataset], recalled: Recalled) -> Sources:
    """Every source table."""
    sources = Sources()
    for name, dataset in datasets.items():
        if not dataset.derived:
            frame, found, rows = read_source(root / "datasets" / "source" / f"{name}.csv", dataset, recalled)
            sources.findings += found
            if frame is not None:
                sources.frames[name], sources.counts[name] = frame, (rows, rows - len(frame))
    sources.findings += keep_out(datasets, sources.frames)
    sources.counts = {name: (rows, rows - len(sources.frames[name])) for name, (rows, _) in sources.counts.items()}
    return sources


def derive(datasets: Mapping[str, Dataset], sources: Sources, before: Tables, today: date) -> dict[str, Table]:
    """Every table as it is published: sources corrected, recipes run, days stamped. Adds to the findings."""
    frames = dict(sources.frames)
    sources.findings += correct(datasets, frames) + compare_other_values(datasets, frames)
    run_recipes(datasets, frames, {item.dataset for item in sources.findings if item.severity == "critical"})
    stamp(datasets, frames, before, today)
    return in_order(datasets, {
        name: to_table(datasets[name], frame, *sources.counts.get(name, (0, 0))) for name, frame in frames.items()
    })


def made_by_the_program(root: Path, draft: Draft, before: Tables) -> dict[str, Table]:
    """What this run says of itself: sources read, changes since the release before, findings, to which it adds.

    None of it where a table is missing: then the release does not come about.
    """
    datasets, now = draft.datasets, tables_of(draft.datasets, draft.tables)
    draft.findings.extend(lost_ids(datasets, day_before(before, draft.date), now))
    made = MADE_BY_THE_PROGRAM & set(datasets)
    if not set(draft.tables) | made >= set(datasets):
        return {}
    lock = read_lock(root / "datasets" / "source" / "sources.lock")
    rows = source_rows(datasets, lock, {name: map(partial(record, datasets[name].columns), table.rows)
                                         for name, table in draft.tables.items()})
    draft.findings.extend(source_findings(rows, lock, draft.date))
    changes = change_rows(datasets, before, now, draft.date)
    told = [item for item in draft.findings if item.check != EXAMPLE_ROW]
    contents = {SOURCES: rows, CHANGES: changes, QUALITY: quality_rows(told, providers(datasets, now))}
    return {name: own_table(datasets[name], contents[name]) for name in made}


def read_source(
    path: Path, dataset: Dataset, recalled: Recalled,
) -> tuple[pd.DataFrame | None, list[Finding], int]:
    """A source table as text, what is wrong with it, and its number of rows. No frame when it cannot be read.

    Rows without a source are left out here, each with a finding: a fact without a source is not published.
    """
    if not path.exists():
        where = f"datasets/source/{dataset.name}.csv"
        return None, [finding("file-missing", dataset.name, "", [RowRef(None, "", "")], expected=where)], 0
    if oversized := too_large(dataset, path.stat().st_size):
        return None, oversized, 0
    content = path.read_bytes()
    records, findings = check_structure(dataset, content)
    if records is None:
        return None, findings, 0
    key = cache_key(dataset.name, dataset.schema, dataset.about, digest(content), program())
    findings += recalled.of(key, lambda: [
        *check_values(dataset, records), *check_privacy(dataset, records), *check_translations(dataset, records)])
    frame = to_frame(records)
    unsourced = frame["source_url"] == ""
    if unsourced.any():
        refs = [
            RowRef(line, key_of(row, dataset.key), ",".join(row.values())[:200])
            for line, row in records if not row["source_url"]
        ]
        # One finding per row: each row left out stands in the quality report with its content.
        findings += [finding("no-source", dataset.name, "source_url", [ref], "rejected") for ref in refs]
    return frame[~unsourced] if unsourced.any() else frame, findings, len(frame)


def run_recipes(datasets: Mapping[str, Dataset], frames: dict[str, pd.DataFrame], broken: set[str]) -> None:
    """Run each recipe whose inputs are sound, in catalogue order; put its table in `frames`.

    A recipe may trust its input, so a table with critical findings keeps the tables made from it away.
    """
    for name, dataset in datasets.items():
        if dataset.recipe is None:
            continue
        if broken & {name, *dataset.inputs} or not set(dataset.inputs) <= set(frames):
            frames.pop(name, None)
            broken.add(name)
            continue
        try:
            made = dataset.recipe(**{given: frames[given].copy() for given in dataset.inputs})
        except Exception as error:
            raise DeclarationError(f"etl/recipes/{name}.py: {type(error).__name__}: {error}") from error
        if not hasattr(made, "columns"):
            raise DeclarationError(f"etl/recipes/{name}.py: recipe() must give a table, not {type(made).__name__}")
        if list(made.columns) != dataset.recipe_columns:
            raise DeclarationError(
                f"etl/recipes/{name}.py gives the columns {list(made.columns)}; "
                f"the schema asks for {dataset.recipe_columns}"
            )
        frames[name] = made


def to_table(dataset: Dataset, frame: pd.DataFrame, read: int, rejected: int) -> Table:
    """Rows in published order with their source lines; refuses a recipe that lost or made rows in silence."""
    rows, places = ordered(dataset, {name: packed(frame[name]) for name in frame.columns})
    if not dataset.derived and len(rows) != read - rejected:
        raise DeclarationError(
            f"{dataset.name}: {read} rows read, {len(rows)} to publish, {rejected} rejected: a row was lost. "
            f"See etl/recipes/{dataset.name}.py"
        )
    given = frame.index.tolist()
    lines: list[int | None] = [None if dataset.derived else int(given[place]) for place in places]
    return Table(rows, lines, read, rejected)


def check_tables(draft: Draft, expectations: Expectations, recalled: Recalled) -> list[Finding]:
    """Frictionless on the printed bytes and Great Expectations on the tables that could be made, side by side."""
    wrong = {item.dataset for item in draft.findings if item.severity == "critical"}
    expectations.ask(draft, [name for name in draft.tables if name not in wrong])
    found = check_printed(draft, recalled)
    said = {(item.dataset, item.column, row.line) for item in draft.findings for row in item.rows}
    kept = [
        item for item in found
        if not any((item.dataset, item.column, row.line) in said for row in item.rows)
    ]
    kept += check_citations(draft) + check_conditions(draft) + check_shown(draft)
    return kept + expectations.findings({item.dataset for item in kept if item.severity == "critical"})


def check_printed(draft: Draft, recalled: Recalled) -> list[Finding]:
    """What Frictionless says of the printed tables. Of each that stays while it, its schema, its lines and the tables
    that its foreign keys lead to do."""
    signs = {name: (draft.datasets[name].schema, digest(draft.files[f"{name}.csv"])) for name in draft.tables}
    keys = {name: cache_key("printed", table.lines, signs[name], [(to, signs.get(to)) for to in led_to(draft, name)],
                            program()) for name, table in draft.tables.items()}
    unseen = [name for name, key in keys.items() if key not in recalled]
    if unseen:
        found = check_some(draft, unseen)
        if any(item.dataset not in draft.tables for item in found):  # of the package as a whole: nothing is kept
            return check_some(draft, list(keys))
        recalled.learn({keys[name]: [item for item in found if item.dataset == name] for name in unseen})
    return recalled.take(keys.values())


def check_some(draft: Draft, names: Sequence[str]) -> list[Finding]:
    """What Frictionless says of some printed tables, and of those that they lead to."""
    wanted = list(names)
    for name in wanted:
        wanted += [to for to in led_to(draft, name) if to in draft.tables and to not in wanted]
    part = replace(draft, tables={name: table for name, table in draft.tables.items() if name in wanted},
                   files=aside(draft.files).moved({f"{name}.csv": f"{name}.csv" for name in wanted}))
    with tempfile.TemporaryDirectory() as folder:
        lines = {name: table.lines for name, table in part.tables.items()}
        return check_package(stage(part, Path(folder)), draft.datasets, lines)


def led_to(draft: Draft, name: str) -> list[str]:
    """The tables that the foreign keys of a table lead to, itself left out."""
    keys = draft.datasets[name].schema.get("foreignKeys", [])
    return sorted({key["reference"]["resource"] for key in keys} - {"", name})


def own_table(dataset: Dataset, contents: list[dict[str, str]]) -> Table:
    """A table that the program makes of its own run. A test, not each run, holds it against its schema."""
    rows, _ = ordered(dataset, {name: [row.get(name, "") for row in contents] for name in dataset.recipe_columns})
    return Table(rows, [None] * len(rows))
