"""Conditions that the evaluator could not read, or whose ISEE limit is not that of their service."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from etl.domain.conditions import CHOICES, ORDERED, askable, number
from etl.meta.messages import finding
from etl.meta.model import Draft, Finding, RowRef
from etl.meta.view import Row, key_of, parts, rows_of

TABLE, SERVICES, LIMIT = "conditions", "services", "isee_max_eur"


def check_conditions(draft: Draft) -> list[Finding]:
    """What is wrong with the table of conditions, which a city may lack."""
    if TABLE not in draft.tables:
        return []
    said = list(zip(draft.tables[TABLE].lines, rows_of(draft, TABLE), strict=True))
    limits = {row["service_id"]: row[LIMIT] for row in rows_of(draft, SERVICES)}
    unread = [RowRef(line, key_of(row, ["condition_id"]), row["value"]) for line, row in said if not readable(row)]
    other = [RowRef(line, key_of(row, ["condition_id"]), row["value"]) for line, row in said
             if row["about"] == "isee_eur" and readable(row) and not same(row["value"], limits.get(row["service_id"]))]
    return [*([finding("condition-value", TABLE, "value", unread)] if unread else []),
            *([finding("condition-limit", TABLE, "value", other, expected=LIMIT)] if other else [])]


def readable(row: Row) -> bool:
    """Whether the value of a rule is one that answers can be held against: a number or a day, or known codes."""
    if not askable(row):
        return True
    if row["operator"] not in ORDERED:
        return set(parts(row["value"])) <= set(CHOICES[row["about"]])
    try:
        return number(row["value"]).is_finite()
    except InvalidOperation:
        return False


def same(value: str, limit: str | None) -> bool:
    """Whether a limit is the one that the row of the service has."""
    return bool(limit) and Decimal(value) == Decimal(limit or 0)
