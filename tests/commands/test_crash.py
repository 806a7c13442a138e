"""Killed at any moment: what is published stays whole, and the next run goes on as if nothing had happened."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from support.borgo import ONE_LANGUAGE, copy_borgo
from support.kills import killed
from support.publications import home, make_site
from support.repository import ROOT, SOAK

from etl.commands.publish import publish
from etl.commands.rollback import rollback
from etl.meta.errors import PublishError
from etl.releases.server import current, withdrawn
from etl.runtime import workers
from etl.runtime.files import STAGED, finish_writing, write_together
from etl.runtime.receipt import verify

pytestmark = pytest.mark.slow

def killed_at_each_step(act: Callable[[], object]) -> Iterator[int]:
    """Do something again and again, killed one step later each time, until it ends by itself."""
    for step in range(1, 500):
        if not killed(step, act):
            assert step > 5, "there was nothing that could be stopped"
            return
        yield step
    pytest.fail("it never ended")


def test_a_publication_killed_at_any_step_leaves_a_whole_site(tmp_path: Path) -> None:
    to = tmp_path / "public"
    sites = [make_site(tmp_path / f"site{number}", number) for number in (1, 2)]
    publish(sites[0], to)
    turn = 1
    for _ in killed_at_each_step(lambda: publish(sites[1], to, keep=2)):
        assert home(to) in ("home 1", "home 2")
        assert verify(to / "current") == []
        if turn % 5 == 0:  # and now and then the run after it ends
            publish(sites[1], to, keep=2)
            assert (home(to), verify(to / "current")) == ("home 2", [])
            assert not list((to / "releases").glob(".abitare-*"))
            publish(sites[0], to, keep=2)
        turn += 1
    assert home(to) == "home 2"


def test_a_rollback_killed_at_any_step_leaves_a_whole_site_and_withdraws_what_was_left(tmp_path: Path) -> None:
    seen = set()
    for step in range(1, 500):
        to = tmp_path / f"public{step}"
        ids = [publish(make_site(tmp_path / f"site{number}", number), to) for number in (1, 2)]
        stopped = killed(step, partial(rollback, to))
        assert verify(to / "current") == []
        gone_back = home(to) == "home 1"
        assert ids.index(current(to) or "") == (0 if gone_back else 1)
        assert current(to) not in withdrawn(to)
        third = publish(make_site(tmp_path / "site3", 3), to)  # any later command settles what was left half done
        assert withdrawn(to) == ({ids[1]} if gone_back else set())
        assert rollback(to) == (ids[0] if gone_back else ids[1])
        assert withdrawn(to) == {third} | ({ids[1]} if gone_back else set())
        assert sorted(path.name for path in to.iterdir()) == ["current", "releases", "withdrawn.json"]
        seen.add(gone_back)
        if not stopped:
            break
    assert seen == {False, True}


OLD = {"release": {"a.csv": "a1", "b.csv": "b1", "gone.csv": "g"}, "versions": {"0/x.csv": "x"}}
NEW = {"release": {"a.csv": "a2", "b.csv": "b1", "new/c.csv": "c"}, "versions": {"0/x.csv": "x", "1/a.csv": "a1"}}


def content(folder: Path) -> dict[str, dict[str, str]]:
    return {part: {path.relative_to(folder / part).as_posix(): path.read_text("utf-8")
                   for path in sorted((folder / part).rglob("*")) if path.is_file()} for part in OLD}


def test_files_that_belong_together_come_together(tmp_path: Path) -> None:
    def write(folder: Path, parts: dict[str, dict[str, str]]) -> None:
        write_together(folder, {part: {name: text.encode() for name, text in files.items()}
                                for part, files in parts.items()})

    seen = set()
    for step in range(1, 200):
        folder = tmp_path / f"run{step}"
        write(folder, OLD)
        stopped = killed(step, partial(write, folder, NEW))
        finish_writing(folder)
        found = content(folder)
        assert found in (OLD, NEW), (step, found)
        assert not (folder / STAGED).exists()
        seen.add(found == NEW)
        if not stopped:
            assert found == NEW
            break
    assert seen == {False, True}


class Nights:
    """A repository in which something changes each night, and which is built and published."""

    def __init__(self, folder: Path, seed: int, built: Path) -> None:
        self.root, self.to = copy_borgo(folder / "city", settings=ONE_LANGUAGE, built=built), folder / "public"
        self.rng = random.Random(seed)  # noqa: S311 - which moment is no secret
        self.table = self.root / "datasets" / "source" / "desk_hours.csv"
        self.night, self.closes = 0, self.table.read_text("utf-8").split("\n")[1].split(",")[5]
        self.history: list[tuple[str, str, str]] = []

    def change(self) -> str:
        """Another closing hour for the first band; gives the day of the release."""
        day = (date(2027, 1, 1) + timedelta(days=self.night)).isoformat()
        self.night += 1
        lines = self.table.read_text("utf-8").split("\n")
        cells = lines[1].split(",")
        hour = f"{19 + self.night % 4}:{self.night % 60:02}"
        cells[5] = hour
        lines[1] = ",".join(cells)
        self.table.write_text("\n".join(lines), "utf-8")
        self.history.append((day, self.closes, hour))
        self.closes = hour
        return day

    def start(self, day: str) -> subprocess.Popen[bytes]:
        """Build and publish in a process group of its own."""
        words = [sys.executable, "-m", "etl"]
        line = " && ".join((f"{' '.join(words)} build --root {self.root} --date {day}",
                            f"{' '.join(words)} publish --root {self.root} --to {self.to} --keep 2"))
        return subprocess.Popen(["sh", "-c", line], cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                start_new_session=True)

    def finish(self, day: str) -> float:
        """Let a run end by itself; it must succeed. Gives its seconds."""
        begun = time.monotonic()
        run = self.start(day)
        said, _ = run.communicate(timeout=600)
        assert run.returncode == 0, said.decode()
        return time.monotonic() - begun

    def told(self) -> list[tuple[str, str, str]]:
        """The changes of the closing hour that the published site tells."""
        with (self.to / "current" / "dati" / "changes.csv").open(encoding="utf-8", newline="") as file:
            return [(row["release_date"], row["before"], row["after"]) for row in csv.DictReader(file)
                    if (row["dataset"], row["field"]) == ("desk_hours", "closes") and row["release_date"] >= "2027"]


def whole(to: Path) -> None:
    """The site that is served is one site: every byte of it is as the receipt of one build says."""
    assert verify(to / "current") == []


@pytest.mark.parametrize("stream", range(4 if SOAK else 1))
def test_build_and_publish_killed_at_random(tmp_path: Path, town: Path, stream: int) -> None:
    nights = Nights(tmp_path, stream, town)
    seconds = nights.finish("2026-12-31")  # the first release tells of no change
    killed = 0
    for _ in range(75 if SOAK else 3):
        day = nights.change()
        run = nights.start(day)
        time.sleep(nights.rng.uniform(0, seconds))
        killed += run.poll() is None
        os.killpg(run.pid, signal.SIGKILL) if run.poll() is None else None
        run.communicate()
        whole(nights.to)
        assert nights.told() in (nights.history, nights.history[:-1])
        seconds = (seconds + nights.finish(day)) / 2
        assert nights.told() == nights.history
    assert killed
    whole(nights.to)


def stop() -> None:
    """What the kernel does to a process when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not workers.COPIES, reason="where none may be copied, it would kill the tests")
def test_a_process_that_is_killed_while_it_helps_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    with pytest.raises(PublishError, match="memory ran out"), workers.beside() as submit:
        submit(stop)()
    with pytest.raises(PublishError, match="memory ran out"):
        workers.in_parts(lambda part, _: stop() if part else None, 2)
    with workers.meanwhile(stop):
        pass


PARENT = """
import os, time
from etl.runtime import workers
workers.processors = lambda: 3


def tell(pid):  # in one write: print() may take two, and the lines of two copies would mix
    os.write(1, f"{pid}\\n".encode())


with workers.beside() as submit:
    tell(submit(os.getpid)())
    workers.in_parts(lambda part, _: tell(os.getpid()) or time.sleep(60 if part == 0 else 0), 3)
"""


@pytest.mark.skipif(not workers.COPIES, reason="work is shared with copies of the process on Linux only")
def test_the_copies_of_a_process_that_is_killed_end_too() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                          start_new_session=True) as run:
        assert run.stdout
        copies = {int(run.stdout.readline()) for _ in range(4)} - {run.pid}
        assert len(copies) >= 2
        run.kill()
        run.wait()
        until = time.monotonic() + 45  # less than the sleep of a copy that nobody ends, on a slow machine too
        while alive := {pid for pid in copies if Path(f"/proc/{pid}").exists() and "Z" not in state(pid)}:
            if time.monotonic() > until:
                os.killpg(run.pid, signal.SIGKILL)
            assert time.monotonic() < until, f"{alive} go on"
            time.sleep(0.05)


def state(pid: int) -> str:
    """What a process does, in one letter; Z when it has ended and nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
