"""The rules of the tests: none stands on another, quick ones load only what they need, and none but those of the place
knows which city it is in."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from support.code import imports, python_files, relative
from support.repository import ROOT, TESTS

# What is true of this city alone, in pieces: this file does not hold what it forbids.
WORDS = ("mil-an", r"\bMI-\d\.", "sic-et", "015-146", "201-29", "lomb-ard", "ambr-ogio")
OF_THIS_CITY = re.compile("|".join(WORDS).replace("-", ""), re.I)
FREE = ("place/", "borgo/", "commands/test_init.py", "bench/", "audit/", "tools/", "picture.py")
"""The city's own facts (`abitare init` takes them away), what searches for them elsewhere, what measures its site."""
HEAVY = {"playwright", "hypothesis", "great_expectations", "schemathesis"}
QUICK = re.search(r"(?m)^pure:\n.* -m pytest (.*)$", (ROOT / "Makefile").read_text("utf-8"))
COLLECT = """
import sys
import pytest
said = pytest.main(["--collect-only", "--quiet", *sys.argv[1:]])
print("\\nloaded:", *sorted(sys.modules))
sys.exit(said)
"""


def test_no_test_stands_on_another() -> None:
    """What two files of tests share is in tests/support, or in a conftest.py."""
    files = {path.stem for path in TESTS.glob("*/test_*.py")}
    assert [f"{relative(path)}:{line}" for path in python_files() for line, name in imports(path)
            if files & set(name.split("."))] == []


@pytest.mark.slow
def test_quick_tests_load_no_browser_and_no_hypothesis() -> None:
    assert QUICK
    command = [sys.executable, "-c", COLLECT, *shlex.split(QUICK[1])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-2000:]
    found, _, loaded = run.stdout.partition("loaded:")
    assert HEAVY & set(loaded.split()) == set()
    assert found.count("::") > 800


def test_property_tests_have_files_of_their_own() -> None:
    here = {path for path in TESTS.glob("*/test_*.py") if not path.stem.endswith("_properties")}
    assert [relative(path) for path in here for _, name in imports(path) if name == "support.properties"] == []


def test_only_the_tests_of_the_place_know_its_facts() -> None:
    files = [path for path in TESTS.rglob("*") if path.suffix in (".py", ".csv", ".json", ".toml", ".txt")]
    named = {path.relative_to(TESTS).as_posix(): path for path in files}
    found = [f"{name}:{number}: {line.strip()[:80]}" for name, path in sorted(named.items())
             if not name.startswith(FREE) and "node_modules" not in name
             for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if OF_THIS_CITY.search(line)]
    assert found == []
