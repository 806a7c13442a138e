"""Ids that were published must not vanish: each stays in its table, or in the register of removals with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.meta.messages import finding
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import key_of
from etl.releases.history import REMOVALS, Row, Tables


def lost_ids(datasets: Mapping[str, Dataset], before: Tables, now: Tables) -> list[Finding]:
    """Ids that were published and are neither there nor in `removals`; removals that cannot be true.

    What has an address keeps it for ever, as a page that says when and why it went. Datasets with `permanent = true`
    promise this for their rows; all promise it for themselves.
    """
    if REMOVALS not in now:
        return []
    told, told_before = told_removals(now), told_removals(before)
    gone: list[tuple[str, str]] = [(name, "") for name in sorted(set(before) - set(datasets))]
    for name, item in now.items():
        if datasets[name].about.get("permanent"):
            known = set(before[name].rows if name in before else ()) | {key for of, key in told_before if of == name}
            gone += [(name, key) for key in sorted(known - set(item.rows)) if key]
    found = [finding("id-lost", name, "", [RowRef(None, key, key or name)], found=key or name, example=f"{name},{key}")
             for name, key in gone if (name, key) not in told]
    return found + [item for removal in told.values() for item in impossible(removal, now)]


def told_removals(tables: Tables) -> dict[tuple[str, str], Row]:
    rows = tables[REMOVALS].rows.values() if REMOVALS in tables else ()
    return {(row["dataset"], row["key"]): row for row in rows}


def impossible(removal: Row, now: Tables) -> Iterator[Finding]:
    """A removal of what is still there, or a move to where nothing is."""
    name, key, target = removal["dataset"], removal["key"], removal["moved_to"]
    ref = [RowRef(None, key_of(removal, ("dataset", "key")), key or name)]
    rows: Mapping[str, Any] = now[name].rows if name in now else {}
    if name in now and (not key or key in rows):
        yield finding("removal-still-there", REMOVALS, "key", ref, found=key or name)
    if (removal["kind"] == "moved") != bool(target) or (target and name in now and target not in rows):
        yield finding("removal-target", REMOVALS, "moved_to", ref, found=target, expected=name)
