"""datasets/inbox: each file there is judged by itself; one that holds goes into its tables, one that does not stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl.meta.view import as_json, digest
from etl.releases.diff import plain
from etl.releases.erasures import BACK
from etl.releases.handed import HandedIn, Judged
from etl.releases.trial import hand_in
from etl.releases.understood import understood
from etl.runtime.files import finish_writing, write_together, write_whole
from etl.runtime.report import as_text, details, in_order
from etl.spreadsheets.write.annotate import annotated
from etl.spreadsheets.write.report_page import page
from etl.spreadsheets.write.style import printable

EXPLANATION = "README.md"
BESIDE = "report"
"""The folder of the inbox with what people read of the files that stay there."""
COPY = ".annotated"
"""In the name of the copy that explains a file, before its ending."""
COPIED = re.compile(rf"(?i)^(?P<of>.+){re.escape(COPY)}\b.*\.xlsx$")
MARK = "<!-- abitare: inbox -->"
LONGEST = 150  # bytes of a name that more is written behind; a file system holds 255


@dataclass
class Emptied:
    """What came of the inbox. lines: for who ran the command; stood_for: file -> the corrected copy that came of it."""

    results: list[HandedIn] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    stood_for: Mapping[Path, Path] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return all(result.holds for result in self.results)


def empty_inbox(root: Path, today: date, report: Path) -> Emptied:
    """Judge every file of the inbox; the tables of those that hold are written and they are removed, in one step.

    The others stay, with what people read of them in the folder beside. report: the folder for what people read of all:
    NAME.html, NAME.annotated.xlsx, comment.md, and inbox.json for programs.
    """
    lines = after_a_stop(root)
    paths = waiting(root)
    stood_for = copies(paths)
    judged = hand_in(root, [path for path in paths if path not in stood_for], today) if paths else Judged([])
    emptied = Emptied(judged.results, lines, stood_for)
    lines += [line for result in judged.results for line in in_lines(result)]
    lines += [f"{printable(old.name)}: al suo posto vale la copia corretta / its corrected copy stands for it: "
              f"{printable(new.name)}" for old, new in stood_for.items()]
    made = {result.file.id: reports(judged, result) for result in judged.results}
    for name, data in (item for files in made.values() for item in files.items()):
        write_whole(report / name, data)
    write_whole(report / "inbox.json", for_programs(judged.results))
    if judged.results:
        write_whole(report / "comment.md", comment(judged.results).encode("utf-8"))
    take_in(root, judged, stood_for, made)
    return emptied


def waiting(root: Path) -> list[Path]:
    """The files that were put into the inbox."""
    folder = root / "datasets" / "inbox"
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name != EXPLANATION
                  and not path.name.startswith(".")) if folder.is_dir() else []


def copies(paths: Sequence[Path]) -> dict[Path, Path]:
    """File -> its annotated copy, where somebody corrected that and sent it while the file itself is still there."""
    by_name = {path.name: path for path in paths}
    found = ((COPIED.match(path.name), path) for path in paths)
    return {by_name[match["of"]]: path for match, path in found if match and match["of"] in by_name}


def after_a_stop(root: Path) -> list[str]:
    """Finish what a run that was killed had decided, throw away what it had only begun; gives what is said of it."""
    before = waiting(root)
    finish_writing(root / "datasets")
    for half in (root / "datasets" / "source").glob(".*.tmp"):
        half.unlink()
    return [f"{printable(path.name)}: preso, la prova di prima si era interrotta / taken in, the run before was stopped"
            for path in before if not path.exists()]


def take_in(
    root: Path, judged: Judged, stood_for: Mapping[Path, Path], made: Mapping[str, Mapping[str, bytes]]
) -> None:
    """The tables with the files that hold, those files gone, and what people read of the others (made) beside them."""
    taken = {Path(result.file.id) for result in judged.results if result.holds}
    gone = [*taken, *(old for old, new in stood_for.items() if new in taken)]
    left = {name: data for result in judged.results if not result.holds for name, data in made[result.file.id].items()}
    write_together(root / "datasets", {f"inbox/{BESIDE}": left},
                   {f"source/{name}.csv": table for name, table in judged.tables.items()},
                   [f"inbox/{path.name}" for path in gone])
    beside = root / "datasets" / "inbox" / BESIDE
    if beside.is_dir() and not any(beside.iterdir()):
        beside.rmdir()


def in_lines(result: HandedIn) -> list[str]:
    """What is said of a file to who runs the command."""
    return [f"{result.name}: {result.in_words()}", *filter(None, [as_text(result.findings)])]


def page_of(judged: Judged, result: HandedIn) -> bytes:
    """What is said of a file, and how it was understood, as a page."""
    shown = understood(judged.names, result) if judged.names else []
    return page(result.name, result.findings, result.counts(), shown).encode("utf-8")


def reports(judged: Judged, result: HandedIn) -> dict[str, bytes]:
    """The page and the annotated copy of a file. What holds personal data, or says again what was erased, is copied
    nowhere."""
    name = short(result.name)
    made = {f"{name}.html": page_of(judged, result)}
    if not withheld(result) and (copy := annotated_copy(result)):
        made[f"{name}{COPY}.xlsx"] = copy
    return made


def short(name: str) -> str:
    """A name with room for what is written behind it."""
    if len(name.encode()) <= LONGEST:
        return name
    return name.encode()[: LONGEST - 9].decode("utf-8", "ignore") + f"-{digest(name)[:8]}"


def withheld(result: HandedIn) -> bool:
    return any(item.check.startswith("privacy-") or item.check == BACK for item in result.findings)


def annotated_copy(result: HandedIn) -> bytes | None:
    """The person's spreadsheet with its cells coloured and explained; None for a file that cannot be read."""
    book = result.file.book
    if book is None or not book.sheets or book.kind == "unknown":
        return None
    sheet = result.file.parts[0].sheet or book.sheets[0].title
    return annotated(book, sheet, in_order(result.findings))


def for_programs(results: Sequence[HandedIn]) -> bytes:
    """Each file with whether it holds and how much is wrong, for who opens issues."""
    return as_json([{"file": result.name, "holds": result.holds, "words": result.in_words(),
                     "errors": sum(item.severity == "critical" for item in result.findings)} for result in results], 2)


def comment(results: Sequence[HandedIn]) -> str:
    """What is said on the pull request: per file whether it holds, and each finding on a line, worst first."""
    lines = [MARK]
    for result in results:
        holds = "✔ va bene / it holds" if result.holds else "✘ da correggere / to be corrected"
        lines += [f"### {plain(result.name)}: {holds}", "", result.in_words(), ""]
        for item in in_order(result.findings):
            text = f"{details(item, 'it')} || {details(item, 'en')}"
            lines.append(f"- {plain(text, 1000)}")
        lines.append("")
    return "\n".join(lines)[:60_000]
