"""`abitare fetch`: each declared source in turn, read, merged and tried; what fails leaves everything as it stood."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from etl.domain.citing import TABLE
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset, Draft, Finding
from etl.releases.candidates import propose
from etl.releases.erasures import leave_out, registered
from etl.releases.merge import Merged, agreed, observe, replace, update, with_sources
from etl.releases.trial import try_tables
from etl.runtime.files import write_whole
from etl.runtime.source_tables import source_rows, table_bytes
from etl.sources.connectors import CONNECTORS, check_connectors
from etl.sources.guard import Policy
from etl.sources.http import Fetcher, Network
from etl.sources.lock import (
    after_failure,
    after_success,
    declared_digest,
    is_due,
    read_lock,
    state_of,
    too_few,
    write_lock,
)
from etl.sources.model import Batch, FailedSourceError, Request
from etl.sources.records import to_rows

UNFORESEEN = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)
"""What a reader stumbles over when a source changes its form in a way that nobody foresaw; the others go on."""
MOMENTS = frozenset({"@date", "@as_of"})
"""What a source says of time: the day of the reading, and the day that its facts are of where it says one."""
Say = Callable[[str], None]
Limits = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of one source. `waiting`: it was asked not long ago, so it was not asked now.

    state: with a fault that of the lock (`failing`, `nothing`, `web_page`, `fewer`). written: its table has changed.
    records: how many it gave, None when it gave nothing that was looked at, as a source that has not changed.
    last_good: the last day on which it gave its records, ISO. proposed: values that wait for an answer since now.
    """

    dataset: str
    state: str
    address: str
    merged: Merged | None = None
    findings: list[Finding] = field(default_factory=list)
    fault: FailedSourceError | None = None
    written: bool = False
    records: int | None = None
    last_good: str = ""
    proposed: int = 0


def refresh(
    root: Path, names: Sequence[str], today: date, say: Say, offline: bool = False, limits: Limits | None = None
) -> list[Outcome]:
    """Ask the sources named, or all that are due, one after the other. One that fails stops no other.

    The lock is written after each source: a run that is cut off loses nothing. limits: other limits than those of
    Policy, and whether this machine may be asked; for tests only, no declaration can say so.
    """
    datasets = load_catalog(root)
    path = root / "datasets" / "source" / "sources.lock"
    lock = read_lock(path)
    network = Network(root / "build" / "cache" / "sources", offline)
    outcomes = []
    for dataset in chosen(datasets, names):
        entry = lock["sources"].get(dataset.name)
        options = dataset.about["source"]["fetch"]
        if not names and not is_due(entry, options, today):
            outcomes.append(Outcome(dataset.name, "waiting", address_of(options)))
            continue
        say(dataset.name)
        known = entry["resources"] if entry and entry["declared"] == declared_digest(options) else {}
        fetcher = Fetcher(policy(options, limits or {}), network, known, today.isoformat())
        outcome = refresh_one(root, datasets, dataset, fetcher, today, entry)
        if not offline:
            entry = lock["sources"][dataset.name] = next_entry(entry, options, fetcher, outcome, today)
            write_lock(path, lock)
        outcomes.append(changed(outcome, last_good=(entry and entry["succeeded"]) or ""))
    return outcomes


def chosen(datasets: Mapping[str, Dataset], names: Sequence[str]) -> list[Dataset]:
    """The datasets with an automatic source (of those named), each after the ones that its keys point to."""
    check_connectors(datasets.values())
    automatic = {name for name, dataset in datasets.items() if "fetch" in dataset.about["source"]}
    for name in names:
        if name not in automatic:
            raise DeclarationError(f"{name}: no [source.fetch] in datasets/. Those that have one: "
                                   f"{', '.join(sorted(automatic)) or 'none'}")
    targets = {
        name: {key["reference"]["resource"] for key in dataset.schema.get("foreignKeys", [])} - {"", name}
        for name, dataset in sorted(datasets.items())
    }
    return [datasets[name] for name in TopologicalSorter(targets).static_order() if name in (names or automatic)]


def address_of(options: Mapping[str, Any]) -> str:
    address = options.get("address") or options["hosts"][0]
    return str(address if isinstance(address, str) else next(iter(address)))


def policy(options: Mapping[str, Any], limits: Limits) -> Policy:
    """What a declaration allows: its hosts, and http only where it says so."""
    return Policy(**{"hosts": frozenset(options["hosts"]), "insecure": bool(options.get("insecure")), **limits})


def refresh_one(
    root: Path, datasets: Mapping[str, Dataset], dataset: Dataset, fetcher: Fetcher, today: date,
    entry: dict[str, Any] | None,
) -> Outcome:
    """Read one source and put its rows into the table, if the release holds with them. entry: what the lock knows."""
    options = dataset.about["source"]["fetch"]
    rows = source_rows(root, dataset)
    failed = Outcome(dataset.name, "failing", address_of(options))
    try:
        batch = CONNECTORS[options["connector"]](Request(dataset.name, options, rows, fetcher, today))
        new, findings = taken(dataset, options, batch)
        new, _, kept_out = leave_out(dataset, new, [None] * len(new), registered(root, datasets))
        findings = [*findings, *kept_out]
        read = batch.complete or bool(batch.records or batch.findings)
        less = too_few(entry, options, len(batch.records)) if read else None
        if less and options["merge"] == "replace":
            raise less
        waiting = propose(root, datasets, dataset, rows, new, batch, today) if options["merge"] == "propose" else None
        merged = merge(dataset, options, rows, new, batch) if waiting is None else None
        outcome = Outcome(
            dataset.name, state_of(less) if less else "unchanged", address_of(options), merged,
            [*batch.findings, *findings], less, records=len(batch.records) if read else None,
            proposed=len(waiting or ()))
        if merged is None or not (merged.added or merged.changed or len(merged.rows) != len(rows)):
            return outcome
        tables = tables_with(root, datasets, dataset, merged.rows)
        refuse_new_errors(*try_tables(root, tables, today, datasets))
    except FailedSourceError as fault:
        return changed(failed, state=state_of(fault), fault=fault)
    except UNFORESEEN as error:
        return changed(failed, fault=FailedSourceError("source-layout", found=f"{type(error).__name__}: {error}"[:300]))
    for name, table in tables.items():
        write_whole(root / "datasets" / "source" / f"{name}.csv", table)
    return changed(outcome, state=outcome.state if less else "updated", written=True)


def taken(dataset: Dataset, options: Limits, batch: Batch) -> tuple[list[dict[str, str]], list[Finding]]:
    """The rows that the records of a source make, without those that it gives twice with different values."""
    rows, findings = to_rows(dataset, options["rows"], batch.records)
    if not rows and (batch.records or batch.complete) and options["merge"] != "propose":  # a sheet need not have any
        raise FailedSourceError("source-nothing-found", expected=dataset.name, found=str(len(batch.records)))
    kept, twice = agreed(dataset, rows)
    if twice and options["merge"] == "replace":
        raise FailedSourceError("source-twice", found=f"{twice[0].rows[0].key}, {twice[0].rows[0].value}")
    return kept, [*findings, *twice]


def tables_with(
    root: Path, datasets: Mapping[str, Dataset], dataset: Dataset, rows: list[dict[str, str]]
) -> dict[str, bytes]:
    """The table of a source with its new rows and, where these name addresses that are new, that of the sources.

    What a new address is called and is comes from the declaration (`document`): nobody has read it yet.
    """
    tables = {dataset.name: table_bytes(dataset, rows)}
    if TABLE in datasets:
        known = source_rows(root, datasets[TABLE])
        whole = with_sources(known, rows, dataset.about["source"]["fetch"].get("document", {}))
        if len(whole) > len(known):
            tables[TABLE] = table_bytes(datasets[TABLE], whole)
    return tables


def merge(
    dataset: Dataset, options: Mapping[str, Any], rows: list[dict[str, str]], new: list[dict[str, str]], batch: Batch
) -> Merged | None:
    """The table with the new rows, as the declaration says; None for a whole table of which a part is missing."""
    if options["merge"] == "replace":
        return replace(dataset, rows, new) if batch.complete else None
    if options["merge"] == "update":
        return update(dataset, rows, new)
    moment = next(name for name, wanted in options["rows"][0].items() if wanted in MOMENTS and name in dataset.key)
    return observe(dataset, rows, new, moment)


def refuse_new_errors(before: Draft, after: Draft) -> None:
    """A source whose rows break the release is not let in: the table stays as it was."""
    known = {(item.dataset, item.check, item.column) for item in before.findings if item.severity == "critical"}
    for item in after.findings:
        if item.severity == "critical" and (item.dataset, item.check, item.column) not in known:
            values = ", ".join(row.value for row in item.rows[:3])
            raise FailedSourceError("source-refused", found=f"{item.dataset} {item.column}: {values}",
                                    expected=item.message["it"])


def next_entry(
    entry: dict[str, Any] | None, options: Mapping[str, Any], fetcher: Fetcher, outcome: Outcome, today: date
) -> dict[str, Any]:
    """The entry of the lock after one attempt."""
    told = None
    if outcome.records is not None:
        told = [item for item in outcome.findings if item.severity in ("critical", "rejected", "warning")]
    if outcome.fault:
        return after_failure(entry, options, outcome.fault, today, outcome.written, told)
    return after_success(entry, options, fetcher.resources, outcome.written, today, told, outcome.records)
