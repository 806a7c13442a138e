"""The date of a release."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from etl.meta.errors import DeclarationError

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
"""Days of a release: what is counted from them, back or forth, is still a date."""


def release_date(text: str | None) -> date:
    """The date of the release: the option, else SOURCE_DATE_EPOCH (UTC), else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if text is None and not epoch:
        return date.today()  # noqa: DTZ011 - the day on the wall of whoever publishes
    try:
        day = date.fromisoformat(text) if text is not None else datetime.fromtimestamp(int(epoch or 0), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        named = f"--date `{text}`: write it like 2026-11-25"
        seconds = f"SOURCE_DATE_EPOCH `{epoch}`: write the seconds since 1970, like 1795564800"
        raise DeclarationError(f"{named if text is not None else seconds} ({error})") from error
    if not FIRST <= day <= LAST:
        raise DeclarationError(f"{day}: the date of a release is between {FIRST} and {LAST}, like 2026-11-25")
    return day
