"""No text is an address that may be asked, but a declared one."""

from __future__ import annotations

from support.properties import given, st

from etl.sources.guard import Policy, check_url
from etl.sources.model import FailedSourceError

POLICY = Policy(frozenset({"data.example.org"}))


@given(st.text(max_size=40))
def test_no_text_gets_through_but_a_declared_address(text: str) -> None:
    try:
        parts = check_url(text, POLICY)
    except FailedSourceError:
        return
    assert (parts.scheme, parts.hostname) == ("https", "data.example.org")
