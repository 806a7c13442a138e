"""Typst: a process of its own, and nothing made twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.repository import ROOT

from etl.web.theme import print_fonts
from etl.web.typesetting import Press, TypesettingError

pytestmark = pytest.mark.slow
SHEET = '#set text(font: "Titillium Web")\nA sheet'
# As a build does: one process typesets, is copied, and its copies typeset too.
COPIED = """
import sys
from pathlib import Path
from etl.runtime.workers import in_parts
from etl.web.typesetting import Press

def sheet(part, parts=0):
    with Press(Path(sys.argv[1]) / str(part), Path(sys.argv[2])) as press:
        return press.made(f"Sheet {part}", {}, format="pdf", timestamp=0)[0][:4]

if __name__ == "__main__":
    print(sheet(9), *in_parts(sheet, 2))
"""


@pytest.fixture(scope="module")
def fonts() -> Path:
    return print_fonts(ROOT / "build" / "cache")


def test_copies_of_a_process_that_has_typeset_do_not_wait_for_ever(tmp_path: Path, fonts: Path) -> None:
    program = tmp_path / "copied.py"
    program.write_text(COPIED)
    done = subprocess.run([sys.executable, str(program), str(tmp_path), str(fonts)], cwd=ROOT, timeout=120,
                          env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["b'%PDF'"] * 3, "")


def test_what_was_made_is_kept_until_nobody_asks_for_it(tmp_path: Path, fonts: Path) -> None:
    with Press(tmp_path / "kept", fonts) as press:
        first, second = press.made(f"{SHEET}#pagebreak()Its second page", {}, format="png", ppi=36.0)
        other = press.made(SHEET, {}, format="png", ppi=36.0)
        assert first.startswith(b"\x89PNG")
        assert first != second
        assert other == press.made(SHEET, {}, format="png", ppi=36.0)
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "kept").iterdir()}
    assert len(kept) == 2
    with Press(tmp_path / "kept", fonts) as press:
        assert press.made(SHEET, {}, format="png", ppi=36.0) == other
    [left] = (tmp_path / "kept").iterdir()
    assert left.stat().st_mtime_ns == kept[left.name]


def test_what_cannot_be_made_is_told_and_leaves_nothing(tmp_path: Path, fonts: Path) -> None:
    with Press(tmp_path / "kept", fonts) as press, pytest.raises(TypesettingError, match="unknown variable"):
        press.made("#nothing-like-it", {}, format="pdf")
    assert not (tmp_path / "kept").exists()
