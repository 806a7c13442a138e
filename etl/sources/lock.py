"""datasets/source/sources.lock: when each source was asked, its last good day, and since when and how it fails."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError
from etl.meta.model import Finding, RowRef
from etl.meta.view import as_json, digest
from etl.runtime.files import write_whole
from etl.runtime.report import FIRST_ROWS
from etl.sources.model import FailedSourceError

Entry = dict[str, Any]
VERSION = 1
STATES = {
    **dict.fromkeys(("source-nothing-found", "source-empty", "source-no-address"), "nothing"),
    "source-web-page": "web_page", "source-fewer": "fewer",
}
"""Fault -> the state that it leaves a source in, where that is one of its own; any other fault is `failing`."""
LEAST_PERCENT = 80
"""A source that gives fewer than so many in a hundred of its records of before gave too few, if it says no other."""


def read_lock(path: Path) -> dict[str, Any]:
    """The lock; an empty one where there is no file. A file that cannot be read is refused, never begun anew."""
    if not path.exists():
        return {"version": VERSION, "sources": {}}
    try:
        lock: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if lock["version"] == VERSION and isinstance(lock["sources"], dict):
            return lock
    except (ValueError, KeyError, TypeError) as error:
        raise DeclarationError(f"{path}: cannot be read ({error}). Restore it: git checkout -- {path.name}") from error
    raise DeclarationError(f"{path}: version {lock['version']} is not {VERSION}. Restore it: git checkout {path.name}")


def write_lock(path: Path, lock: Mapping[str, Any]) -> None:
    """Put the lock in place in one step."""
    write_whole(path, as_json(lock, sort_keys=True))


def declared_digest(options: Mapping[str, Any]) -> str:
    """What a declaration says, as a digest: when it changes, what was known of the source counts no more."""
    return digest(json.dumps(options, ensure_ascii=False, sort_keys=True))


def state_of(fault: FailedSourceError) -> str:
    """The state of a source with a fault: it gave nothing, a web page, fewer than before, or it fails."""
    if fault.check == "source-type" and fault.words.get("expected") == "html":
        return "web_page"
    return STATES.get(fault.check, "failing")


def too_few(entry: Entry | None, options: Mapping[str, Any], records: int) -> FailedSourceError | None:
    """The fault of a source that gave much less than on its last good day, by the same declaration."""
    before = entry.get("records") if entry and entry["declared"] == declared_digest(options) else None
    if not before or 100 * records >= int(options.get("least_percent", LEAST_PERCENT)) * before:
        return None
    return FailedSourceError("source-fewer", found=str(records), expected=str(before))


def is_due(entry: Entry | None, options: Mapping[str, Any], today: date) -> bool:
    """Whether a source is to be asked today: never asked, failing, declared anew, or asked long enough ago."""
    if entry is None or entry["state"] != "ok" or entry["declared"] != declared_digest(options):
        return True
    return today >= date.fromisoformat(entry["checked"]) + timedelta(days=int(options.get("every_days", 1)))


def after_success(
    entry: Entry | None, options: Mapping[str, Any], resources: Mapping[str, Any], changed: bool, today: date,
    told: Sequence[Finding] | None = None, records: int | None = None,
) -> Entry:
    """The entry of a source that gave its records, or holds those that it gave. Addresses that were not asked this time
    keep what is known of them.

    told: what was strange in what it gave, records: how many; None when it gave nothing new, and what was known holds.
    """
    same = entry is not None and entry["declared"] == declared_digest(options)
    before = entry["resources"] if entry and same else {}
    return {
        "checked": today.isoformat(), "succeeded": today.isoformat(),
        "changed": today.isoformat() if changed else entry and entry["changed"],
        "state": "ok", "failing_since": None, "failures": 0, "declared": declared_digest(options), "fault": None,
        "resources": {**before, **resources},
        "records": (entry.get("records") if entry and same else None) if records is None else records,
        "told": (entry["told"] if entry and same else []) if told is None else [to_json(item) for item in told],
    }


def after_failure(
    entry: Entry | None, options: Mapping[str, Any], fault: FailedSourceError, today: date, changed: bool = False,
    told: Sequence[Finding] | None = None,
) -> Entry:
    """The entry of a source that failed: what it gave before stays known, so that it is asked for all of it again.

    changed, told: see after_success; a source that gave fewer than before may have changed rows.
    """
    before = entry or {"succeeded": None, "changed": None, "failing_since": None, "failures": 0, "resources": {},
                       "told": []}
    if before.get("declared") != declared_digest(options):
        before = {**before, "resources": {}, "records": None}
    return {
        **before, "checked": today.isoformat(), "state": state_of(fault), "declared": declared_digest(options),
        "changed": today.isoformat() if changed else before["changed"],
        "failing_since": before["failing_since"] or today.isoformat(), "failures": before["failures"] + 1,
        "fault": {"check": fault.check, "words": fault.words},
        "told": before["told"] if told is None else [to_json(item) for item in told],
    }


def to_json(item: Finding) -> dict[str, Any]:
    """A finding about what a source gave, as the lock keeps it: its first rows, and how many there are.

    What is an error in a source leaves its rows out: it stops no release.
    """
    rows = [{"key": row.key, "value": row.value} for row in item.rows[:FIRST_ROWS]]
    severity = "rejected" if item.severity == "critical" else item.severity
    return {"dataset": item.dataset, "check": item.check, "severity": severity, "message": dict(item.message),
            "remedy": dict(item.remedy), "who": item.who, "column": item.column, "rows": rows, "count": item.count}


def from_json(kept: Mapping[str, Any]) -> Finding:
    """The finding that to_json kept."""
    return Finding(**{**kept, "rows": tuple(RowRef(None, **row) for row in kept["rows"])})
