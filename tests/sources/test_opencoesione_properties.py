"""The bulk file: what is found is what a plain reading finds."""

from __future__ import annotations

import csv
import io

from support.opencoesione import CODE, HEADER, filtered
from support.properties import given, settings, st


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.text(st.characters(exclude_characters="\0\r\ud800", exclude_categories=["Cs"]), max_size=12),
                       st.sampled_from([CODE, "ALTRO", f"{CODE}:::B", f"{CODE}0"])), max_size=30),
    st.integers(1, 400), st.sampled_from(["\n", "\r\n"]),
)
def test_it_finds_what_a_plain_reading_finds(rows: list[tuple[str, str]], block: int, newline: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator=newline)
    writer.writerow(HEADER.split(";"))
    writer.writerows([[str(n), "C", text, code, "", "", ""] for n, (text, code) in enumerate(rows)])
    records, bulk = filtered(out.getvalue(), block=block)
    expected = [str(n) for n, (_, code) in enumerate(rows) if CODE in code.split(":::")]
    assert [record["COD_LOCALE_PROGETTO"] for record in records] == expected
    assert bulk.damaged == []
