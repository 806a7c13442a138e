"""The sieve before Frictionless never changes a finding: Frictionless on all rows is the oracle."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis.strategies import DrawFn, SearchStrategy
from support.properties import HealthCheck, given, settings, st, tries
from support.repository import SOAK

from etl.checks.schema import check_package, judge
from etl.checks.suspects import suspects
from etl.meta.model import Dataset
from etl.runtime.tables import csv_bytes

PLAIN_CELLS: Mapping[str, list[str]] = {
    "number": ["0", "1", "2", "3.5", "10", "4.25"], "integer": ["0", "1", "2", "3", "10", "20"],
    "boolean": ["true", "false"], "date": ["2020-01-01", "2020-02-29", "2021-12-31", "1999-06-15"],
    "year": ["1999", "2020"], "yearmonth": ["2020-01", "2021-12"], "time": ["10:00:00", "23:59:59"],
    "datetime": ["2020-01-01T00:00:00Z"], "any": ["a", "b"], "string": ["a", "b", "c", "ab", "A1", "long enough", "é"],
}
TEXTS = ["", "", "-", "n/d", "a", "b", "ab", "A1", "é", "😀", "a\nb", "a\n", "x\r\ny", '"', "a,b", " a", "a ", "'", "´",
         "٣"]
NUMBERS = ["0", "1", "1.0", "01", "-1", "-0", "+1", "1e2", "1_0", "10", "3", "5", "5.00", "9999999999999999", "0.1",
           ".5", "5.", "NaN", "inf", " 1", "1 ", "-", "", "٣", "3.14159265358979323846", "1,5", "1" * 30]
DATES = ["2020-01-01", "2020-1-1", "2020-02-30", "2020-12-31", "0000-01-01", "0001-01-01", "9999-12-31", "2020-13-01",
         "20200101", "2020-01-01 ", "", "-", "2020-01-01T00:00:00Z", "٢٠٢٠-٠١-٠١"]
OTHERS = ["true", "false", "True", "0", "1", "yes", "", "-", "2020", "2020-01", "2020-13", "10:00:00", "24:00:00",
          "1999"]
CELLS: Mapping[str, list[str]] = {
    "string": TEXTS, "number": NUMBERS, "integer": NUMBERS, "date": DATES, "boolean": OTHERS, "year": OTHERS,
    "yearmonth": OTHERS, "time": OTHERS, "any": TEXTS, "datetime": DATES,
}
PATTERNS = ["[a-z]+", "a|b", "(a|b)+", "[^a]", ".", ".*", r"\w+", r"a\nb|a", "[A-Z][0-9]{1}", "a{0,2}b?",
            "a$", "^a", r"[\d]", "[[:alpha:]]", "(a)|b+?", "a{,2}", r"\.", "é", "a++", "[a&&b]", r"a\x62", "", "[^\n]*"]


def constraints_of(kind: str) -> SearchStrategy[dict[str, Any]]:
    """Constraints that Table Schema allows for a type."""
    cells = [cell for cell in CELLS[kind] if cell.strip() == cell and cell not in ("", "-", "1,5", "2020-13-01")]
    limit = st.sampled_from({"number": ["0", "1.0", "5"], "integer": ["0", "5"], "date": ["2020-01-01", "2020-12-31"],
                             "year": ["2000"]}.get(kind, [""]))
    known: dict[str, SearchStrategy[Any]] = {"required": st.booleans(), "unique": st.sampled_from([False, False, True])}
    if kind == "string":
        known |= {"pattern": st.sampled_from(PATTERNS), "minLength": st.integers(0, 2), "maxLength": st.integers(0, 3),
                  "enum": st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6, unique=True)}
    if kind in ("number", "integer", "date", "year"):
        known |= dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), limit)
    if kind in ("integer", "boolean"):
        known |= {"enum": st.lists(st.sampled_from(cells[:3]), min_size=1, unique=True)}
    return st.fixed_dictionaries({}, optional=known)


@st.composite
def tables(draw: DrawFn, name: str, others: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A resource with its rows: {"name", "schema", "rows"}; foreign keys point to itself or to one of the others."""
    fields = []
    for column in string.ascii_lowercase[: draw(st.integers(1, 4))]:
        kind = draw(st.sampled_from(["string", "number", "date", "integer"] * 4 + list(CELLS)))
        field = {"name": column, "type": kind, "constraints": draw(constraints_of(kind))}
        if kind == "string" and draw(st.integers(0, 9)) == 0:
            field["format"] = draw(st.sampled_from(["email", "uri", "default"]))
        fields.append(field)
    plain = [PLAIN_CELLS[str(field["type"])] for field in fields]
    rows = [list(row) for row in draw(st.lists(st.tuples(*map(st.sampled_from, plain)), max_size=12))]
    # A few cells are spoilt, so that there is something to let through and something to hold back.
    for _ in range(draw(st.integers(0, 3))) if rows else ():
        column = draw(st.integers(0, len(fields) - 1))
        hostile = st.sampled_from(CELLS[str(fields[column]["type"])]) | st.text(max_size=3)
        rows[draw(st.integers(0, len(rows) - 1))][column] = draw(hostile.filter(lambda text: "\0" not in text))
    schema: dict[str, Any] = {"fields": fields, "missingValues": draw(st.sampled_from([[""], ["", "-"], ["n/d"], []]))}
    names = [str(field["name"]) for field in fields]
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        target = draw(st.sampled_from([name, *others]))
        there = [field["name"] for field in (schema if target == name else others[target]["schema"])["fields"]]
        size = draw(st.integers(1, min(2, len(there), len(names))))
        pick = [draw(st.lists(st.sampled_from(some), min_size=size, max_size=size, unique=True))
                for some in (names, there)]
        schema["foreignKeys"] = [{"fields": pick[0], "reference": {"resource": target, "fields": pick[1]}}]
    return {"name": name, "schema": schema, "rows": rows}


@st.composite
def packages(draw: DrawFn) -> list[dict[str, Any]]:
    """One to three tables, later ones pointing to earlier ones."""
    made: dict[str, dict[str, Any]] = {}
    for name in ("one", "two", "three")[: draw(st.integers(1, 3))]:
        made[name] = draw(tables(name, made))
    return list(made.values())


def write(folder: Path, made: list[dict[str, Any]]) -> Path:
    """The package on disk, as the release writes it."""
    resources = []
    for table in made:
        data = csv_bytes([field["name"] for field in table["schema"]["fields"]], table["rows"])
        (folder / f"{table['name']}.csv").write_bytes(data)
        resources.append({
            "name": table["name"], "type": "table", "path": f"{table['name']}.csv", "scheme": "file", "format": "csv",
            "encoding": "utf-8", "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\n"}, "schema": table["schema"],
        })
    path = folder / "datapackage.json"
    schema = "https://datapackage.org/profiles/2.0/datapackage.json"
    path.write_text(json.dumps({"$schema": schema, "name": "x", "resources": resources}), "utf-8")
    return path


def datasets(made: list[dict[str, Any]]) -> dict[str, Dataset]:
    return {item["name"]: Dataset(item["name"], {"primaryKey": [], **item["schema"]}, {}, None, ()) for item in made}


# `make soak` looks for new packages; otherwise they are the same each time. Python warns of patterns like [[:x:]].
@pytest.mark.filterwarnings("ignore:Possible (nested set|set difference):FutureWarning")
@given(packages())
@settings(max_examples=tries(40), derandomize=not SOAK, deadline=None,
          suppress_health_check=[HealthCheck.too_slow])
def test_the_findings_are_those_of_frictionless(made: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        path, known = write(Path(folder), made), datasets(made)
        lines: dict[str, list[int | None]] = {
            table["name"]: [2 * place + 7 for place in range(len(table["rows"]))] for table in made
        }
        assert check_package(path, known, lines) == judge(path, known, lines)


def projects(count: int) -> list[dict[str, Any]]:
    """Actions, and projects that point to them and to a project before them; nothing is wrong."""
    text = {"type": "string", "constraints": {"required": True}}
    return [
        {"name": "actions", "rows": [["a"], ["b"], ["c"]],
         "schema": {"fields": [{"name": "action", **text}], "primaryKey": ["action"]}},
        {"name": "projects", "rows": [[f"p{n}", "abc"[n % 3], f"{n}.50", f"p{n // 2}"] for n in range(count)],
         "schema": {
             "fields": [{"name": "code", "type": "string", "constraints": {"pattern": "p[0-9]+"}},
                        {"name": "action", **text}, {"name": "paid", "type": "number"}, {"name": "after", **text}],
             "primaryKey": ["code"],
             "foreignKeys": [{"fields": ["action"], "reference": {"resource": "actions", "fields": ["action"]}},
                             {"fields": ["after"], "reference": {"resource": "", "fields": ["code"]}}],
         }},
    ]


def test_nothing_wrong_leaves_nothing_to_look_at(tmp_path: Path) -> None:
    made = projects(100)
    (tmp_path / "left").mkdir()
    assert suspects(write(tmp_path, made), {"actions": 3, "projects": 100}, tmp_path / "left") == {}


def test_what_may_be_wrong_is_left_with_what_it_points_to(tmp_path: Path) -> None:
    made = projects(100)
    rows = made[1]["rows"]
    rows[40][2] = "1e5"  # p40 comes after p20, p20 after p10 … and p0 after itself
    rows[99][0] = "p98"  # doubles
    (tmp_path / "left").mkdir()
    found = suspects(write(tmp_path, made), {"actions": 3, "projects": 100}, tmp_path / "left")
    # p99 points to p49, as p98 does; 49, 24, 12, 6, 3, 1, 0 on one way, 40, 20, 10, 5, 2, 1, 0 on the other.
    assert [row - 1 for row in found["projects"]] == sorted({40, 20, 10, 5, 2, 1, 0, 98, 99, 49, 24, 12, 6, 3})
    assert found["actions"] == [1, 2, 3]


def test_a_file_that_is_not_the_one_described_is_looked_at_as_it_is(tmp_path: Path) -> None:
    made = projects(3)
    path = write(tmp_path, made)
    (tmp_path / "actions.csv").write_text("action\na\nb\nd\n", "utf-8")
    lines: dict[str, list[int | None]] = {"actions": [2, 3, 4], "projects": [2, 3, 4]}
    found = check_package(path, datasets(made), lines)
    assert [(item.dataset, item.check) for item in found] == [
        ("actions", "package"), ("projects", "unknown-reference")
    ]
    assert found == judge(path, datasets(made), lines)
