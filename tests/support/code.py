"""Our own Python, each file read and parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from support.repository import ROOT

# Ground floor first. A module imports only from floors below its own, or from its own room (its folder).
FLOORS = (
    {"meta"},
    {"runtime", "domain"},
    {"recipes", "checks", "exports", "spreadsheets"},
    {"sources", "national"},
    {"releases", "web"},
    {"commands"},
    {"__main__"},
)


@cache
def python_files() -> list[Path]:
    """Our own Python, the tests included."""
    files = [*ROOT.glob("etl/**/*.py"), *ROOT.glob("site/**/*.py"), *ROOT.glob("tests/**/*.py")]
    return sorted(path for path in files if "node_modules" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of everything that a file imports, wherever in the file it does so."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)}:{node.lineno}: relative import; write the whole name"
            found.append((node.lineno, node.module or ""))
            found += ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
    return found


def house_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room (module or package right below etl) of each import of our own code."""
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] == "etl" and len(parts) > 1:
            yield line, parts[1]
