"""Which bodies a cell names, and which rows of `organisations` they are."""

from __future__ import annotations

from collections.abc import Iterable

NAMES = ["organisation_id", "name", "other_names"]
"""The columns of `organisations` that known_names reads."""
BETWEEN = ";"
"""Between the bodies that one cell names."""


def named(cell: str) -> list[str]:
    """The names in a cell: "Comune di Rho; Sercop" has two."""
    return [name for part in cell.split(BETWEEN) if (name := part.strip())]


def known_names(ids: Iterable[str], names: Iterable[str], others: Iterable[str]) -> dict[str, str]:
    """Name -> organisation_id, of the name and the other names of each body. A name that two bodies have says
    nothing.

    ids, names, others: the columns `organisation_id`, `name` and `other_names` of that table.
    """
    owners: dict[str, set[str]] = {}
    for body, name, more in zip(ids, names, others, strict=True):
        for said in (name, *filter(None, more.split("|"))):
            owners.setdefault(said.strip(), set()).add(body)
    return {name: ids.pop() for name, ids in owners.items() if len(ids) == 1}
