"""Commands side by side, each in a copy of this process, some of them killed; and what must still hold."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date, timedelta
from pathlib import Path

from etl.commands import main
from etl.releases.server import current
from etl.runtime.files import STAGED, names
from etl.runtime.receipt import holds_release, read_receipt, verify
from support.borgo import copy_borgo

BUSY = "another command is at work"
MINE = "di qualcun altro"
"""What the files hold that no command made."""
NEW_DESK = ("Codice;Nome;Tipo;E-mail;Stato;Fonte\r\n"
            "{code};Sportello di prova;sportello per la casa;casa@borgofiorito.example;operating;https://x.example/\r\n")


def start(words: Sequence[str], said: Path) -> int:
    """Run a command in a copy of this process, in a process group of its own; what it prints goes into `said`."""
    if child := os.fork():
        return child
    status = 99
    try:
        os.setsid()
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        # What pytest has put in place of the two leads to a file of its own.
        with io.TextIOWrapper(io.FileIO(out, "w"), "utf-8", write_through=True) as told, redirect_stdout(told), \
                redirect_stderr(told):
            main(list(words))
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else bool(end.code)
    finally:
        os._exit(status)


def stop(child: int, seconds: float) -> None:
    """Kill a process after a while, and all of its group, unless it has ended by itself; it is waited for elsewhere."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


class Bench:
    """A city in one language, its server's folder, and files of somebody else beside all that commands replace."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.root = copy_borgo(folder / "city", settings={r"(?m)^    (?:en|fr): .*\n": ""})
        self.to, self.trial, self.said = folder / "public", folder / "trial", folder / "said"
        self.said.mkdir()
        (self.root / "datasets" / "inbox").mkdir(exist_ok=True)
        self.rng = random.Random(seed)  # noqa: S311 - which moment is no secret
        self.day, self.desks, self.runs, self.killed, self.refused = date(2027, 1, 1), list[str](), 0, 0, 0
        self.seconds: dict[str, float] = {}
        self.foreign = [place / "tesi.txt" for place in (
            folder, self.root / "build", self.root / "build" / "next", self.to, self.to / "releases" / "old",
            self.to / "releases" / ".partial-1", folder / "theirs", self.root / "datasets" / "mine")]
        for path in self.foreign:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(MINE, "utf-8")

    def change(self) -> None:
        """Another day, another closing hour, another desk in the inbox."""
        self.day += timedelta(days=1)
        table = self.root / "datasets" / "source" / "desk_hours.csv"
        hour = f"{19 + self.day.day % 4}:{self.day.day:02}"
        table.write_text(re.sub(r"(?m)\A(.*\n(?:[^,]*,){5})[^,]*", rf"\g<1>{hour}", table.read_text("utf-8")), "utf-8")

    def hand_in(self) -> None:
        """A desk for the inbox."""
        self.desks.append(f"prova-{len(self.desks)}")
        (self.root / "datasets" / "inbox" / f"{self.desks[-1]}.csv").write_text(NEW_DESK.format(code=self.desks[-1]))

    def words(self, name: str) -> list[str]:
        """The command line of a command on this bench."""
        here, day = ["--root", str(self.root)], ["--date", self.day.isoformat()]
        return {
            "build": ["build", *here, *day], "trial": ["build", *here, *day, "--out", str(self.trial)],
            "theirs": ["build", *here, *day, "--out", str(self.trial.with_name("theirs"))],
            "publish": ["publish", *here, "--to", str(self.to), "--keep", "2"],
            "rollback": ["rollback", "--to", str(self.to)], "fetch": ["fetch", *here, *day],
            "inbox": ["fetch", "inbox", *here, *day], "check": ["check", *here, *day],
            "verify": ["verify", str(self.to / "current")],
        }[name]

    def together(self, commands: Sequence[str], kill: bool = False) -> dict[str, tuple[int, str]]:
        """Run commands at once, the first of them killed at some moment if so asked; command -> (exit code, words)."""
        begun, since = {}, time.monotonic()
        for number, name in enumerate(commands):
            said = self.said / f"{number}-{name}.txt"
            begun[start(self.words(name), said)] = (f"{number} {name}", said)
            time.sleep(self.rng.choice((0, 0.05, 0.5)) if number < len(commands) - 1 else 0)
        if kill:
            stop(next(iter(begun)), self.seconds.get(commands[0], 5) * self.rng.random())
        results = {}
        for child, (name, said) in begun.items():
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            self.killed += code == -signal.SIGKILL
            results[name] = (code, said.read_text("utf-8") if said.exists() else "")
            self.refused += BUSY in results[name][1]
        if len(commands) == 1 and not kill:
            self.seconds[commands[0]] = time.monotonic() - since
        self.runs += 1
        return results

    def finish(self) -> None:
        """Whatever happened, the next run goes on: inbox, build and publication end well, and nothing is left over."""
        for name in ("inbox", "build", "publish"):
            ((code, said),) = self.together([name]).values()
            assert code == 0, f"{name} ended with {code}: {said}"
        self.holds()
        assert verify(self.root / "build" / "site") == []
        assert holds_release(self.root, self.root / "build" / "site")
        made = [name for name in names(self.root.parent) if "/.abitare-" in f"/{name}" and not name.endswith(".lock")]
        assert made == []
        assert not (self.root / "datasets" / STAGED).exists()
        desks = (self.root / "datasets" / "source" / "desks.csv").read_text("utf-8")
        assert [code for code in self.desks if desks.count(f"\n{code},") != 1] == []

    def holds(self) -> None:
        """What is served is one whole site, and files of somebody else stand as they did."""
        assert [path for path in self.foreign if path.read_text("utf-8") != MINE] == []
        if current(self.to) is not None:
            assert verify(self.to / "current") == []
            assert set(self.shown()) == {(read_receipt(self.to / "current") or {})["release"]}

    def shown(self) -> Iterator[str]:
        """The release that each page of the served site names."""
        for path in (self.to / "current").rglob("*.html"):
            yield from re.findall(r'<meta name="release" content="([^"]*)"', path.read_text("utf-8"))
