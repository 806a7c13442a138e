"""What the data are checked for, why, and what the last run found: the dataset, quality and project pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, key_of, resources, rows
from etl.meta.words import say

NOT_EMPTY = "ExpectColumnValuesToNotBeNull"
OWN_CHECKS = {"rows": "row-floor", "freshness": "stale"}
"""Limits of a declaration that are not expectations -> the check that the quality dataset names."""


def declared(about: Any, language: str) -> list[dict[str, Any]]:
    """The checks of a declaration: each with its kind, its columns or limit, what it warns of, and why it is there."""
    found: list[dict[str, Any]] = []
    if limit := about.get("rows"):
        found.append({"kind": "rows", "check": OWN_CHECKS["rows"], "columns": "", "limit": limit["min"],
                      "because": say(limit["because"], language)})
    if limit := about.get("freshness"):
        found.append({"kind": "freshness", "check": OWN_CHECKS["freshness"], "columns": limit["column"],
                      "limit": limit["max_age_days"], "because": say(limit["because"], language)})
    for rule in about.get("expectations", []):
        columns = [str(value) for name, value in rule["args"].items() if name.startswith("column")]
        found.append({"kind": "expectation", "check": rule["type"], "columns": ", ".join(columns),
                      "severity": rule["severity"], "message": say(rule["message"], language),
                      "because": say(rule["because"], language)})
    return found


def findings(release: Release, language: str) -> list[Row]:
    """The findings of the last run in one language, each with the reason of the check that made it, if declared."""
    reasons = {
        (name, check["check"], check["columns"]): check["because"]
        for name, about in release.declarations.items()
        for check in declared(about, language)
    }
    return [
        {**row, "message": row.get(f"message_{language}") or row[f"message_{LANGUAGES[0]}"],
         "remedy": row.get(f"remedy_{language}") or row[f"remedy_{LANGUAGES[0]}"],
         "because": reasons.get((row["dataset"], row["check"], row["column"] or ""))}
        for row in rows(release, "quality")
    ]


def by_project(release: Release, language: str) -> dict[str, list[Row]]:
    """Project code -> the findings about its rows, in whatever dataset; each finding once."""
    tables = resources(release.package)
    owners: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, Row]] = {}
    for finding in findings(release, language):
        name = finding["dataset"]
        records = rows(release, name)
        if not records or "project_code" not in records[0]:
            continue
        if name not in owners:
            owners[name] = {key_of(row, tables[name]["schema"]["primaryKey"]): row["project_code"] for row in records}
        for code in concerned(finding, records, owners[name]):
            if code:
                found.setdefault(code, {})[finding["finding_id"]] = finding
    return {code: list(items.values()) for code, items in found.items()}


def concerned(finding: Row, records: list[Row], owners: dict[str, str]) -> Iterable[str | None]:
    """The projects of the rows that a finding is about. owners: row key -> project code."""
    if finding["check"] == NOT_EMPTY:
        # A finding names its first rows only; which cells are empty can be read off the table, unless the check
        # looks at some of its rows only: then the counts differ.
        empty = [row["project_code"] for row in records if row[finding["column"]] is None]
        if len(empty) == finding["rows"]:
            return empty
    return [owners.get(key) for key in (finding["row_key"] or "").split(" ; ")]
