"""(sources, previous release) -> next release. Reads, checks, counts, and lets one gate decide."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.checks.expectations import Expectations
from etl.checks.privacy import check_privacy
from etl.checks.schema import check_package
from etl.checks.structure import check_structure, too_large
from etl.checks.translations import check_translations
from etl.checks.values import check_values
from etl.exports import FORMATS
from etl.exports.canonical import csv_files
from etl.exports.datapackage import descriptor, facts, resources_of
from etl.meta.catalog import MADE_BY_THE_PROGRAM, load_about
from etl.meta.errors import DeclarationError, InvalidDataError
from etl.meta.messages import finding
from etl.meta.model import Dataset, Draft, Finding, RowRef, Table
from etl.meta.view import key_of, record
from etl.releases.changes import change_rows, stamp
from etl.releases.corrections import compare_other_values, correct
from etl.releases.freshness import source_findings, source_rows
from etl.releases.history import CHANGES, day_before, read_tables, tables_of
from etl.releases.removals import lost_ids
from etl.releases.versions import transition
from etl.runtime.report import quality_rows
from etl.runtime.tables import sort_key, to_frame
from etl.runtime.workers import Submit
from etl.sources.lock import read_lock

if TYPE_CHECKING:
    import pandas as pd

QUALITY, SOURCES = "quality", "sources"
FIRST_VERSION = "0.1"


class InvalidReleaseError(InvalidDataError):
    """Critical findings. `findings` holds all of them, warnings too."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        critical = sum(item.severity == "critical" for item in findings)
        super().__init__(
            f"{critical} errori nei dati: niente è stato pubblicato. Correggi le righe elencate e riprova. "
            f"({critical} errors in the data: nothing was published. Correct the rows listed and try again.)"
        )


def draft_release(root: Path, datasets: Mapping[str, Dataset], today: date, submit: Submit = partial) -> Draft:
    """Everything known about the next release, findings included. Writes nothing but a temporary folder and a cache.

    submit: what does slow work beside this process; else it is done here, and what it loads is there the next time.
    """
    about, expectations = load_about(root), Expectations(today, root / "build" / "cache" / "expectations.json", submit)
    findings: list[Finding] = []
    frames: dict[str, pd.DataFrame] = {}
    counts: dict[str, tuple[int, int]] = {}
    for name, dataset in datasets.items():
        if not dataset.derived:
            frame, found, read = read_source(root / "datasets" / "source" / f"{name}.csv", dataset)
            findings += found
            if frame is not None:
                frames[name], counts[name] = frame, (read, read - len(frame))
    findings += correct(datasets, frames) + compare_other_values(datasets, frames)
    run_recipes(datasets, frames, {item.dataset for item in findings if item.severity == "critical"})
    before = read_tables(root / "datasets" / "release")
    stamp(datasets, frames, before, today)
    tables = {name: to_table(datasets[name], frame, *counts.get(name, (0, 0))) for name, frame in frames.items()}
    findings += check_tables(about, datasets, tables, findings, today, expectations)
    now = tables_of(datasets, tables)
    findings += lost_ids(datasets, day_before(before, today), now)
    made = MADE_BY_THE_PROGRAM & set(datasets)
    if set(tables) | made >= set(datasets):
        lock = read_lock(root / "datasets" / "source" / "sources.lock")
        rows = source_rows(datasets, lock, {name: list(table.rows.values()) for name, table in now.items()})
        findings += source_findings(rows, lock, today)
        contents = {SOURCES: rows, CHANGES: change_rows(datasets, before, now, today), QUALITY: quality_rows(findings)}
        tables |= {name: own_table(about, datasets[name], contents[name]) for name in made}
    ordered = {name: tables[name] for name in sorted(datasets) if name in tables}
    return Draft(about, datasets, ordered, findings, today)


def read_source(path: Path, dataset: Dataset) -> tuple[pd.DataFrame | None, list[Finding], int]:
    """A source table as text, what is wrong with it, and its number of rows. No frame when it cannot be read.

    Rows without a source are left out here, each with a finding: a fact without a source is not published.
    """
    if not path.exists():
        where = f"datasets/source/{dataset.name}.csv"
        return None, [finding("file-missing", dataset.name, "", [RowRef(None, "", "")], expected=where)], 0
    if oversized := too_large(dataset, path.stat().st_size):
        return None, oversized, 0
    records, findings = check_structure(dataset, path.read_bytes())
    if not records:
        return None, findings, 0
    frame = to_frame(records)
    rows = [(line, record(frame.columns, cells)) for line, cells in records[1:]]
    findings += check_values(dataset, rows) + check_privacy(dataset, rows) + check_translations(dataset, rows)
    unsourced = frame["source_url"] == ""
    if unsourced.any():
        refs = [
            RowRef(line, key_of(row, dataset.key), ",".join(row.values())[:200])
            for line, row in rows if not row["source_url"]
        ]
        # One finding per row: each row left out stands in the quality report with its content.
        findings += [finding("no-source", dataset.name, "source_url", [ref], "rejected") for ref in refs]
    return frame[~unsourced], findings, len(frame)


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
        if list(made.columns) != dataset.columns:
            raise DeclarationError(
                f"etl/recipes/{name}.py gives the columns {list(made.columns)}; the schema asks for {dataset.columns}"
            )
        frames[name] = made


def to_table(dataset: Dataset, frame: pd.DataFrame, read: int, rejected: int) -> Table:
    """Rows in published order with their source lines; refuses a recipe that lost or made rows in silence."""
    key = sort_key(dataset)
    rows = list(zip(frame.index, frame.to_dict("records"), strict=True))
    rows.sort(key=lambda item: key(item[1]))
    if not dataset.derived and len(rows) != read - rejected:
        raise DeclarationError(
            f"{dataset.name}: {read} rows read, {len(rows)} to publish, {rejected} rejected: a row was lost. "
            f"See etl/recipes/{dataset.name}.py"
        )
    lines: list[int | None] = [None if dataset.derived else int(line) for line, _ in rows]
    return Table([[row[name] for name in dataset.columns] for _, row in rows], lines, read, rejected)


def check_tables(
    about: Mapping[str, Any], datasets: Mapping[str, Dataset], tables: Mapping[str, Table], known: list[Finding],
    today: date, expectations: Expectations,
) -> list[Finding]:
    """Frictionless on the CSV bytes and Great Expectations on the tables that could be made, side by side."""
    import pandas as pd

    sound = {name: datasets[name] for name in tables}
    lines = {name: table.lines for name, table in tables.items()}
    wrong = {item.dataset for item in known if item.severity == "critical"}
    frames = {
        name: pd.DataFrame(table.rows, columns=datasets[name].columns, dtype=str)
        for name, table in tables.items() if name not in wrong
    }
    expectations.ask(sound, frames, lines)
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Draft(about, closed(sound), tables, [], today), Path(folder))
        schema_findings = check_package(package, sound, lines)
    said = {(item.dataset, item.column, row.line) for item in known for row in item.rows}
    kept = [
        item for item in schema_findings
        if not any((item.dataset, item.column, row.line) in said for row in item.rows)
    ]
    return kept + expectations.findings({item.dataset for item in kept if item.severity == "critical"})


def closed(datasets: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """The same datasets without foreign keys to tables that could not be read: those are reported already."""
    def kept(dataset: Dataset) -> dict[str, Any]:
        keys = dataset.schema.get("foreignKeys", [])
        return {**dataset.schema, "foreignKeys": [k for k in keys if k["reference"]["resource"] in datasets]}

    return {name: replace(dataset, schema=kept(dataset)) for name, dataset in datasets.items()}


def write_package(draft: Draft, folder: Path) -> Path:
    """The draft's CSV files and their descriptor in a folder; returns the descriptor."""
    csv = csv_files(draft)
    for path, data in (csv | package_files(draft, csv, None)).items():
        (folder / path).write_bytes(data)
    return folder / "datapackage.json"


def own_table(about: Mapping[str, Any], dataset: Dataset, contents: list[dict[str, str]]) -> Table:
    """A table that the program makes of its own run, checked against its own schema: a fault here is ours."""
    key = sort_key(dataset)
    rows = [[row.get(name, "") for name in dataset.columns] for row in sorted(contents, key=key)]
    table = Table(rows, [None] * len(rows))
    with tempfile.TemporaryDirectory() as folder:
        draft = Draft(about, {dataset.name: dataset}, {dataset.name: table}, [], date.min)
        package = write_package(draft, Path(folder))
        for fault in check_package(package, {dataset.name: dataset}, {dataset.name: table.lines}):
            raise DeclarationError(f"schemas/{dataset.name}.json: {fault.message['en']} {fault.rows}")
    return table


def gate(draft: Draft) -> None:
    """Let a draft pass, or raise InvalidReleaseError with every finding."""
    if any(item.severity == "critical" for item in draft.findings):
        raise InvalidReleaseError(draft.findings)


def release_files(draft: Draft, previous: Path) -> dict[str, bytes]:
    """Every file of the release that is kept in the repository, by path.

    previous: the folder of the release before (it may be empty).
    """
    files = {path: data for form in FORMATS if form.kept for path, data in form.write(draft).items()}
    path = previous / "datapackage.json"
    before = json.loads(path.read_text("utf-8")) if path.exists() else None
    return files | package_files(draft, files, before)


def package_files(draft: Draft, csv: Mapping[str, bytes], before: Mapping[str, Any] | None) -> dict[str, bytes]:
    """The descriptor of a draft. Version and date move on only when the content does.

    before: the datapackage.json of the release before, or None.
    """
    resources = resources_of(draft, csv, before)
    changed = before is None or facts(before["resources"]) != facts(resources)
    declared = draft.about.get("version", FIRST_VERSION)
    step = transition(before, resources, f"{draft.date.isoformat()}T00:00:00Z", declared, changed)
    return descriptor(draft.about, resources, *step)
