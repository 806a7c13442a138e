"""What reviewers read of a proposal: whole rows by name, what many cells now say alike, amounts, findings; no more."""

from __future__ import annotations

from pathlib import Path

from support.proposals import DESK, DESKS, comment, release

from etl.releases.comment import MARK


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
