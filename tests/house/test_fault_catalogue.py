"""docs/faults.md names a test for each fault, SECURITY.md one for each promise: every one of them exists."""

from __future__ import annotations

import ast
import re

import pytest
from support.code import tree
from support.repository import ROOT

TABLE = (ROOT / "docs" / "faults.md").read_text("utf-8")


@pytest.mark.parametrize("path", ["docs/faults.md", "SECURITY.md"])
def test_every_test_that_a_catalogue_names_exists(path: str) -> None:
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", (ROOT / path).read_text("utf-8"))
    assert len(named) > 30
    paths = {path.name: path for path in (ROOT / "tests").glob("*/test_*.py")}
    missing = []
    for file, name in named:
        functions = {node.name for node in ast.walk(tree(paths[file]))
                     if isinstance(node, ast.FunctionDef)} if file in paths else set()
        if not functions or (name and name not in functions):
            missing.append(f"{file}::{name}")
    assert missing == []


def test_every_row_has_a_test_or_a_reason() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")][1:]
    rows = [line.split("|")[1:-1] for line in lines]
    assert all(test.strip() or "do not apply" in must for _, must, test in rows)


def test_every_actor_and_every_gate_has_a_test() -> None:
    lines = [line for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = [line.split("|")[1:-1] for line in lines if not line.startswith(("| Who |", "| Gate |"))]
    assert len(rows) > 12
    assert [cells[0].strip() for cells in rows if not re.match(r" `test_\w+\.py", cells[-1])] == []
