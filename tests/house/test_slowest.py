"""What the last whole run took is known, or nothing is; the slowest tests are told by name."""

from __future__ import annotations

import runpy
from pathlib import Path

from support.durations import by_file, known
from support.repository import TESTS

X, Y = "tests/a/test_x.py", "tests/b/test_y.py"
SPENT = {f"{X}::test_one[1]": 3.0, f"{Y}::test_two": 2.5, f"{X}::test_three": 1.0}


def test_a_run_that_is_not_known_has_no_order(tmp_path: Path) -> None:
    (tmp_path / "spoilt.json").write_text("{", "utf-8")
    assert known(tmp_path / "spoilt.json") == known(tmp_path / "none.json") == {}
    assert by_file({})[X] == 0
    assert by_file(SPENT).most_common() == [(X, 4.0), (Y, 2.5)]


def test_the_bench_lists_the_slowest() -> None:
    lines = runpy.run_path(str(TESTS / "bench" / "slowest.py"))["lines"]
    assert lines(SPENT, 1) == [
        "All tests: 6 s of their workers", "The slowest 1 tests:", f"     3.0 s  {X}::test_one[1]",
        "The slowest 1 files:", f"     4.0 s  {X}"]
    assert "make test" in lines({}, 20)[0]
