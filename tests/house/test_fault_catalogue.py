"""docs/faults.md names a test for each fault: every one of them exists."""

from __future__ import annotations

import ast
import re

from support.code import tree
from support.repository import ROOT

TABLE = (ROOT / "docs" / "faults.md").read_text("utf-8")


def test_every_test_that_the_catalogue_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", TABLE)
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
