"""What reviewers read of a proposal: whole rows by name, what many cells now say alike, amounts, findings; no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from support.properties import given, st

from etl.releases.comment import LONGEST, MARK, as_markdown
from etl.releases.diff import changes
from etl.runtime.tables import csv_bytes

FINDINGS = ("finding_id", "dataset", "row_key", "message_it")


def column(name: str, title: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "string", "title": title or name.capitalize(), **more}


DESKS = [column("desk_id", "Codice"), column("name", "Nome", kind="text"), column("address", "Indirizzo", kind="text"),
         column("seen_on", "Data della fonte", type="date"), column("paid_eur", "Importo", kind="money")]
HOURS = [column("hours_id", rule="joined", of=["desk_id", "weekday"]), column("desk_id"),
         column("weekday", "Giorno", categories=[{"value": "mo", "label": "lunedì", "label_en": "Monday"}]),
         column("opens", "Apre")]
DESK = ("uno", "Sportello di via Roma", "via Roma 1", "2026-01-01", "1000.00")


def table(name: str, title: str, fields: list[dict[str, Any]], rows: list[tuple[str, ...]], **more: Any) -> Any:
    return {"name": name, "title": title, "path": f"{name}.csv", "rows": rows,
            "schema": {"fields": fields, "primaryKey": [fields[0]["name"]], **more}}


def release(
    folder: Path, desks: list[tuple[str, ...]], hours: list[tuple[str, ...]] = (),
    findings: list[tuple[str, ...]] = (), fields: list[dict[str, Any]] = DESKS,
) -> Path:
    """A small release in a folder."""
    folder.mkdir()
    led = [{"fields": ["desk_id"], "reference": {"resource": "desks", "fields": ["desk_id"]}}]
    tables = [table("desks", "Sportelli", fields, desks), table("hours", "Orari", HOURS, hours, foreignKeys=led),
              table("quality", "Qualità", [column(name) for name in FINDINGS], findings)]
    for item in tables:
        rows = item.pop("rows")
        header = [field["name"] for field in item["schema"]["fields"]]
        (folder / item["path"]).write_bytes(csv_bytes(header, [list(row) for row in rows]))
    (folder / "datapackage.json").write_text(json.dumps({"resources": tables}), "utf-8")
    return folder


def comment(old: Path, new: Path, **more: Any) -> str:
    text = as_markdown(old, new, changes(old, new), **more)
    assert len(text.encode()) <= LONGEST
    return text


def many(count: int, day: str) -> list[tuple[str, ...]]:
    return [(f"d{number}", f"Sportello {number}", "", day, "") for number in range(count)]


def test_nothing_that_changes_is_said(tmp_path: Path) -> None:
    old = release(tmp_path / "old", [DESK])
    assert comment(old, release(tmp_path / "new", [DESK])).startswith(f"{MARK}\n### Che cosa cambia")
    assert "Nessun dato cambia" in comment(old, tmp_path / "new")


def test_the_same_change_of_many_rows_is_one_line(tmp_path: Path) -> None:
    old = release(tmp_path / "old", many(140, "2026-01-01"))
    said = comment(old, release(tmp_path / "new", many(140, "2026-11-28")))
    assert "- Data della fonte → 28 novembre 2026 in 140 righe / rows" in said
    assert said.count("28 novembre") == 1


def test_rows_that_come_and_go_are_whole_and_have_names(tmp_path: Path) -> None:
    old = release(tmp_path / "old", [DESK], [("uno|mo", "uno", "mo", "09:00")])
    new = release(tmp_path / "new", [("due", "Casa qui", "via Po 2", "2026-01-01", "")])
    said = comment(old, new)
    assert "- nuova / new: **Casa qui**: Indirizzo via Po 2; Data della fonte 1 gennaio 2026" in said
    assert "- tolta / removed: **Sportello di via Roma**: Indirizzo via Roma 1" in said
    assert "**Sportello di via Roma – lunedì**: Apre 09:00" in said


def test_an_amount_has_its_difference_and_a_row_its_name(tmp_path: Path) -> None:
    old = release(tmp_path / "old", [DESK])
    said = comment(old, release(tmp_path / "new", [(*DESK[:4], "1250.50")]))
    assert "- Importo, **Sportello di via Roma**: 1.000,00 € → 1.250,50 € (+250,50 €)" in said.replace("\xa0", " ")


def test_a_column_with_another_name_is_told_once_and_what_changed_in_it_too(tmp_path: Path) -> None:
    old = release(tmp_path / "old", [*many(40, "2026-01-01"), DESK])
    fields = [{**about, "name": "place", "title": "Luogo", "renamed_from": "address"}
              if about["name"] == "address" else about for about in DESKS]
    new = [*many(40, "2026-01-01"), (*DESK[:2], "via Po 3", *DESK[3:])]
    said = comment(old, release(tmp_path / "new", new, fields=fields))
    assert said.count("colonna rinominata / renamed column: address → place") == 1
    assert "- Luogo, **Sportello di via Roma**: via Roma 1 → via Po 3" in said
    assert "0 righe nuove, 1 cambiate, 0 tolte" in said


def test_new_findings_stand_apart_from_old_and_mended_ones(tmp_path: Path) -> None:
    kept = ("a", "desks", "uno", "Vecchio.")
    old = release(tmp_path / "old", [DESK], findings=[kept, ("b", "desks", "uno", "Via.")])
    new = release(tmp_path / "new", [DESK], findings=[kept, ("c", "desks", "uno", "Nuovo.")])
    said = comment(old, new)
    assert "1 avvisi nuovi, 1 risolti, 1 come prima" in said
    assert "Nuovo. 1: Sportello di via Roma" in said
    assert "Vecchio" not in said


def test_errors_and_the_preview_come_first(tmp_path: Path) -> None:
    old = release(tmp_path / "old", [DESK])
    said = comment(old, old, findings="x.csv:2: AVVISO / WARNING: no\nx.csv:3: ERRORE / ERROR: @tutti [x](y)\n",
                   preview="https://example.org/run")
    assert "\n    x.csv:3: ERRORE / ERROR: @tutti [x](y)\n" in said
    assert "AVVISO" not in said
    assert said.index("1 errori") < said.index("https://example.org/run") < said.index("Nessun dato")


def test_what_follows_from_others_is_one_line(tmp_path: Path) -> None:
    old = release(tmp_path / "old", many(9, "2026-01-01"))
    said = comment(old, release(tmp_path / "new", many(9, "2026-01-02")), derived={"desks"})
    assert "Di conseguenza / As a consequence: Sportelli (9)" in said


@settings(max_examples=25)
@given(text=st.text(max_size=400), count=st.sampled_from((5, 100)))
def test_a_comment_stays_short_and_data_stay_words(
    tmp_path_factory: pytest.TempPathFactory, count: int, text: str
) -> None:
    folder = tmp_path_factory.mktemp("comment")
    cell = text.replace("\r", " ").replace("\0", " ")
    rows = [(f"d{number}", cell or "x", f"{number} {cell}", "2026-01-01", "") for number in range(count)]
    said = comment(release(folder / "old", []), release(folder / "new", rows))
    assert "<script" not in said
    assert "@" not in said
