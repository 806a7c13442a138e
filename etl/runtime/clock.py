"""The date of a release."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from etl.meta.errors import DeclarationError


def release_date(text: str | None) -> date:
    """The date of the release: the option, else SOURCE_DATE_EPOCH (UTC), else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if text:
            return date.fromisoformat(text)
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date()
    except ValueError as error:
        raise DeclarationError(f"date `{text or epoch}`: write it like 2026-11-25 ({error})") from error
    return date.today()  # noqa: DTZ011 - the day on the wall of whoever publishes
