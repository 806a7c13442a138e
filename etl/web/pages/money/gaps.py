"""What is not known of a project, cell by cell, and what its code says instead."""

from __future__ import annotations

from typing import Any

from etl.domain.doubts import STAGES

WORDS = ("title", "summary")
"""Columns of project_texts that a page is about."""
CELLS = ("city", "axis", "action", "fund", "cup", "beneficiary", "rup", "start_date", "end_date", "page_url")
"""Columns of projects that a page shows; those that its code also gives are read off it."""
LISTS = ("partners", "photos", "documents")


def gaps(project: dict[str, Any]) -> list[tuple[str, str | None]]:
    """(what is missing, what the code of the project says instead) of a project with its money, texts and papers.

    Names: columns; `funding` where no amount at all is known, else each stage and the day of the amounts.
    """
    missing: list[tuple[str, str | None]] = [(name, None) for name in WORDS if not project["text"].get(name)]
    missing += [(name, project.get(f"code_{name}")) for name in CELLS if project[name] is None]
    known = project["money"]
    missing += [(name, None) for name in (money_gaps(known) if known else ["funding"])]
    return missing + [(name, None) for name in LISTS if not project[name]]


def money_gaps(known: dict[str, Any]) -> list[str]:
    """The cells that are empty in the last observation of the money."""
    missing = [f"{stage}_eur" for stage in STAGES if known["amounts"][stage] is None]
    return missing + ([] if known["row"]["observed_on"] else ["observed_on"])
