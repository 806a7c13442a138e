"""A release in the making -> its bytes: each table is printed once, and its descriptor says how it came about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.exports import FORMATS
from etl.exports.canonical import CSV, as_read, csv_files
from etl.exports.datapackage import DESCRIPTOR, described, facts, resources_of
from etl.meta.model import Dataset, Draft
from etl.meta.view import as_json
from etl.releases.versions import transition
from etl.runtime.aside import aside


def printed(draft: Draft) -> Draft:
    """The draft with the CSV of each of its tables: what is checked, hashed, exported and downloaded."""
    new = {name: table for name, table in draft.tables.items() if f"{name}.csv" not in draft.files}
    return replace(draft, files=aside(draft.files, csv_files(replace(draft, tables=new))))


def stage(draft: Draft, folder: Path) -> Path:
    """Put the printed tables and their descriptor in a folder; returns the descriptor."""
    whole = replace(draft, datasets=closed({name: draft.datasets[name] for name in draft.tables}))
    for path, data in draft.files.items():
        (folder / path).write_bytes(data)
    (folder / DESCRIPTOR).write_bytes(as_json(package_of(whole, None), 2))
    return folder / DESCRIPTOR


def closed(datasets: Mapping[str, Dataset]) -> dict[str, Dataset]:
    """The same datasets without foreign keys to tables that could not be read: those are reported already."""
    def kept(dataset: Dataset) -> dict[str, Any]:
        keys = dataset.schema.get("foreignKeys", [])
        return {**dataset.schema, "foreignKeys": [k for k in keys if k["reference"]["resource"] in datasets]}

    return {name: replace(dataset, schema=kept(dataset)) for name, dataset in datasets.items()}


def with_history(draft: Draft, previous: Path) -> Draft:
    """The release: the draft with its descriptor and every file of it that is kept in the repository.

    previous: the folder of the release before (it may be empty).
    """
    whole = printed(draft)
    path = previous / DESCRIPTOR
    package = package_of(whole, json.loads(path.read_text("utf-8")) if path.exists() else None)
    files = aside(whole.files, *(form.write(whole) for form in FORMATS if form.kept and form is not CSV))
    made = replace(whole, package=package, files=aside(files, {DESCRIPTOR: as_json(package, 2)}))
    return replace(made, typed=as_read(made))


def package_of(draft: Draft, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The descriptor of a draft whose tables are printed. Version and date move on only when the content does.

    before: the datapackage.json of the release before, or None.
    """
    resources = resources_of(draft, before)
    changed = before is None or facts(before["resources"]) != facts(resources)
    step = transition(before, resources, f"{draft.date.isoformat()}T00:00:00Z", draft.about, changed)
    return described(draft.about, resources, *step)
