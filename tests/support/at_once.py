"""Commands side by side, each in a copy of this process, some of them killed; and what must still hold."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date, timedelta
from pathlib import Path

from etl.commands import main
from etl.releases.server import current
from etl.runtime.files import STAGED, names
from etl.runtime.receipt import holds_release, verify
from support.borgo import ONE_LANGUAGE, copy_borgo
from support.unpacked import files_that_say

BUSY = "another command is at work"
MINE = "di qualcun altro"
"""What the files hold that no command made."""
NEW_DESK = ("Codice;Nome;Tipo;Indirizzo;E-mail;Stato;Fonte\r\n"
            "{code};Sportello di prova;sportello per la casa;via {word} 1;casa@borgofiorito.example;operating;"
            "https://x.example/\r\n")
LEFT_OUT = ("referrals", "network_members", "networks", "notices", "notice_texts", "services", "service_texts", "terms",
            "desk_services", "desk_areas", "desk_texts", "organisation_texts")
"""Tables that no command treats otherwise than those that stay: without them a city is built in a third of the time."""
LETTERS = str.maketrans("0123456789", "abcdefghij")
SLOWER = 0.9
"""How much of a command's longest time counts when it is run again: moments of killing follow the machine."""


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


def word_of(desk: str) -> str:
    """What the address of a desk says, in ASCII letters, and that of no other desk."""
    return f"zan{desk.removeprefix('prova-').zfill(3).translate(LETTERS)}zottera"


class Bench:
    """A city in one language, its server's folder, and files of somebody else beside all that commands replace."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.root = copy_borgo(folder / "city", LEFT_OUT, ONE_LANGUAGE)
        self.to, self.trial, self.said = folder / "public", folder / "trial", folder / "said"
        self.said.mkdir()
        (self.root / "datasets" / "inbox").mkdir(exist_ok=True)
        self.rng = random.Random(seed)  # noqa: S311 - which moment is no secret
        self.day, self.desks, self.runs, self.killed, self.refused = date(2027, 1, 1), list[str](), 0, 0, 0
        self.seconds: dict[str, float] = {}
        self.standing, self.erased, self.stopped = list[str](), list[str](), False
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
        """A desk for the inbox, with an address that nothing else says."""
        code = f"prova-{len(self.desks)}"
        self.desks.append(code)
        (self.root / "datasets" / "inbox" / f"{code}.csv").write_text(NEW_DESK.format(code=code, word=word_of(code)))

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
            "erase": ["erase", "desks", *self.asked(), *here, *day, "--reason", "Richiesta, art. 17."],
        }[name]

    def asked(self) -> list[str]:
        """What is erased: of the first desk that was published, in turn all of it and its address alone."""
        return [word for code in self.standing[:1] for word in (
            [code] if int(code.removeprefix("prova-")) % 2 else [code, "address"])]

    def together(self, commands: Sequence[str], kill: bool = False) -> dict[str, tuple[int, str]]:
        """Run commands at once, the first of them killed at some moment if so asked; command -> (exit code, words)."""
        begun, since = {}, time.monotonic()
        for number, name in enumerate(commands):
            said = self.said / f"{number}-{name}.txt"
            begun[start(self.words(name), said)] = (f"{number} {name}", said)
            time.sleep(self.rng.choice((0, 0.05, 0.5)) if number < len(commands) - 1 else 0)
        if kill:
            stop(next(iter(begun)), self.seconds.get(commands[0], 1) * self.rng.random())
        results = {}
        for child, (name, said) in begun.items():
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            self.killed += code == -signal.SIGKILL
            results[name] = (code, said.read_text("utf-8") if said.exists() else "")
            self.refused += BUSY in results[name][1]
        ended = [code for name, (code, _) in results.items() if name.endswith("erase")]
        self.stopped = (self.stopped or -signal.SIGKILL in ended) and 0 not in ended
        if 0 in ended:
            self.erased.append(self.standing.pop(0))
        if len(commands) == 1 and -signal.SIGKILL not in (code for code, _ in results.values()):
            taken = time.monotonic() - since
            self.seconds[commands[0]] = max(taken, self.seconds.get(commands[0], 0) * SLOWER)
        self.runs += 1
        return results

    def finish(self) -> None:
        """Whatever happened, the next run goes on: what was begun ends well, and nothing is left over."""
        if set(self.desks) <= set(self.erased):
            self.hand_in()
            self.hand_in()
        for name in (*(["erase"] if self.stopped else []), "inbox", "build", "publish"):
            ((code, said),) = self.together([name]).values()
            assert code == 0, f"{name} ended with {code}: {said}"
        self.holds()
        self.forgets(self.root, self.to)
        assert verify(self.root / "build" / "site") == []
        assert holds_release(self.root, self.root / "build" / "site")
        made = [name for name in names(self.root.parent) if "/.abitare-" in f"/{name}" and not name.endswith(".lock")]
        assert made == []
        assert not (self.root / "datasets" / STAGED).exists()
        self.standing = [code for code in self.desks if code not in self.erased]
        desks = (self.root / "datasets" / "source" / "desks.csv").read_text("utf-8")
        assert [code for code in self.standing if desks.count(f"\n{code},") != 1] == []
        assert [code for code in self.standing if f"via {word_of(code)} 1" not in desks] == []

    def forgets(self, *folders: Path) -> None:
        """No file says what was erased: every byte is read, also of what is packed."""
        words = [word_of(code) for code in self.erased]
        assert [name for folder in folders for name in files_that_say(folder, *words)] == []

    def holds(self) -> None:
        """What is served is one whole site, and files of somebody else stand as they did."""
        assert [path for path in self.foreign if path.read_text("utf-8") != MINE] == []
        if current(self.to) is not None:
            assert verify(self.to / "current") == []
