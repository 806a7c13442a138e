"""The national table: both engines give the same, nothing is lost, and what is wrong is told."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.national import ROWS, rows, run, told, write_rows, wrong

from etl.commands import main
from etl.national import recipe
from etl.national.distributed import spark_is_here
from etl.national.publish import publish

pytestmark = pytest.mark.slow

SPARK = pytest.param("spark", marks=pytest.mark.skipif(
    not spark_is_here(), reason="Spark is not installed: make spark, and Java"
))
@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file."""
    return write_rows(tmp_path_factory.mktemp("national") / "progetti.csv")


@pytest.fixture(scope="module")
def embedded(source: Path) -> dict[str, Any]:
    """What DuckDB makes of the file."""
    publish(source, source.parent / "duckdb", "duckdb", {})
    return told(source.parent / "duckdb")


def test_every_row_is_published_or_left_out_with_its_reason(embedded: dict[str, Any]) -> None:
    right = [row for row in rows() if not wrong(row)]
    keys = Counter(row["COD_LOCALE_PROGETTO"] for row in right)
    published = [row for row in right if keys[row["COD_LOCALE_PROGETTO"]] == 1]
    assert json.loads(embedded["summary.json"]) == {
        "read": ROWS, "published": len(published), "not_asked_for": 0, "left_out": ROWS - len(published)
    }
    assert 0 < len(published) < ROWS
    found = Counter((row["COD_LOCALE_PROGETTO"], row["wrong"])
                    for row in csv.DictReader(embedded["faults.csv"].splitlines()))
    assert found == Counter((row["COD_LOCALE_PROGETTO"], "|".join(sorted(wrong(row), key=recipe.columns().index)))
                            if wrong(row) else (row["COD_LOCALE_PROGETTO"], "repeated")
                            for row in rows() if wrong(row) or keys[row["COD_LOCALE_PROGETTO"]] > 1)


def test_totals_are_exact_to_the_cent(embedded: dict[str, Any]) -> None:
    keys = Counter(row["COD_LOCALE_PROGETTO"] for row in rows() if not wrong(row))
    sums: dict[tuple[str, ...], Decimal] = {}
    for row in rows():
        if not wrong(row) and keys[row["COD_LOCALE_PROGETTO"]] == 1:
            group = (row["DEN_REGIONE"], row["OC_TEMA_SINTETICO"])
            amount = row["FINANZ_TOTALE_PUBBLICO"].replace(",", ".")
            sums[group] = sums.get(group, Decimal(0)) + Decimal(amount or 0)
    found = {(row["region"], row["theme"]): Decimal(row["public_eur"] or 0)
             for row in csv.DictReader(embedded["totals.csv"].splitlines())}
    assert found == sums


def test_parts_are_regions(embedded: dict[str, Any]) -> None:
    assert embedded["parts"] == ["area=012", "area=015", "area=several"]
    assert embedded["types"][embedded["columns"].index("FINANZ_TOTALE_PUBBLICO")] == "DECIMAL(18,2)"
    assert embedded["types"][embedded["columns"].index("OC_DATA_INIZIO_PROGETTO")] == "DATE"


@pytest.mark.parametrize("engine", [SPARK])
def test_another_engine_gives_the_same(source: Path, embedded: dict[str, Any], engine: str) -> None:
    assert run(source, source.parent / engine, engine).returncode == 0
    found = told(source.parent / engine)
    assert {name: found[name] == embedded[name] for name in embedded} == dict.fromkeys(embedded, True)
    wanted = ("OC_TEMA_SINTETICO=Abitare", "OC_TEMA_SINTETICO=L'altro", "COD_REGIONE=012", "COD_REGIONE=015")
    some = [run(source, source.parent / f"{name}-some", name, *wanted) for name in ("duckdb", engine)]
    assert [one.returncode for one in some] == [0, 0]
    summaries = [told(source.parent / f"{name}-some")["summary.json"] for name in ("duckdb", engine)]
    assert summaries[0] == summaries[1]
    assert 0 < json.loads(summaries[0])["published"] < json.loads(summaries[0])["not_asked_for"]


def spoilt_rows(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("9PROVA40;", "9PROVA40;;", 1), "utf-8")


def spoilt_header(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("IMPEGNI", "IMPEGNO", 1), "utf-8")


@pytest.mark.parametrize("engine", ["duckdb", SPARK])
@pytest.mark.parametrize("spoil", [spoilt_rows, spoilt_header])
def test_a_file_of_another_shape_replaces_nothing(source: Path, tmp_path: Path, spoil: Any, engine: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "summary.json").write_text("stays", "utf-8")
    file = Path(shutil.copy(source, tmp_path / "progetti.csv"))
    spoil(file)
    done = run(file, out, engine)
    assert done.returncode == 1
    assert re.search(r"abitare: .*(199 cells|header)", done.stderr), done.stderr
    assert (out / "summary.json").read_text("utf-8") == "stays"


def test_the_command_line_says_what_it_did(source: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["national", str(source), "--out", str(tmp_path / "out"), "--only",
                                     "OC_TEMA_SINTETICO=Abitare"])
    assert done.exit_code == 0
    assert "righe / rows" in done.output
    assert (tmp_path / "out" / "totals.csv").exists()
    for words, said in (("OC_TEMA", "OC_COD_TEMA_SINTETICO=07"), ("X=1", "no such column")):
        done = CliRunner().invoke(main, ["national", str(source), "--out", str(tmp_path / "other"), "--only", words])
        assert done.exit_code != 0
        assert said in done.output
        assert not (tmp_path / "other").exists()
