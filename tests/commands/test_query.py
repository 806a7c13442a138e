"""The tables of a finished site in SQL."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.release import records

from etl.commands import main
from etl.commands.query import asked


def ask(site: Path, sql: str, *more: str) -> str:
    run = CliRunner().invoke(main, ["query", sql, "--site", str(site), *more])
    assert run.exit_code == 0, run.output
    return run.output


def test_a_question_is_answered_as_table_csv_and_markdown(built_site: Path) -> None:
    counted = sorted(Counter(row["kind"] for row in records("desks")).items())
    sql = "SELECT kind, count(*) AS n FROM desks GROUP BY kind ORDER BY kind"
    assert list(csv.reader(io.StringIO(ask(built_site, sql, "--format", "csv")))) == [
        ["kind", "n"], *([kind, str(number)] for kind, number in counted)]
    assert [line.split() for line in ask(built_site, sql).splitlines()][1:] == [
        [kind, str(number)] for kind, number in counted]
    lines = ask(built_site, "SELECT 'a|b' AS x, NULL AS y", "--format", "markdown").splitlines()
    assert lines == ["| x | y |", "| --- | --- |", r"| a\|b |  |"]


def test_days_are_days(built_site: Path) -> None:
    sql = "SELECT count(*) FROM changes WHERE release_date < DATE '1999-01-01'"
    assert asked(sorted((built_site / "dati").glob("*.parquet")), sql)[1] == ["0"]


@pytest.mark.parametrize(("sql", "said"), [
    ("SELEC 1", "syntax error"), ("SELECT * FROM nothing_here", "nothing_here"),
    ("SELECT * FROM read_csv('/etc/passwd')", "disabled"), ("COPY desks TO '/tmp/x.csv'", "disabled"),
])
def test_a_wrong_question_is_told_in_one_line(built_site: Path, sql: str, said: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["query", sql, "--site", str(built_site)])
    assert run.exit_code == 2
    assert said in run.output
    assert "Example: SELECT" in run.output
    assert len(run.output.strip().splitlines()) == 1
    none = CliRunner().invoke(main, ["query", "SELECT 1", "--site", str(tmp_path)])
    assert (none.exit_code, "abitare build" in none.output) == (2, True)
