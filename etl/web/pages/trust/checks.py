"""What the data are checked for, why, and what the last run found: the dataset, quality and project pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.domain.check_names import check_name
from etl.meta.model import LANGUAGES, Release
from etl.meta.view import Row, key_of, resources, rows
from etl.meta.words import say

FIRST_ROWS = 5
"""Rows that are named of a finding; the quality table has all of them."""
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
        found.append({"kind": "expectation", "check": check_name(rule["type"]), "columns": ", ".join(columns),
                      "severity": rule["severity"], "message": say(rule["message"], language),
                      "because": say(rule["because"], language)})
    return found


def findings(release: Release, language: str) -> list[Row]:
    """What the rules found in the last run in one language, one item a rule: how many rows, the keys and values of the
    first ones, and the reason of the check, if declared. `all` are its rows in the quality table."""
    reasons = {
        (name, check["check"], check["columns"]): check["because"]
        for name, about in release.declarations.items()
        for check in declared(about, language)
    }
    return [
        {**first, "all": found, "rows": len(found), "row_key": " ; ".join(first_of(found, "row_key")),
         "value": " | ".join(first_of(found, "value")),
         "message": first.get(f"message_{language}") or first[f"message_{LANGUAGES[0]}"],
         "remedy": first.get(f"remedy_{language}") or first[f"remedy_{LANGUAGES[0]}"],
         "because": reasons.get((first["dataset"], first["check"], first["column"] or ""))}
        for found in by_rule(rows(release, "quality")) for first in found[:1]
    ]


def first_of(found: list[Row], column: str) -> list[str]:
    """What the first rows of a finding have in a column."""
    return [row[column] for row in found[:FIRST_ROWS] if row[column]]


def by_rule(found: Iterable[Row]) -> list[list[Row]]:
    """The rows of the quality table that come from the same rule, together, in the order of tables and columns."""
    made: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        made.setdefault((row["dataset"], row["column"] or "", row["check"], row["message_it"]), []).append(row)
    return [sorted(made[rule], key=lambda row: row["row_key"] or "") for rule in sorted(made)]


def by_project(release: Release, language: str) -> dict[str, list[Row]]:
    """Project code -> what was found about its rows, in whatever dataset; each rule once.

    Without the rows of other projects: a page that holds them all grows with the number of projects.
    """
    tables = resources(release.package)
    owners: dict[str, dict[str, str]] = {}
    found: dict[str, list[Row]] = {}
    for finding in findings(release, language):
        name = finding["dataset"]
        records = rows(release, name)
        if not records or "project_code" not in records[0]:
            continue
        if name not in owners:
            owners[name] = {key_of(row, tables[name]["schema"]["primaryKey"]): row["project_code"] for row in records}
        told = {column: value for column, value in finding.items() if column != "all"}
        for code in dict.fromkeys(owners[name].get(row["row_key"] or "") for row in finding["all"]):
            if code:
                found.setdefault(code, []).append(told)
    return found
