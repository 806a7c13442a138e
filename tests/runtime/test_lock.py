"""One command at a time: who comes second is told who is first; who dies holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support.repository import ROOT

from etl.meta.errors import PublishError
from etl.runtime.lock import REPOSITORY, locked, repository

HOLD = """
import os, sys, time
from pathlib import Path
from etl.runtime.lock import repository
with repository(Path(sys.argv[1]), "build", shared=len(sys.argv) > 2):
    if not os.fork():
        time.sleep(30)  # a copy that outlives its parent
        os._exit(0)
    print("held", flush=True)
    time.sleep(30)
"""


def tried(root: Path, shared: bool = False) -> str:
    """What another thread is told that wants the lock of a repository; "" when it got it."""
    told = []

    def work() -> None:
        try:
            with repository(root, "fetch", shared):
                told.append("")
        except PublishError as error:
            told.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return told[0]


def test_who_comes_second_is_told_who_is_first_in_both_languages(tmp_path: Path) -> None:
    with repository(tmp_path, "build"):
        for shared in (False, True):
            said = tried(tmp_path, shared)
            assert said.startswith(f"{tmp_path}: un altro comando è al lavoro / another command is at work (abitare ")
            assert f"abitare build, process {os.getpid()} on " in said
            assert said.endswith("Riprova quando ha finito / Try again when it has ended.")
    assert tried(tmp_path) == ""
    assert not (tmp_path / REPOSITORY).exists()


def test_many_read_and_none_writes_meanwhile(tmp_path: Path) -> None:
    with repository(tmp_path, "publish", shared=True):
        assert tried(tmp_path, shared=True) == ""
        assert "another command is at work" in tried(tmp_path)
    assert tried(tmp_path) == ""


def test_a_command_that_calls_another_gets_its_lock_once_more(tmp_path: Path) -> None:
    with repository(tmp_path, "fetch"), repository(tmp_path, "inbox"):
        assert "abitare fetch" in tried(tmp_path)
    assert tried(tmp_path) == ""


def test_an_error_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(KeyError), repository(tmp_path, "build"):
        raise KeyError
    assert tried(tmp_path) == ""


def test_a_lock_that_is_a_link_or_a_folder_is_refused_and_nothing_behind_it_is_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("tesi", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        with pytest.raises(PublishError, match="cannot be written"), locked(tmp_path / name, "build", tmp_path):
            pass
    with pytest.raises(PublishError, match="not a lock of this program"), locked(tmp_path / "mine", "build", tmp_path):
        pass
    assert (tmp_path / "mine").read_text("utf-8") == "tesi"


@pytest.mark.slow
@pytest.mark.parametrize("shared", [[], ["shared"]])
def test_who_is_killed_holds_nothing_even_when_a_copy_of_it_lives_on(tmp_path: Path, shared: list[str]) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path), *shared], stdout=subprocess.PIPE, cwd=ROOT,
                          start_new_session=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        assert f"process {holder.pid} on" in tried(tmp_path)
        holder.kill()
        holder.wait()
        time.sleep(0.05)
        assert tried(tmp_path) == ""
        os.killpg(holder.pid, signal.SIGKILL)


def test_threads_that_count_one_after_the_other_count_all(tmp_path: Path) -> None:
    """The file of the lock comes and goes all the time: two must never hold two files of one name."""
    inside, most, done = [0], [0], []

    def work() -> None:
        while len(done) < 60:
            try:
                with repository(tmp_path, "build"):
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                    inside[0] -= 1
                    done.append(1)
            except PublishError:
                time.sleep(0)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
