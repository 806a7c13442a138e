"""What reviewers read of an erasure: that something went, with a mark for what it said."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support.erasing import FIRST, miniature, publish, register, write

from etl.commands.erase import erased
from etl.releases.comment import as_markdown
from etl.releases.diff import as_text, changes, in_json
from etl.releases.erase_plan import Asked
from etl.releases.masked import HIDDEN

pytestmark = pytest.mark.slow
SHORT = ["d", "Ada", "02 4", "", "https://d.it"]


def reviewed(folder: Path, key: str, field: str = "", before: str = "", **how: Any) -> str:
    """All that is printed of an erasure, which a proposal brings: the comment, the text, the JSON.

    before: what the cell said on the first day; it is right on the second.
    """
    place, old = miniature(folder / "city"), folder / "old"
    first = [[*FIRST[0][:3], before or FIRST[0][3], FIRST[0][4]], *FIRST[1:], SHORT]
    write(place, "places", first)
    publish(place, "2026-01-01")
    if before:
        write(place, "places", [*FIRST, SHORT])
        publish(place, "2026-01-02")
    shutil.copytree(place / "datasets/release", old)
    asked = Asked("places", key, field, "2026-01-03", "Richiesta, art. 17.", "", "https://a.it", **how)
    assert erased(place, asked)[0] is not None
    publish(place, "2026-01-03")
    new = place / "datasets/release"
    found = changes(old, new)
    return "\n".join((as_markdown(old, new, found), as_text(found), in_json(found)))


@pytest.mark.parametrize(("key", "field", "how"), [
    ("a", "host", {}), ("a", "phone", {}), ("a", "", {}), ("d", "name", {}), ("d", "", {}),
    ("zanzottera-gina", "", {"personal_key": True}), ("zanzottera-gina", "place_id", {}),
], ids=["cell", "short cell", "row", "short name", "row of short words", "row of a personal key", "personal key"])
def test_a_mark_stands_for_what_was_erased(tmp_path: Path, key: str, field: str, how: dict[str, bool]) -> None:
    said = reviewed(tmp_path, key, field, **how)
    gone = {"a": {"host": ("zanzottera, 2", "citofono"), "phone": ("02 11",), "": ("Alfa", "citofono", "02 11")},
            "d": {"name": ("Ada",), "": ("Ada", "02 4")}}.get(key, {}).get(field, ("zanzottera-gina",))
    assert [word for word in gone if word in said] == []
    assert HIDDEN in said
    assert "Beta" not in said, "what nobody touched is no change"


def test_what_a_cell_said_before_is_hidden_and_what_it_says_today_stays(tmp_path: Path) -> None:
    said = reviewed(tmp_path, "a", "host", before="da Gina, vedova", keep_today=True)
    assert "vedova" not in said
    assert f"before: '{HIDDEN}' → ''" in said
    assert "places: changed" not in said


def test_a_row_that_went_for_another_reason_is_shown_as_ever(tmp_path: Path) -> None:
    place, old = miniature(tmp_path / "city"), tmp_path / "old"
    publish(place, "2026-01-01")
    shutil.copytree(place / "datasets/release", old)
    asked = Asked("places", "zanzottera-gina", "", "2026-01-03", "Richiesta.", "", "https://a.it", personal_key=True)
    assert erased(place, asked)[0] is not None
    write(place, "places", [FIRST[0]])
    register(place, "removals", dataset="places", key="b", name="Beta", kind="ended", removed_on="2026-01-03",
             reason_it="Non c’è più.")
    publish(place, "2026-01-03")
    said = as_text(changes(old, place / "datasets/release"))
    assert "places: removed b" in said
    assert f"places: removed {HIDDEN}" in said
    assert "zanzottera-gina" not in said
