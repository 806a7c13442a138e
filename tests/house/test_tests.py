"""The rules of the tests: none stands on another, and the quick ones load nothing that they do not need."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from support.code import imports, python_files, relative
from support.repository import ROOT, TESTS

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
            if name.split(".")[0] in files] == []


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
