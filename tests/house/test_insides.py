"""Nothing of a library's inside: no private name of another's, no stub of its modules, nothing put into them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest
from support.code import imports, python_files, relative, tree
from support.repository import ROOT

OURS = {"etl", *(path.stem for path in ROOT.glob("tests/**/*.py")), *(path.name for path in ROOT.glob("tests/*/"))}
ITSELF = ("self", "cls")
OPEN = ("os.environ[", "sys.dont_write_bytecode")
"""What is there to be changed."""
DOCUMENTED = "_exit"
"""Of `os`: the name looks private, and is not."""


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in ("_", DOCUMENTED)


def root(node: ast.AST) -> str:
    """The name at the start of `name.a.b[c]`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def foreign_names(nodes: Sequence[ast.AST]) -> set[str]:
    """The names in a file that stand for something imported from outside of the house."""
    found = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= dict.fromkeys((alias.asname or alias.name for alias in node.names), node.module or "")
    return {name for name, module in found.items() if module.split(".")[0] not in OURS}


def own_names(nodes: Sequence[ast.AST]) -> set[str]:
    """The private names that a file defines: functions, fields of classes, what it puts into `self`."""
    return {
        name for node in nodes
        if (name := node.name if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else node.attr if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            else node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else "")
    }


def touched(code: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Where a file reaches into something that is not its own, and what it does there."""
    nodes = [*ast.walk(code)]
    own, foreign = own_names(nodes), foreign_names(nodes)
    for node in nodes:
        if isinstance(node, ast.Attribute) and (private(node.attr) or node.attr == "__dict__"):
            if not (isinstance(node.value, ast.Name) and node.value.id in ITSELF and node.attr in own):
                yield node, f"asks for {node.attr}"
        elif isinstance(node, ast.Call) and root(node.func) in ("getattr", "setattr", "delattr"):
            name = node.args[1] if len(node.args) > 1 else None
            if isinstance(name, ast.Constant) and private(str(name.value)):
                yield node, f"asks for {name.value}"
            elif root(node.func) != "getattr" and root(node.args[0]) in foreign:
                yield node, f"changes {ast.unparse(node.args[0])}"
        if (isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
                and root(node) in foreign and not ast.unparse(node).startswith(OPEN)):
            yield node, f"changes {ast.unparse(node)}"


def inside(code: ast.Module) -> list[str]:
    """What a file does that nobody outside of a library should: line and words."""
    return [f"{getattr(node, 'lineno', 0)}: {what}" for node, what in touched(code)]


def test_no_private_name_of_a_library_and_nothing_put_into_one() -> None:
    found = [f"{relative(path)}:{place}" for path in python_files() for place in inside(tree(path))]
    found += [
        f"{relative(path)}:{line}: imports {name}" for path in python_files() for line, name in imports(path)
        if name.split(".")[0] not in (*OURS, "__future__") and any(map(private, name.split(".")))
    ]
    assert found == []


def test_no_class_of_ours_takes_the_place_of_a_private_method() -> None:
    taken = []
    for path in sorted(ROOT.glob("etl/**/*.py")):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ClassDef) or not node.bases:
                continue
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            own = {item.name for item in node.body if isinstance(item, ast.FunctionDef) and private(item.name)}
            for base in getattr(module, node.name).__mro__[1:]:
                if base.__module__.split(".")[0] != "etl":
                    taken += [f"{relative(path)}: {node.name}.{name}" for name in own & vars(base).keys()]
    assert taken == []


@pytest.mark.parametrize("text", [
    "import jinja2\njinja2.runtime.escape = str", "import sys\nsys.modules['altair'] = None",
    "import sys\ndel sys.modules['altair']", "from frictionless import helpers\nhelpers.snakecase = cache",
    "import jinja2\nsetattr(jinja2, 'escape', str)", "file.__dict__.pop('url')", "getattr(macro, '_func')",
    "class Macro(Base):\n    def call(self):\n        return self._func()", "super()._output()", "thing._func = 1",
])
def test_the_rule_finds_what_it_is_for(text: str) -> None:
    assert inside(ast.parse(text))


def test_the_rule_lets_our_own_be() -> None:
    ours = "class A:\n    def __init__(self):\n        self._a = 1\n    def b(self):\n        self._a"
    assert inside(ast.parse(ours)) == []
    assert Path(__file__).name.removesuffix(".py") in OURS
