"""Help where people look for it: `make help`, and the words that a shell completes."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from support.repository import ROOT

from etl.commands import NAMES


def test_make_help_says_every_target_and_runs_none() -> None:
    run = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = dict(re.findall(r"^make (\S+) +(\S.*)$", run.stdout, re.M))
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert list(told) == targets
    assert {"site", "check", "test", "help"} <= set(told)
    assert len(run.stdout.splitlines()) == len(targets)
    assert told["site"].startswith("build the complete site")


def completed(words: str) -> list[str]:
    """What a shell offers for the last of the words."""
    environment = {"_ABITARE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    run = subprocess.run([sys.executable, "-m", "etl"], cwd=ROOT, capture_output=True, text=True, check=True,
                         env={"PYTHONPATH": str(ROOT), **environment})
    return [line.partition(",")[2] for line in run.stdout.splitlines()]


@pytest.mark.slow
def test_the_shell_completes_commands_and_options() -> None:
    assert completed("abitare ") == list(NAMES)
    assert completed("abitare nat") == ["national"]
    assert "--format" in completed("abitare check --f")
    assert "html" in completed("abitare check --format ")
