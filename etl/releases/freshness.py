"""sources.lock and the declarations -> the dataset `sources`, and what is said of sources that fail or are late."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from etl.meta.messages import finding, messages
from etl.meta.model import Dataset, Finding, RowRef
from etl.meta.view import digest
from etl.sources.lock import from_json

DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
GRACE = timedelta(days=2)  # a night that a schedule missed, and one more
Frames = Mapping[str, Iterable[Mapping[str, str]]]
"""Dataset -> its rows, as dicts of text; they are gone through once."""


def source_rows(datasets: Mapping[str, Dataset], lock: Mapping[str, Any], frames: Frames) -> list[dict[str, str]]:
    """One row per dataset with a source table: how it comes, when it was read, until when it can be trusted."""
    rows = []
    for name, dataset in sorted(datasets.items()):
        if dataset.derived:
            continue
        row = {"dataset": name, "way": "people", "newest_fact": newest_fact(dataset, frames.get(name, ()))}
        fetch = dataset.about["source"].get("fetch")
        if fetch:
            row |= {"way": "automatic", **automatic(fetch, lock["sources"].get(name))}
        rows.append(row)
    return rows


def newest_fact(dataset: Dataset, rows: Iterable[Mapping[str, str]]) -> str:
    """The newest date of the column that the declaration watches, else of the source; "" when none is known."""
    column = dataset.about.get("freshness", {}).get("column", "source_date")
    # A table with errors is reported elsewhere; what is no date in it says nothing of its freshness.
    return max((row[column] for row in rows if DATE.fullmatch(row.get(column, ""))), default="")


def automatic(fetch: Mapping[str, Any], entry: Mapping[str, Any] | None) -> dict[str, str]:
    """What the lock says of one source; `never` until the first reading."""
    address = fetch.get("address") or f"https://{fetch['hosts'][0]}/"
    row = {"address": address if isinstance(address, str) else next(iter(address)), "state": "never",
           "every_days": str(fetch.get("every_days", 1))}
    if entry is None:
        return row
    resources = entry["resources"].values()
    prints = sorted(item["sha256"] for item in resources)
    together = prints[0] if len(prints) == 1 else digest("".join(prints))
    succeeded = entry["succeeded"] or ""
    row |= {
        "state": entry["state"], "checked_on": entry["checked"], "succeeded_on": succeeded,
        "changed_on": entry["changed"] or "", "failing_since": entry["failing_since"] or "",
        "failures": str(entry["failures"]), "bytes": str(sum(item["bytes"] for item in resources)) if prints else "",
        "sha256": together if prints else "", "due_on": due_on(fetch, succeeded),
    }
    if entry["fault"]:
        problem, _ = messages()[entry["fault"]["check"]].said(column="", **entry["fault"]["words"])
        row |= {"problem_it": problem["it"], "problem_en": problem["en"]}
    return row


def due_on(fetch: Mapping[str, Any], succeeded: str) -> str:
    """The last day on which a source that was read well may be trusted without a new reading."""
    if not succeeded:
        return ""
    return (date.fromisoformat(succeeded) + timedelta(days=int(fetch.get("every_days", 1))) + GRACE).isoformat()


def source_findings(rows: Sequence[Mapping[str, str]], lock: Mapping[str, Any], today: date) -> list[Finding]:
    """Sources that fail, with their fault, those that nobody has read for too long, and what was strange in them."""
    found = [from_json(item) for row in rows for item in lock["sources"].get(row["dataset"], {}).get("told", [])]
    for row in rows:
        name = row["dataset"]
        ref = [RowRef(None, "", row.get("address", ""))]
        if row.get("state", "") not in ("", "ok", "never"):
            fault = lock["sources"][name]["fault"]
            found.append(finding(fault["check"], name, "", ref, "warning", None, "", **fault["words"]))
        elif row.get("due_on") and today.isoformat() > row["due_on"]:
            found.append(finding("source-overdue", name, "", ref, "warning", found=row["succeeded_on"],
                                 expected=row["due_on"]))
    return found
