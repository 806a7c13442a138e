"""The state of any notice at any moment: nothing that is over opens again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from support.properties import given, settings, st

from etl.domain.notices import ends, state

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))
WRITTEN = MOMENTS.map(lambda at: at.isoformat(timespec="minutes")) | MOMENTS.map(lambda at: at.date().isoformat())
KINDS = st.sampled_from(["window", "until_funds_end", "no_stated_end", "use_by", "ranking", "none_open"])


@settings(max_examples=50)
@given(KINDS, st.none() | WRITTEN, st.none() | WRITTEN, MOMENTS, st.timedeltas(timedelta(), timedelta(days=900)))
def test_nothing_is_open_again_after_its_end(
    kind: str, opens: str | None, closes: str | None, at: datetime, later: timedelta,
) -> None:
    row = {"kind": kind, "opens_at": opens, "closes_at": closes}
    now = at.replace(tzinfo=UTC)
    end, found = ends(row), state(row, now)
    if end and now >= end:
        assert not found.can_apply
        assert found.days is None
    if found.code == "closed":
        assert state(row, now + later).code == "closed"
    if found.code == "open":
        assert end is not None
        assert now < end
