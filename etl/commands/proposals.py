"""The proposals of the sources before people: a workbook to answer, and what came of the answers, in words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

from etl.commands.inbox import EXPLANATION, MARK
from etl.releases.accept import accept
from etl.releases.diff import plain
from etl.releases.proposals import FILE, HEADINGS, read_proposals, rows_of
from etl.runtime.files import write_whole
from etl.spreadsheets.read.sheets import read_book
from etl.spreadsheets.write.answers import questions

WORKBOOK = "proposte.xlsx"
WIDTHS = {"name": 30, "what": 24, "today": 26, "said": 36, "typed": 26, "note": 44, "page": 36}


def answered(root: Path, today: date) -> tuple[list[str], bool]:
    """(what came of the answers of people, one line each; whether all of them were understood). Copies of the proposals
    in the inbox are taken out of it."""
    folder = root / "datasets" / "inbox"
    there = sorted(folder.iterdir()) if folder.is_dir() and (root / FILE).exists() else []
    paths = [path for path in there if is_copy(path)]
    done = accept(root, paths, today)
    if done is None:
        return [], True
    taken, refused = len(done.taken), len(done.refused)
    said = (f"Proposte: {taken} valori accettati, {done.dismissed} rifiutati, {refused} da rivedere / proposals: "
            f"{taken} values accepted, {done.dismissed} refused, {refused} to look at again")
    lines = [said, *(f"- {item.name}, {item.what} ({item.dataset} {item.key}): {why}" for item, why in done.refused)]
    return lines, not done.refused


def is_copy(path: Path) -> bool:
    """Whether a file of the inbox is a copy of the proposals."""
    return path.is_file() and path.name != EXPLANATION and not path.name.startswith(".") and bool(
        rows_of(read_book(path.name, path.read_bytes())))


def say(report: Path, lines: list[str]) -> list[str]:
    """Add the lines to the comment on the change that brought the answers; gives them back."""
    path = report / "comment.md"
    if lines:
        before = path.read_text("utf-8") if path.exists() else f"{MARK}\n"
        told = "\n".join([plain(lines[0], 1000), "", *map(in_a_list, lines[1:])])
        write_whole(path, f"{before}\n{told}\n".encode())
    return lines


def in_a_list(line: str) -> str:
    return f"- {plain(line.removeprefix('- '), 1000)}"


def show(root: Path, report: Path) -> list[str]:
    """Write the workbook with what waits for an answer; one line that says how much, none when nothing does."""
    waiting = [item for item in read_proposals(root) if item.open]
    if not waiting:
        return []
    rows = [asdict(item) for item in waiting]
    write_whole(report / WORKBOOK, questions("Proposte", HEADINGS, rows, "answer", "typed", WIDTHS))
    return [f"Proposte da accettare / proposals to accept: {len(waiting)} ({WORKBOOK}, datasets/proposals.csv)"]
