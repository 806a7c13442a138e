"""Whether one can apply with a notice at a moment: from when it opens and closes, and from what its source says.

A row without a stated end never becomes "open": nobody knows until when, and its page may have changed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
Code = Literal["opens", "open", "maybe", "undated", "use_by", "none", "closed"]
ZONE = ZoneInfo("Europe/Rome")
"""The clock that notices mean: days and hours of `opens_at` and `closes_at` are of this zone."""
SOON = 14
"""Days before the end from which a notice closes soon."""
DAY, INSTANT = len("2026-11-30"), timedelta(microseconds=1)
ORDER: tuple[Code, ...] = ("open", "use_by", "opens", "maybe", "undated", "none", "closed")
"""Which notices come first: those that one can lose by waiting."""


@dataclass(frozen=True)
class State:
    """What is known of a notice at a moment.

    code: opens (not yet), open (until its end), maybe (open until the money ends, which no source dates), undated (its
    source states no end), use_by (nothing to ask, something to use by a day), none (its source says that there is no
    notice), closed. days: calendar days to its end or, before it opens, to its beginning; None where none is known.
    """

    code: Code
    days: int | None = None

    @property
    def closes_soon(self) -> bool:
        """Whether it ends within a fortnight, with something to lose until then."""
        return self.code in ("open", "use_by", "maybe") and self.days is not None and self.days <= SOON

    @property
    def can_apply(self) -> bool:
        """Whether one can try to apply: for sure, or perhaps."""
        return self.code in ("open", "maybe", "undated")


def begins(notice: Row) -> datetime | None:
    """The first moment of a notice; a day begins at midnight."""
    return moment(notice["opens_at"])


def ends(notice: Row) -> datetime | None:
    """The first moment at which a notice is over: its hour, or the midnight after its last day."""
    stated = notice["closes_at"]
    return moment(stated, timedelta(days=1) if stated and len(stated) == DAY else timedelta())


def moment(stated: str | None, later: timedelta = timedelta()) -> datetime | None:
    """A cell such as 2026-11-30 or 2026-11-30T12:00 as a moment of the clock of ZONE. later: added on its wall."""
    return (datetime.fromisoformat(stated) + later).replace(tzinfo=ZONE) if stated else None


def midnight(day: date) -> datetime:
    """The first moment of a day: the one for which a site built on it tells the states."""
    return datetime.combine(day, time(), ZONE)


def state(notice: Row, at: datetime) -> State:
    """The state of a row of `notices` at a moment (with a time zone)."""
    kind, first, end = notice["kind"], begins(notice), ends(notice)
    if kind == "none_open":
        return State("none")
    # Moments of one zone are compared by their wall, of which an hour comes twice in autumn: so by the clock of all.
    if kind == "ranking" or (end and at.timestamp() >= end.timestamp()):
        return State("closed")
    if first and at.timestamp() < first.timestamp():
        return State("opens", days_to(first, at))
    left = days_to(end - INSTANT, at) if end else None
    if kind == "use_by":
        return State("use_by", left)
    if kind == "until_funds_end":
        return State("maybe", left)
    return State("open", left) if end else State("undated")


def days_to(end: datetime, at: datetime) -> int:
    """Calendar days in ZONE from one moment to another: 1 is tomorrow."""
    return (end.astimezone(ZONE).date() - at.astimezone(ZONE).date()).days


def urgency(notice: Row, at: datetime) -> tuple[int, str]:
    """The order of notices at a moment: see ORDER, then what ends (or opens) first; what is over, the newest first."""
    now = state(notice, at).code
    stated = notice["opens_at" if now == "opens" else "closes_at"] or ""
    newest_first = "".join(chr(ord("9") - ord(sign)) for sign in stated if sign.isdigit())
    return (ORDER.index(now), newest_first if now == "closed" else stated)
