"""Refresh the tables that have a source on the network, and read the files in datasets/inbox."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from etl.commands import DATE, ROOT, Step, working
from etl.commands.inbox import empty_inbox
from etl.commands.proposals import answered, say, show
from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.meta.view import as_json
from etl.releases.refresh import Limits, Outcome, refresh
from etl.runtime.clock import release_date
from etl.runtime.files import write_whole
from etl.runtime.lock import repository
from etl.runtime.report import as_text, in_order

INBOX = "inbox"
IN_WORDS = {
    "updated": "aggiornata / updated", "unchanged": "non è cambiata / has not changed",
    "waiting": "letta da poco / read not long ago", "failing": "non va / fails",
    "nothing": "non ha dato niente / gave nothing",
    "web_page": "ha dato una pagina web al posto dei dati / gave a web page in place of data",
    "fewer": "ha dato meno di prima / gave fewer than before",
}


@dataclass
class Run:
    """What is printed, one line each, and the exit code: 1 for files that do not hold, else 3 for sources that fail."""

    lines: list[str] = field(default_factory=list)
    exit_code: int = 0


def run(
    root: Path, names: Sequence[str], today: date, report: Path, offline: bool = False, limits: Limits | None = None,
    step: Step = lambda _text: None,
) -> Run:
    """Read the inbox if it is meant, then the sources. report: the folder for pages, copies and fetch.json."""
    done = Run()
    if not names or INBOX in names:
        step(INBOX)
        said, understood = answered(root, today)
        emptied = empty_inbox(root, today, report)
        done.lines += [*emptied.lines, *say(report, said)]
        done.exit_code = int(not (emptied.holds and understood))
    sources = [name for name in names if name != INBOX]
    if sources or not names:
        outcomes = refresh(root, sources, today, step, offline, limits)
        for outcome in outcomes:
            done.lines += in_lines(outcome)
            wrong = outcome.fault or any(item.severity == "critical" for item in outcome.findings)
            done.exit_code = done.exit_code or (3 if wrong else 0)
        write_whole(report / "fetch.json", for_programs(outcomes))
    done.lines += show(root, report)
    return done


def in_lines(outcome: Outcome) -> list[str]:
    """One line for a source, and one for each thing found on the way."""
    merged = outcome.merged
    counts = f" (+{merged.added}, ~{merged.changed})" if merged and outcome.written else ""
    proposed = f"{outcome.proposed} valori nuovi da accettare / new values to accept" if outcome.proposed else ""
    lines = [f"{outcome.dataset}: {proposed or IN_WORDS[outcome.state]}{counts}"]
    findings = [*outcome.findings, *([fault_finding(outcome)] if outcome.fault else [])]
    return lines + ([as_text(in_order(findings))] if findings else [])


def fault_finding(outcome: Outcome) -> Finding:
    """The fault of a source as a finding about its table: the table stays, so it is a warning."""
    fault = outcome.fault
    assert fault is not None  # noqa: S101 - asked only of outcomes with a fault
    row = RowRef(None, "", outcome.address)
    return finding(fault.check, outcome.dataset, "", [row], "warning", None, "", **fault.words)


def for_programs(outcomes: Sequence[Outcome]) -> bytes:
    """For programs: every source asked, its state and its last good day, and the words of its fault."""
    items: list[dict[str, Any]] = []
    for outcome in outcomes:
        italian, _, english = IN_WORDS[outcome.state].partition(" / ")
        item: dict[str, Any] = {"dataset": outcome.dataset, "state": outcome.state, "state_it": italian,
                                "state_en": english, "address": outcome.address, "last_good": outcome.last_good}
        if outcome.fault:
            words = fault_finding(outcome)
            item |= {"check": words.check, **{f"message_{k}": v for k, v in words.message.items()},
                     **{f"remedy_{k}": v for k, v in words.remedy.items()}}
        items.append(item)
    return as_json(items, 2)


@click.command("fetch")
@ROOT
@DATE
@click.argument("names", nargs=-1)
@click.option("--offline", is_flag=True, help="Ask nobody: read again what was fetched before.")
@click.option("--report", type=click.Path(path_type=Path, file_okay=False),
              help="Folder for what people read (default: build/fetch).")
def command(root: Path, today: str | None, names: tuple[str, ...], offline: bool, report: Path | None) -> None:
    """Refresh the tables that have a source on the network, and read the files in datasets/inbox.

    NAMES are datasets, or the word inbox; without names every source that is due, and the inbox. Exit 3 when a source
    failed (its last good table stays), 1 when a file of the inbox does not hold.
    """
    told = report or root / "build" / "fetch"
    with working() as step, repository(root.resolve(), "fetch"):
        outcome = run(root.resolve(), names, release_date(today), told, offline, None, step)
    for line in outcome.lines:
        click.echo(line)
    sys.exit(outcome.exit_code)
