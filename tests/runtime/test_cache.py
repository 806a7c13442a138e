"""A cache that is lost or spoilt costs time, never a finding."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support.repository import TINY

from etl.commands.check import check
from etl.runtime.cache import cache_key, kept_in, read_cache, write_cache
from etl.runtime.workers import uncollected

pytestmark = pytest.mark.slow

CHECK = """
import os, sys
from datetime import date
from pathlib import Path
class Watch:
    def find_spec(self, name, *_):
        if name in ("great_expectations", "frictionless"):
            os.write(2, f"{name} is loaded\\n".encode())


sys.meta_path.insert(0, Watch())
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(sys.argv[2])])
from etl.commands.check import check
print(list(map(repr, check(Path(sys.argv[1]), date(2026, 1, 1)).findings)))
"""


LAST = """
import sys
from contextlib import nullcontext
from etl.runtime.workers import last

class Told:
    def __del__(self):
        sys.stdout.write("taken apart")

class Holder:
    held = Told()

with last() if sys.argv[1] == "last" else nullcontext():
    Holder.itself = Holder
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the miniature repository."""
    return shutil.copytree(TINY, tmp_path / "tiny")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str]]:
    """The miniature repository after its first check, and what was found and loaded."""
    folder = shutil.copytree(TINY, tmp_path_factory.mktemp("first") / "tiny")
    return folder, checked(folder)


@pytest.fixture
def known(first: tuple[Path, tuple[str, str]], tmp_path: Path) -> Path:
    """A copy of it, to spoil."""
    return shutil.copytree(first[0], tmp_path / "tiny")


def checked(root: Path, processors: int = 8) -> tuple[str, str]:
    """The findings of a repository, and which slow libraries were needed, once it has at most so many processors."""
    command = [sys.executable, "-c", CHECK, str(root), str(processors)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout, run.stderr


def test_expectations_are_not_run_twice_on_the_same_table(first: tuple[Path, tuple[str, str]], known: Path) -> None:
    cache = known / "build" / "cache" / "expectations.json"
    found = first[1]
    assert found[1] == "great_expectations is loaded\n"
    assert checked(known) == (found[0], "")
    cache.write_bytes(cache.read_bytes()[:-7] + b'","x": {')
    assert checked(known) == found


def test_frictionless_is_not_run_twice_on_the_same_tables(known: Path) -> None:
    path = known / "datasets" / "source" / "rooms.csv"
    path.write_text(path.read_text("utf-8").replace(",20,", ",-20,"), "utf-8")
    found = checked(known)
    assert "frictionless is loaded" in found[1]
    assert "-20" in found[0]
    same = checked(known)
    assert same[0] == found[0]
    assert "frictionless" not in same[1]
    path.write_text(path.read_text("utf-8").replace(",-20,", ",-21,"), "utf-8")
    again = checked(known)
    assert "frictionless is loaded" in again[1]
    assert "-21" in again[0]


@pytest.mark.parametrize("spoilt", [b"", b"not what was written\n{}", None])
def test_a_spoilt_cache_is_none(tmp_path: Path, spoilt: bytes | None) -> None:
    path = tmp_path / "cache.json"
    write_cache(path, {"a": [1, 2]})
    assert read_cache(path) == {"a": [1, 2]}
    path.write_bytes(path.read_bytes()[:-2] + b"3]" if spoilt is None else spoilt)
    assert read_cache(path) is None


def test_bytes_are_kept_under_what_they_depend_on_and_nothing_else_is_taken(tmp_path: Path) -> None:
    made: list[bytes] = []

    def make() -> bytes:
        made.append(b"made \xff")
        return made[-1]

    one, other = cache_key("one"), cache_key("other")
    assert [kept_in(tmp_path, one, make), kept_in(tmp_path, one, make)] == [b"made \xff"] * 2
    assert len(made) == 1
    (tmp_path / one).write_bytes((tmp_path / one).read_bytes()[:-1])
    assert kept_in(tmp_path, one, make) == b"made \xff"
    (tmp_path / one).rename(tmp_path / other)  # whole, but of something else
    assert kept_in(tmp_path, other, lambda: b"other") == b"other"
    assert [kept_in(None, one, make), kept_in(None, one, make)] == [b"made \xff"] * 2
    assert len(made) == 4


def test_a_name_holds_what_was_asked_for_last(tmp_path: Path) -> None:
    assert [kept_in(tmp_path, key, key.encode, "name") for key in ("one", "other")] == [b"one", b"other"]
    assert [path.name for path in tmp_path.iterdir()] == ["name"]
    assert kept_in(tmp_path, "other", bytes, "name") == b"other"
    assert kept_in(tmp_path, "one", bytes, "name") == b""


def test_the_collector_stays_off_until_the_last_who_wants_it_off_has_ended() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.parametrize(("work", "said"), [("last", ""), ("any", "taken apart")])
def test_what_the_last_work_leaves_is_not_taken_apart(work: str, said: str) -> None:
    run = subprocess.run([sys.executable, "-c", LAST, work], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == (said, "")


def test_one_processor_finds_what_more_find(first: tuple[Path, tuple[str, str]], tiny: Path) -> None:
    alone = checked(tiny, 1)
    assert alone == first[1]
    assert "empty-cell" in alone[0]


def test_what_a_process_knows_already_is_kept_in_every_cache(tiny: Path, tmp_path: Path) -> None:
    for place in (tiny, shutil.copytree(tiny, tmp_path / "other")):
        check(place, date(2026, 1, 1))
        assert read_cache(place / "build" / "cache" / "expectations.json")


def test_another_table_is_checked_anew(known: Path) -> None:
    path = known / "datasets" / "source" / "bookings.csv"
    path.write_text(path.read_text("utf-8").replace("10.00", "11.00"), "utf-8")
    assert checked(known)[1] == "great_expectations is loaded\n"


def test_a_folder_that_cannot_be_written_has_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    write_cache(tmp_path / "file" / "cache.json", [1])
    assert read_cache(tmp_path / "file" / "cache.json") is None
    write_cache(tmp_path / "folder" / "cache.json", {"a": ["è"]})
    assert read_cache(tmp_path / "folder" / "cache.json") == {"a": ["è"]}
    assert cache_key("ab", "c") != cache_key("a", "bc")
