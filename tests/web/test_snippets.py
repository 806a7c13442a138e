"""The text to copy on the page of each dataset runs, and gives every cell with the type of its schema."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.catalogs import CATALOG
from support.pages import base_of

TOOLS = ["pandas", "r", "duckdb", "sql", "curl"]
R_TYPES = {"date": "col_date()", "datetime": 'col_datetime("%Y-%m-%dT%H:%M")', "time": 'col_time("%H:%M")',
           "integer": "col_integer()", "year": "col_integer()", "number": "col_double()", "boolean": "col_logical()"}
PANDAS_TYPES = {"date": "datetime64", "datetime": "datetime64", "integer": "Int64", "year": "Int64",
                "number": "Float64", "boolean": "boolean"}
SQL_TYPES = {"date": "DATE", "datetime": "TIMESTAMP", "time": "TIME", "integer": "INTEGER", "year": "INTEGER",
             "number": "DOUBLE", "boolean": "BOOLEAN"}
WHOLE = re.compile(r"(TINY|SMALL|BIG)INT")
pytestmark = pytest.mark.skipif(not CATALOG, reason="a city that has just begun has no dataset to read")


def snippets(site: Path, name: str, folder: str = "dati") -> dict[str, str]:
    """Tool -> the text to copy, of a dataset."""
    page = (site / folder / name / "index.html").read_text("utf-8")
    found = re.findall(r'<pre class="wrap" data-snippet="(\w+)"><code>(.*?)</code></pre>', page, re.S)
    return {tool: html.unescape(re.sub(r"<!--.*?-->", "", text)) for tool, text in found}


def published(site: Path) -> list[str]:
    return [name for name in CATALOG if (site / "dati" / f"{name}.csv").exists()]


def cells(site: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / "dati" / f"{name}.csv").read_text("utf-8"), newline="")))


def test_every_dataset_has_them_for_every_tool_in_both_languages(built_site: Path) -> None:
    for name in published(built_site):
        italian = snippets(built_site, name)
        assert list(italian) == TOOLS
        assert snippets(built_site, name, "en/data") == italian
        typed = dict(re.findall(r"    (\w+) = (col_\w+\(.*?\))", italian["r"]))
        assert typed == {field.name: R_TYPES[field.type] for field in CATALOG[name].fields if field.type != "string"}
        assert italian["r"].count("(") == italian["r"].count(")")


@pytest.mark.filterwarnings("error")
def test_pandas_reads_every_cell_with_its_type(built_site: Path, served_site: str) -> None:
    for name in published(built_site):
        code = snippets(built_site, name)["pandas"].replace(base_of(built_site), f"{served_site}/")
        told: dict[str, Any] = {}
        exec(compile(code, f"{name}.py", "exec"), told | {"print": len}, told)  # noqa: S102 - what people are told to run
        table, rows = told[name], cells(built_site, name)
        assert len(table) == len(rows)
        for field in CATALOG[name].fields:
            values, written = table[field.name], [row[field.name] for row in rows]
            assert list(values.isna()) == [not value for value in written], (name, field.name)
            filled = [value for value in written if value]
            if field.kind == "money":
                assert sum(values.dropna(), Decimal()) == sum(map(Decimal, filled))
            elif field.type in ("string", "time"):
                assert list(values.dropna()) == filled, (name, field.name)
            elif rows:  # a table without rows has nothing to read a day from
                assert str(values.dtype).startswith(PANDAS_TYPES[field.type]), (name, field.name, values.dtype)


def test_duckdb_and_sqlite_answer_with_types(built_site: Path) -> None:
    import duckdb

    (database,) = (built_site / "dati").glob("*.sqlite")
    strict = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for name in published(built_site):
        told, rows = snippets(built_site, name), cells(built_site, name)
        assert f"{base_of(built_site)}dati/{database.name}" in told["sql"]
        found = strict.execute(told["sql"]).fetchall()
        assert len(found) == min(len(rows), 10)
        fields = CATALOG[name].fields
        # What reads over the network is an extension that DuckDB fetches: the same file is read here.
        code = told["duckdb"].replace(base_of(built_site), f"{built_site}/")
        described = {column: WHOLE.sub("INTEGER", kind)
                     for column, kind, *_ in duckdb.connect().execute(code).fetchall()}
        typed = [field for field in fields if field.type in SQL_TYPES and field.kind != "money"]
        assert [(name, field.name, described[field.name]) for field in typed
                if described[field.name] != SQL_TYPES[field.type]] == []
        assert {field.name for field in fields if field.kind == "money"} == {
            column for column, kind in described.items() if kind == "DECIMAL(18,2)"}
    strict.close()


def test_curl_fetches_what_the_page_says(built_site: Path, served_site: str, tmp_path: Path) -> None:
    lines = ["set -e", *(snippets(built_site, name)["curl"] for name in published(built_site))]
    script = "\n".join(lines).replace(base_of(built_site), f"{served_site}/")
    run = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [f"{name}.csv: OK" for name in published(built_site)]
