"""What happens to a person with a housing problem, step by step: what to do now, how much time, what to bring, whom to
call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from etl.domain.deadlines import due
from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, codes, grouped, parts, with_texts
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.desks.answers import where
from etl.web.pages.desks.view import contacts as desk_contacts
from etl.web.pages.services.emergency import card, contacts, of_kinds
from etl.web.pages.services.notices import notices_of
from etl.web.pages.services.view import known_services

EXAMPLE = date(2026, 3, 2)
"""The day from which the example of each deadline is worked out."""


@once
def known_situations(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per situation that has words, in order: its row with `text` and `title`."""
    known = with_texts(release, "situations", "situation_texts", "situation_id", language)
    return [{**row, "title": row["text"]["title"]} for row in sorted(known, key=itemgetter("position")) if row["text"]]


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list of situations, and the page of each."""
    known = known_situations(release, language)
    steps = grouped(known_steps(release, language), "situation_id")
    return [kind.page(language, situations=known, emergency=card(release, language)),
            *(situation(kind, release, language, row, steps.get(row["situation_id"], [])) for row in known)]


def situation(kind: Kind, release: Release, language: str, row: dict[str, Any], steps: list[dict[str, Any]]) -> Page:
    """The page of one situation."""
    needs = parts(row["needs"])
    counted = [step for step in steps if step["deadline_value"] is not None]
    listed = of_kinds(release, language, row["contact_kinds"])
    return kind.page(
        language, row["situation_id"], title=row["title"], description=row["text"]["lead"], situation=row,
        call=first_call(release, language, row), needs=needs, counted=counted, listed=listed,
        where=where(release, language), now_steps=whole(steps, "now"), branch_steps=whole(steps, "branch"),
        path_steps=whole(steps, "path"), paper_steps=whole(steps, "paper"), starts=starts(release, counted),
        counting=inferred("deadlines", *(("steps", step["step"]) for step in counted)) if counted else None,
        example=EXAMPLE.isoformat(), emergency=[] if listed else card(release, language),
        services=[{**service, "notices": notices_of(release, language, service["service_id"])}
                  for service in known_services(release, language)
                  if service["available"] and set(needs) & set(parts(service["needs"]))],
    )


def starts(release: Release, counted: Iterable[Row]) -> list[str]:
    """The days from which some deadlines are counted, in the order of the schema."""
    found = {step["deadline_from"] for step in counted}
    return [code for code in codes(release, "steps", "deadline_from") if code in found]


def first_call(release: Release, language: str, row: Row) -> dict[str, Any]:
    """Whom to call first: {"contact": …} or {"desk": …}; empty where the row names nobody."""
    contact = by_key(contacts(release, language), "contact_id").get(row["contact_id"])
    desk = desk_contacts(release).get(row["desk_id"])
    return {"contact": contact} if contact else {"desk": desk} if desk else {}


def whole(steps: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The steps of a kind, each with its details."""
    details = grouped((step for step in steps if step["kind"] == "detail"), "part_of")
    return [{**step, "details": details.get(step["step"], [])} for step in steps if step["kind"] == name]


@once
def known_steps(release: Release, language: str) -> list[dict[str, Any]]:
    """One entry per step that has words, in order: its row; text; `only`, the steps that name the procedures that it
    holds for; `service`, `desk` and `contact` that it leads to; `worked`, its deadline counted from EXAMPLE, if any.
    """
    known = {row["step"]: row for row in with_texts(release, "steps", "step_texts", "step", language) if row["text"]}
    services = by_key(known_services(release, language), "service_id")
    called, desks = by_key(contacts(release, language), "contact_id"), desk_contacts(release)
    return [
        {**row, "only": [known[name] for name in parts(row["branches"]) if name in known],
         "service": services.get(row["service_id"]), "desk": desks.get(row["desk_id"]),
         "contact": called.get(row["contact_id"]), "worked": worked(row)}
        for row in sorted(known.values(), key=itemgetter("position"))
    ]


def worked(step: Row) -> str | None:
    """The day that a deadline gives when it is counted from EXAMPLE."""
    if step["deadline_value"] is None:
        return None
    return due(EXAMPLE, step["deadline_value"], step["deadline_unit"], step["deadline_kind"]).isoformat()


KINDS = (
    Kind("situations", {"it": "situazioni", "en": "situations"}, N_("Hai un problema di casa? Parti da qui."), pages,
         ("services/situations.html", "services/situation.html"), requires=("situations", "situation_texts"),
         short=N_("Ho bisogno di aiuto"), words=N_("situazioni"), under="home", menu=1, on_the_path=True),
)
