"""The line of progress: on a terminal only, and gone when the work is done."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from support.repository import ROOT

from etl.runtime.receipt import write_receipt

pytestmark = pytest.mark.slow


def said_on_a_terminal(*words: str, **environment: str) -> str:
    """What a command writes on a terminal, apart from its result."""
    ours, its = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "CI"} | {"TERM": "xterm"}
    subprocess.run([sys.executable, "-m", "etl", *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=its,
                   env=plain | environment, check=True)
    os.write(its, b"\n")  # so that there is something to read
    try:
        return os.read(ours, 10_000).decode()
    finally:
        os.close(ours)
        os.close(its)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("x", "utf-8")
    write_receipt(tmp_path, {"date": "2026-11-25"})
    return tmp_path


def test_a_terminal_is_told_what_is_done(site: Path) -> None:
    said = said_on_a_terminal("verify", str(site))
    assert "… Confronto con la ricevuta / Comparing with the receipt" in said
    assert said.strip().endswith("\x1b[2K"), "the line is taken away"


def test_ci_and_pipes_are_told_the_result_only(site: Path) -> None:
    assert said_on_a_terminal("verify", str(site), CI="true").strip() == ""
    run = subprocess.run([sys.executable, "-m", "etl", "verify", str(site)], cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
