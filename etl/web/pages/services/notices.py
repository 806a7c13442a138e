"""Notices: what one can apply for and until when, all together and one by one; and those of a service, or close to
their end, for other pages."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from etl.domain.hours import first_day
from etl.domain.notices import begins, ends, midnight, state, urgency
from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, grouped, with_texts
from etl.web.inferences import inferred
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once

Entry = dict[str, Any]
CALENDAR, FEED = "scadenze.ics", "avvisi.atom"
"""Names of the files beside the pages, the same in all languages."""
FILES = {"calendar": CALENDAR, "feed": FEED}
ENDS = N_("Scade: %(title)s")
"""What a calendar calls the end of a notice."""
PARTS = (
    ("soon", N_("Chiude presto")),
    ("dated", N_("Con una scadenza")),
    ("money", N_("Fino a quando ci sono soldi")),
    ("undated", N_("Senza una scadenza scritta")),
)
"""Parts of the list, as readers meet them; what is over stands folded after them."""
PART_OF = {"open": "dated", "use_by": "dated", "opens": "dated", "maybe": "money", "undated": "undated",
           "none": "over", "closed": "over"}


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list, and a page for each notice."""
    entries = known_notices(release, language)
    services = by_key(with_texts(release, "services", "service_texts", "service_id", language), "service_id")
    parts = grouped(entries, "part")
    return [
        kind.page(language, groups=[(name, title, parts[name]) for name, title in PARTS if name in parts],
                  over=parts.get("over", []), day=release.today.isoformat(), calendar=any(map(is_to_come, entries)),
                  files=FILES),
        *(kind.page(language, entry["notice_id"], title=entry["title"], notice=entry, calendar=is_to_come(entry),
                    files=FILES, description=entry["text"].get("who") or entry["text"].get("note") or "",
                    service=services.get(entry["service_id"])) for entry in entries),
    ]


@once
def known_notices(release: Release, language: str) -> list[Entry]:
    """Every notice, what one loses by waiting first: its row, words and title; its `state` and `days` at the beginning
    of `day`, the day of the build; whether it closes `soon`, whether one `can_apply`; the `part` of the list that it
    is in; when it `begins` and `ends` for programs."""
    at = midnight(release.today)
    found = with_texts(release, "notices", "notice_texts", "notice_id", language)
    return [entry(row, at) for row in sorted(found, key=lambda row: urgency(row, at))]


def entry(row: Row, at: datetime) -> Entry:
    """A notice as pages show it; see known_notices."""
    now, key = state(row, at), row["notice_id"]
    return {
        **row, "title": row["text"].get("title") or key, "day": at.date().isoformat(),
        "state": now.code, "days": now.days, "soon": now.closes_soon, "can_apply": now.can_apply,
        "part": "soon" if now.closes_soon else PART_OF[now.code],
        "begins": instant(begins(row)), "ends": instant(ends(row)),
        "reading": inferred("notice-state", ("notices", key), day=row["source_date"]),
    }


def instant(at: datetime | None) -> str:
    """A moment as programs compare it, by the clock of all: 2026-11-30T11:00:00Z; empty where there is none."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def is_to_come(notice: Entry) -> bool:
    """Whether a notice has an end that is still to come, so that a calendar can warn of it."""
    return bool(notice["ends"]) and notice["part"] != "over"


def notices_of(release: Release, language: str, service: str) -> list[Entry]:
    """The notices of a service, in the order of known_notices."""
    return by_service(release, language).get(service, [])


@once
def by_service(release: Release, language: str) -> dict[str, list[Entry]]:
    """Service -> its notices."""
    return grouped(known_notices(release, language), "service_id")


def closing_soon(release: Release, language: str) -> list[Entry]:
    """What ends within a fortnight of the build, first what ends first."""
    return [notice for notice in known_notices(release, language) if notice["soon"]]


def feed(release: Release, language: str, place: str) -> Page:
    """The Atom feed of the notices, beside their list, which is at `place`. One counts from the day of its source."""
    released = release.package["created"][:10]
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"{release.package['name']}/notices")
    told = [{**notice, "id": uuid.uuid5(space, f"{notice['notice_id']}/{language}").urn,
             "updated": (first_day(notice["source_date"]) or release.today).isoformat()}
            for notice in known_notices(release, language)]
    return Page(f"feed/notices/{language}", language, place + FEED, "services/notices.atom", {
        "feed_id": uuid.uuid5(space, language).urn, "notices": told, "updated": released,
    })


KINDS = (
    Kind("notices", {"it": "avvisi", "en": "notices"}, N_("Avvisi: che cosa puoi chiedere, e fino a quando"), pages,
         ("services/notices.html", "services/notice.html"), requires=("notices",), short=N_("Avvisi"),
         words=N_("avvisi"), under="home", menu=2, on_the_path=True, permanent=True),
)
