"""Whom to call or where to go now, for every page that shows it."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from etl.meta.model import Release
from etl.meta.view import Row, parts, with_texts
from etl.web.lineage import once


@once
def contacts(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per contact that has words, in order: its row with `text`, and `keys` as a list.

    None where a city has no such tables.
    """
    known = with_texts(release, "emergency_contacts", "emergency_contact_texts", "contact_id", language)
    return [{**row, "keys": (row["keys"] or "").split("-") if row["keys"] else []}
            for row in sorted(known, key=itemgetter("position")) if row["text"]]


def card(release: Release, language: str) -> list[Row]:
    """The contacts of the card “Emergency”, in its order."""
    return sorted((row for row in contacts(release, language) if row["card"]), key=itemgetter("card"))


def of_kinds(release: Release, language: str, kinds: str | None) -> list[Row]:
    """The contacts of some kinds (`a|b`), all of them in order; none without kinds."""
    wanted = parts(kinds)
    return [row for row in contacts(release, language) if row["kind"] in wanted]


