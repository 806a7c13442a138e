"""Any two commands at once, any one killed at any moment: no mixed site, no traceback, no file of others gone."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from support.at_once import BUSY, Bench
from support.repository import SOAK

pytestmark = pytest.mark.slow
COMMANDS = ("build", "trial", "theirs", "publish", "rollback", "fetch", "inbox", "check", "verify", "erase")
KILLED = ("build", "publish", "rollback", "fetch", "inbox", "erase")
SHORT = (("build", "publish"), ("inbox", "trial"), ("erase", "publish")), ("inbox", "erase")
"""What is tried where nobody soaks: these pairs, and these killed once."""
STREAMS, PAIRS, KILLS, OFTEN = range(5), 60, 60, 10
ALONE = ("theirs", "holds other files"), ("rollback", "no release before"), ("publish", "Build the site again")
"""What is refused alone too: a folder that holds something else; going back where nothing is behind; publishing when an
erasure has removed the site and nobody has built it since."""


def tried(bench: Bench, commands: tuple[str, ...], kill: bool = False) -> None:
    """Run commands at once, and look at how they ended and what is left."""
    if "inbox" in commands:
        bench.hand_in()
    if "erase" in commands and not bench.standing:
        bench.finish()
    erased = len(bench.erased)
    for key, (code, said) in bench.together(commands, kill).items():
        refused = [words for name, words in ALONE if key.endswith(name)]
        assert "Traceback" not in said, said
        assert code in (0, -signal.SIGKILL) or (code == 4 and any(words in said for words in (BUSY, *refused))), (
            f"{key} ended with {code}: {said}")
    bench.holds()
    if len(bench.erased) > erased:
        bench.forgets(bench.root)


def finish(bench: Bench, turn: int, of: int) -> None:
    """Go on to another day, and now and then see that everything ends well."""
    if turn % OFTEN == OFTEN - 1 or turn == of - 1:
        bench.change()
        bench.finish()
        print(f"{bench.runs} runs, {bench.killed} killed, {bench.refused} refused in words", flush=True)
    elif bench.rng.random() < 0.3:
        bench.change()


@pytest.mark.skipif(SOAK, reason="its long forms are below")
def test_commands_at_once_and_killed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 24)
    bench.finish()
    bench.change()
    pairs, killed = SHORT
    for commands in pairs:
        tried(bench, commands)
    for command in killed:
        tried(bench, (command,), kill=True)
    bench.finish()


@pytest.mark.skipif(not SOAK, reason="only `make soak` runs it")
@pytest.mark.parametrize("stream", STREAMS)
def test_any_two_commands_at_once(tmp_path: Path, stream: int) -> None:
    bench = Bench(tmp_path, stream)
    bench.finish()
    for turn in range(PAIRS):
        tried(bench, (bench.rng.choice(COMMANDS), bench.rng.choice(COMMANDS)))
        finish(bench, turn, PAIRS)


@pytest.mark.skipif(not SOAK, reason="only `make soak` runs it")
@pytest.mark.parametrize("stream", STREAMS)
def test_any_command_killed_at_any_moment(tmp_path: Path, stream: int) -> None:
    bench = Bench(tmp_path, stream)
    bench.finish()
    for turn in range(KILLS * 3):
        bench.change()
        tried(bench, (bench.rng.choice(KILLED),), kill=True)
        finish(bench, turn, KILLS * 3)
        if bench.killed >= KILLS:
            break
    bench.finish()
    assert bench.killed >= KILLS
