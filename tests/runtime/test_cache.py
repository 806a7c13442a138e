"""A cache that is lost or spoilt costs time, never a finding."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support.repository import copy_repository

from etl.commands.build import build
from etl.commands.check import check
from etl.runtime.cache import cache_key, read_cache, write_cache
from etl.runtime.receipt import site_files
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


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the miniature repository."""
    return shutil.copytree(Path(__file__).parents[1] / "tiny", tmp_path / "tiny")


def checked(root: Path, processors: int = 8) -> tuple[str, str]:
    """The findings of a repository, and which slow libraries were needed, once it has at most so many processors."""
    command = [sys.executable, "-c", CHECK, str(root), str(processors)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout, run.stderr


@pytest.mark.parametrize("spoil", [b"", b"not what was written\n{}", None])
def test_expectations_are_not_run_twice_on_the_same_table(tiny: Path, spoil: bytes | None) -> None:
    cache = tiny / "build" / "cache" / "expectations.json"
    first = checked(tiny)
    assert first[1] == "great_expectations is loaded\n"
    assert checked(tiny) == (first[0], "")
    cache.write_bytes(cache.read_bytes()[:-7] + b'","x": {' if spoil is None else spoil)
    assert checked(tiny) == first


def test_the_collector_stays_off_until_the_last_who_wants_it_off_has_ended() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_one_processor_finds_what_more_find(tiny: Path) -> None:
    alone = checked(tiny, 1)
    shutil.rmtree(tiny / "build")
    assert checked(tiny) == alone
    assert "ExpectColumn" in alone[0]


def test_what_a_process_knows_already_is_kept_in_every_cache(tiny: Path, tmp_path: Path) -> None:
    for place in (tiny, shutil.copytree(tiny, tmp_path / "other")):
        check(place, date(2026, 1, 1))
        assert read_cache(place / "build" / "cache" / "expectations.json")


def test_another_table_is_checked_anew(tiny: Path) -> None:
    checked(tiny)
    path = tiny / "datasets" / "source" / "bookings.csv"
    path.write_text(path.read_text("utf-8").replace("10.00", "11.00"), "utf-8")
    assert checked(tiny)[1] == "great_expectations is loaded\n"


def test_a_folder_that_cannot_be_written_has_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    write_cache(tmp_path / "file" / "cache.json", [1])
    assert read_cache(tmp_path / "file" / "cache.json") is None
    write_cache(tmp_path / "folder" / "cache.json", {"a": ["è"]})
    assert read_cache(tmp_path / "folder" / "cache.json") == {"a": ["è"]}
    assert cache_key("ab", "c") != cache_key("a", "bc")


def test_a_site_is_the_same_with_and_without_caches(tmp_path: Path) -> None:
    place = copy_repository(tmp_path / "place")
    kept = place / "build" / "cache"
    kept.unlink()
    sites = []
    for name in ("without", "with"):
        build(place, tmp_path / name, None, date(2026, 11, 25), lambda _: None)
        sites.append(site_files(tmp_path / name))
        assert {"expectations.json", "templates.json", "codes.json"} <= {path.name for path in kept.iterdir()}
    assert sites[0] == sites[1]
