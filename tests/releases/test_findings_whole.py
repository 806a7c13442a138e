"""The quality table has every row that a finding is about, with whom to ask; nobody reads the names of a library."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from support.catalogs import MINIATURE
from support.command import abitare
from support.repository import ROOT

from etl.domain.check_names import check_name
from etl.meta.model import Dataset, Finding, RowRef
from etl.releases.history import Table
from etl.releases.providers import providers
from etl.runtime.report import FORMATS, quality_rows

WORDS = {"it": "La cella è vuota.", "en": "The cell is empty."}


def empty(count: int) -> Finding:
    rows = tuple(RowRef(line, f"d{line}", "") for line in range(2, count + 2))
    return Finding("desks", check_name("ExpectColumnValuesToNotBeNull"), "warning", WORDS, WORDS, "steward", "phone",
                   rows, count)


def test_a_finding_about_84_rows_is_84_rows() -> None:
    rows = quality_rows([empty(84)])
    assert [row["row_key"] for row in rows] == [f"d{line}" for line in range(2, 86)]
    assert len({row["finding_id"] for row in rows}) == 84
    assert {(row["column"], row["message_it"], row["check"]) for row in rows} == {
        ("phone", WORDS["it"], "empty-cell")}
    # The same row found again has the same id, whatever stands before it; rows that nothing tells apart differ too.
    assert quality_rows([empty(3)])[2]["finding_id"] == rows[2]["finding_id"]
    twice = Finding("desks", "enum", "critical", WORDS, WORDS, "steward", "kind", (RowRef(2, "", "x"),) * 2, 2)
    assert len({row["finding_id"] for row in quality_rows([twice])}) == 2
    assert len(quality_rows([Finding("desks", "stale", "warning", WORDS, WORDS, "steward")])) == 1


def test_no_report_shows_the_names_of_the_library() -> None:
    for style, write in FORMATS.items():
        assert not re.search("expect_?column", write([empty(7)]), re.IGNORECASE), style
    assert check_name("ExpectColumnMedianToBeBetween") == "column-median-to-be-between"


def test_whom_to_ask_is_named_by_the_row_or_by_its_source() -> None:
    def dataset(name: str, *targets: str) -> Dataset:
        keys = [{"fields": [f"{target}_id"], "reference": {"resource": target, "fields": [f"{target}_id"]}}
                for target in targets]
        return Dataset(name, {"fields": [], "primaryKey": ["id"], "foreignKeys": keys}, {}, None, ())

    desk = {"organisation": "Sindacato", "source_url": "https://a.example/"}
    tables = {
        "desks": Table([], {"a": desk, "b": {**desk, "organisation": ""}, "c": {"source_url": "https://b.example/"}}),
        "desk_texts": Table([], {"a|it": {"desks_id": "a", "source_url": "https://a.example/"}}),
        "source_documents": Table([], {"https://a.example/": {"issuer": "Comune"},
                                       "https://b.example/": {"issuer": ""}}),
    }
    ask = providers({"desks": dataset("desks"), "desk_texts": dataset("desk_texts", "desks")}, tables)
    asked = [("desks", "a"), ("desks", "b"), ("desks", "c"), ("desk_texts", "a|it"), ("desks", ""), ("nothing", "x")]
    assert [ask(*where) for where in asked] == ["Sindacato", "Comune", "", "Sindacato", "", ""]
    assert MINIATURE["quality"].columns[-1] == "provider"


def lines(path: Path) -> io.StringIO:
    return io.StringIO(path.read_text("utf-8"))


@pytest.mark.slow
def test_the_published_table_counts_what_check_counts(built_site: Path) -> None:
    receipt = json.loads((built_site / "release.json").read_text("utf-8"))
    run = abitare("check", "--root", ROOT, "--date", receipt["date"], "--format", "csv")
    told = list(csv.DictReader(io.StringIO(run.stdout)))
    published = list(csv.DictReader(lines(built_site / "dati/quality.csv")))
    assert {row["finding_id"] for row in told} == {row["finding_id"] for row in published}
    assert len(published) == len(told)
    lists = [list(csv.reader(lines(path))) for path in (built_site / "trasparenza/qualita").glob("*.csv")]
    assert sum(len(rows) - 1 for rows in lists) == len(published)
