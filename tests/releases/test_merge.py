"""New rows in a table that stands: nothing is removed, nothing is erased, nothing is counted twice."""

from __future__ import annotations

from support.messy import NAMES, ROWS, dataset

from etl.meta.model import Dataset
from etl.releases.merge import Merged, agreed, observe, replace, update, with_sources

TRIALS = dataset()
TABLE = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
AMOUNTS = Dataset("amounts", {
    "fields": [{"name": name, "type": "string", "title": name} for name in
               ("code", "on", "paid", "admitted", "source_url", "source_date")],
    "primaryKey": ["code", "on"]}, {"source": {"kind": "table"}}, None, ())


def test_known_keys_change_and_new_keys_are_added() -> None:
    merged = update(TRIALS, TABLE, [{"item_id": "prova-uno", "name": "Altro", "phone": ""},
                                    {"item_id": "nuovo", "name": "Nuovo"}, {"item_id": "prova-due", "seats": "3"}])
    assert (merged.added, merged.changed, merged.same, merged.kept) == (1, 1, 1, 1)
    assert merged.rows[0] == {**TABLE[0], "name": "Altro"}
    assert merged.rows[1:3] == TABLE[1:]
    assert merged.rows[3] == dict.fromkeys(NAMES, "") | {"item_id": "nuovo", "name": "Nuovo"}
    assert merged.origin == {0: 0, 3: 1, 1: 2}


def test_a_program_that_finds_the_same_facts_changes_nothing_but_people_may_correct_a_source() -> None:
    again = [{"item_id": "prova-uno", "name": TABLE[0]["name"], "source_url": "https://example.org/nuova"}]
    assert update(TRIALS, TABLE, again).rows == TABLE
    assert update(TRIALS, TABLE, again, by_people=True).changed == 1


def test_an_observation_is_added_only_when_something_moved() -> None:
    table = [{"code": "a", "on": "", "paid": "1", "admitted": "9", "source_url": "u", "source_date": ""},
             {"code": "a", "on": "2020", "paid": "2", "admitted": "9", "source_url": "u", "source_date": "2020"}]

    def seen(**values: str) -> int:
        new = {"code": "a", "on": "2026-11-25", "source_url": "v", "source_date": "2026-11-25", **values}
        return observe(AMOUNTS, table, [new], "on").added

    assert seen(paid="2", admitted="9") == 0
    assert seen(paid="2", admitted="") == 0
    assert seen(paid="", admitted="") == 0
    assert seen(paid="3", admitted="9") == 1
    assert seen(code="b", paid="1") == 1


def test_a_source_that_says_the_day_corrects_its_own_row() -> None:
    table = [{"code": "a", "on": "2019-12-31", "paid": "2", "admitted": "9", "source_url": "u", "source_date": ""},
             {"code": "a", "on": "2026-11-01", "paid": "3", "admitted": "", "source_url": "u", "source_date": ""}]

    def seen(**values: str) -> Merged:
        return observe(AMOUNTS, table, [{"code": "a", "on": "2019-12-31", "source_url": "v", **values}], "on")

    assert seen(paid="2", admitted="9").rows == table
    mended = seen(paid="5")
    assert (mended.added, mended.changed, mended.origin) == (0, 1, {0: 0})
    assert mended.rows == [{**table[0], "paid": "5", "source_url": "v"}, table[1]]


def test_a_whole_table_is_replaced_and_counted() -> None:
    merged = replace(TRIALS, TABLE, [{**TABLE[0], "seats": "99"}, {"item_id": "nuovo"}, TABLE[2]])
    assert [row["item_id"] for row in merged.rows] == ["prova-uno", "nuovo", "prova-tre"]
    assert (merged.added, merged.changed, merged.same) == (1, 1, 1)


def test_a_key_that_comes_twice_with_other_values_is_taken_from_neither() -> None:
    same = {"code": "a", "on": "2020", "paid": "1", "source_url": "u"}
    more = {"code": "a", "on": "2020", "paid": "", "admitted": "2", "source_url": "v"}
    other = {"code": "b", "on": "2020", "paid": "1"}
    assert agreed(AMOUNTS, [same, same, more, other]) == ([same, same, more, other], [])
    for third in ({**same, "paid": "9"}, {**more, "admitted": "3"}):
        rows, (found,) = agreed(AMOUNTS, [same, other, more, third])
        assert rows == [other]
        assert (found.check, found.severity) == ("source-twice", "critical")
        assert [row.key for row in found.rows] == ["a|2020"]


def test_sources_that_are_new_get_a_row_of_their_own() -> None:
    known = [{"source_url": "https://a.example/", "title": "A", "kind": "law"}]
    citing = [{"source_url": "https://a.example/", "other_sources": "https://c.example (2025) | https://b.example"},
              {"source_url": "@tutti"}, {"source_url": ""}]
    assert with_sources(known, citing, {"issuer": "Ente"}) == [
        *known, *({"kind": "page", "issuer": "Ente", "source_url": address}
                  for address in ("https://b.example", "https://c.example"))]
