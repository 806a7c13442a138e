"""A copy of the real source tables with one fault at a time: a finding with row, column and remedy, exit 1."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from etl.commands.check import check
from etl.meta.city import load_city
from etl.meta.model import Draft
from etl.runtime.receipt import write_receipt

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 25)
CITY = load_city(ROOT)
Rows = list[list[str]]
Spoil = Callable[[bytes], bytes]


def cells(change: Callable[[Rows], Rows]) -> Spoil:
    """A fault made on the cells of a table."""

    def spoil(data: bytes) -> bytes:
        rows = change(list(csv.reader(io.StringIO(data.decode(), newline=""))))
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue().encode()

    return spoil


def put(column: str, value: str, row: int = 1) -> Spoil:
    """A fault in one cell; row 1 is the first row of data (line 2 of the file)."""

    def change(rows: Rows) -> Rows:
        rows[row][rows[0].index(column)] = value
        return rows

    return cells(change)


def without_column(rows: Rows) -> Rows:
    position = rows[0].index("admitted_eur")
    return [row[:position] + row[position + 1 :] for row in rows]


def swapped(rows: Rows) -> Rows:
    left, right = rows[0].index("programmed_eur"), rows[0].index("admitted_eur")
    for row in rows[:1]:
        row[left], row[right] = row[right], row[left]
    return rows


# table, fault, check expected, column, line shown (None: the fault has no line), words of the remedy
FAULTS = {
    "wrong date": ("projects", put("start_date", "31-02-2020"), "date", "start_date", 2, "anno-mese-giorno"),
    "date not in the calendar": ("projects", put("end_date", "2020-02-31"), "date", "end_date", 2, "anno-mese-giorno"),
    "Italian amount": (
        "funding", put("programmed_eur", "1.514.648,44"), "number", "programmed_eur", 2, "punto per i decimali"),
    "unknown desk": (
        "desk_services", put("desk_id", "sportello-inventato"), "unknown-reference", "desk_id", 2, "desks"),
    "duplicated key": (
        "desks", cells(lambda rows: [*rows, rows[1]]), "duplicate-key", "desk_id", None, "una sola riga"),
    "missing column": ("funding", cells(without_column), "columns-missing", "admitted_eur", 1, "Rimetti la colonna"),
    "extra column": (
        "funding", cells(lambda rows: [[*row, "x"] for row in rows]), "columns-extra", "x", 1, "Togli la colonna"),
    "swapped columns": ("funding", cells(swapped), "columns-order", "admitted_eur", 1, "in questo ordine"),
    "empty file": ("desks", lambda _: b"", "empty-file", "", 1, "versione precedente"),
    "header only": ("desks", cells(lambda rows: rows[:1]), "row-floor", "", None, "righe mancanti"),
    "half the rows gone": (
        "organisations", cells(lambda rows: rows[: len(rows) // 2]), "row-floor", "", None, "righe mancanti"),
    "Latin-1 bytes": (
        "service_texts", lambda data: data.decode().encode("latin-1", "replace"), "encoding", "", "any", "UTF-8"),
    "NUL byte": ("desks", put("name", "Sportello\x00"), "control-character", "name", 2, "scrivi di nuovo"),
    "bidi override": ("desks", put("name", "Sportello \u202egpj"), "direction-character", "name", 2, "scrivi di nuovo"),
    "script": ("desks", put("name", "<script>alert(1)</script>"), "html", "name", 2, "senza < e >"),
    "formula": ("desks", put("name", '=HYPERLINK("http://x.example")'), "formula", "name", 2, "non la formula"),
    "1970-01-01": ("projects", put("start_date", "1970-01-01"), "date-window", "start_date", 2, "Controlla l'anno"),
    "wrong CUP": ("projects", put("cup", "B42G1900023000"), "cup", "cup", 2, "15 caratteri"),
    "wrong project code": (
        "projects", put("project_code", "XX3.1.1.b1"), "project-code", "project_code", 2, CITY.get("examples.project")),
    "ISTAT code of no municipality here": (
        "desks", put("istat_code", "015999"), "unknown-reference", "istat_code", 2, "municipalities"),
    "wrong e-mail": ("desks", put("email", "info@"), "email", "email", 2, "indirizzo"),
    "wrong phone": ("desks", put("phone", "02"), "phone", "phone", 2, "prefisso"),
    "value outside the vocabulary": ("desks", put("status", "open"), "enum", "status", 2, "operating"),
    "a place on another continent": ("desks", put("longitude", "12.5"), "limit", "longitude", 2, "Esempio"),
    "required value missing": ("desks", put("name", ""), "required", "name", 2, "Compila"),
    "ragged row": ("funding", lambda data: data + b"TO3.1.1.b1,\n", "row-width", "", "any", "virgole"),
}


def spoiled(tmp_path: Path, table: str, spoil: Spoil) -> Path:
    """A copy of the repository's data with one table spoiled."""
    for part in ("datasets", "schemas", "etl/recipes"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "release"))
    for name in ("release.toml", "city.toml"):
        shutil.copy(ROOT / name, tmp_path)
    path = tmp_path / "datasets" / "source" / f"{table}.csv"
    data = spoil(path.read_bytes())
    assert data != path.read_bytes(), "the fault did not change the file"
    path.write_bytes(data)
    return tmp_path


def draft_of(tmp_path: Path, table: str, spoil: Spoil) -> Draft:
    return check(spoiled(tmp_path, table, spoil), TODAY)


def test_the_real_sources_have_no_critical_finding() -> None:
    assert [item for item in check(ROOT, TODAY).findings if item.severity != "warning"] == []


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found_with_row_column_and_remedy(name: str, tmp_path: Path) -> None:
    table, spoil, check, column, line, remedy = FAULTS[name]
    critical = [item for item in draft_of(tmp_path, table, spoil).findings if item.severity == "critical"]
    found = [item for item in critical if (item.dataset, item.check, item.column) == (table, check, column)]
    assert found, f"not found among {[(i.dataset, i.check, i.column) for i in critical]}"
    assert remedy in found[0].remedy["it"]
    assert found[0].remedy["en"]
    if line == "any":
        assert found[0].rows[0].line
    elif line is not None:
        assert found[0].rows[0].line == line
    same_place = [i for i in critical if (i.dataset, i.column) == (table, column)]
    assert len(same_place) == 1, f"said more than once: {same_place}"


def test_paid_above_programmed_is_published_with_a_warning(tmp_path: Path) -> None:
    changed: list[str] = []

    def change(rows: Rows) -> Rows:
        places = [rows[0].index(f"{stage}_eur") for stage in ("programmed", "admitted", "committed", "paid")]
        row = next((row for row in rows[1:] if all(row[place] for place in places)), None)
        if row is None:
            pytest.skip("no project whose amounts are all known")
        row[places[-1]] = "2000000000.00"
        changed.append("|".join(row[:2]))
        return rows

    draft = draft_of(tmp_path, "funding", cells(change))
    assert not [item for item in draft.findings if item.severity == "critical"]
    funding = [item for item in draft.findings if item.dataset == "funding"]
    about = [row for item in funding for row in item.rows if "2000000000.00" in row.value]
    # It is above what was committed, and above what was programmed.
    assert [row.key for row in about] == changed * 2
    assert any("2000000000.00" in row for row in draft.tables["funding"].rows)


def test_a_failed_build_exits_1_and_leaves_the_site_untouched(tmp_path: Path) -> None:
    root = spoiled(tmp_path / "repo", "funding", put("paid_eur", "1.514.648,44"))
    shutil.copytree(ROOT / "site", root / "site")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    site = root / "build" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("the site before")
    write_receipt(site, {"date": "2026-01-01", "release": "before"})
    before = {path.name: path.read_text() for path in site.iterdir()}
    command = [sys.executable, "-m", "etl", "build", "--root", str(root), "--date", TODAY.isoformat()]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    line = next(line for line in run.stderr.splitlines() if line.startswith("datasets/source/funding.csv:2:"))
    for part in ("paid_eur", "«1.514.648,44»", "Esempio: 449646.43", "||"):
        assert part in line
    assert "Traceback" not in run.stderr
    assert {p.name: p.read_text() for p in site.iterdir()} == before
    assert not (root / "datasets" / "release").exists()


def test_a_limit_of_the_place_is_named(tmp_path: Path) -> None:
    """Longitudes were taken from 8 to 11 degrees east, and nobody said so."""
    found = draft_of(tmp_path, "desks", put("longitude", "12.5")).findings
    limit = next(item for item in found if item.check == "limit")
    assert "(8–11)" in limit.message["it"]
    assert "(8–11)" in limit.message["en"]
