"""datasets/inbox: each file there is handed in; one that holds goes into its table, one that does not says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.domain.citing import TABLE
from etl.releases.diff import plain
from etl.releases.trial import HandedIn, hand_in
from etl.runtime.files import write_whole
from etl.runtime.report import details, in_order
from etl.spreadsheets.write.annotate import annotated
from etl.spreadsheets.write.report_page import page

EXPLANATION = "README.md"
MARK = "<!-- abitare: inbox -->"


def empty_inbox(root: Path, today: date, report: Path) -> list[HandedIn]:
    """Try every file of the inbox together. When all of them hold, their tables are written and they are removed.

    When one does not hold, nothing is written: files that came together may need each other. report: the folder for
    what people read: NAME.html, NAME.annotated.xlsx and comment.md.
    """
    folder = root / "datasets" / "inbox"
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.name != EXPLANATION
                   and not path.name.startswith(".")) if folder.is_dir() else []
    results = hand_in(root, paths, today) if paths else []
    for result in results:
        write_reports(result, report)
    if results:
        write_whole(report / "comment.md", comment(results).encode("utf-8"))
    if all(result.holds for result in results):
        for result, path in zip(results, paths, strict=True):
            assert result.table is not None  # noqa: S101 - a file that holds has one
            write_whole(root / "datasets" / "source" / f"{result.imported.dataset}.csv", result.table)
            if result.sources is not None:
                write_whole(root / "datasets" / "source" / f"{TABLE}.csv", result.sources)
            path.unlink()
    return results


def write_reports(result: HandedIn, report: Path) -> None:
    """The page and the annotated copy of one file. What holds personal data is not copied anywhere."""
    name = result.imported.file
    write_whole(report / f"{name}.html", page(name, result.findings, counts(result)).encode("utf-8"))
    personal = any(item.check.startswith("privacy-") for item in result.findings)
    if not personal and (copy := annotated_copy(result)):
        write_whole(report / f"{name}.annotated.xlsx", copy)


def annotated_copy(result: HandedIn) -> bytes | None:
    """The person's spreadsheet with its cells coloured and explained; None for a file that cannot be read."""
    book = result.imported.book
    if book is None or not book.sheets or book.kind == "unknown":
        return None
    sheet = result.imported.sheet or book.sheets[0].title
    return annotated(book, sheet, in_order(result.findings))


def counts(result: HandedIn) -> dict[str, int]:
    """What would happen to the table: rows added, changed and the same."""
    merged = result.merged
    return {"added": merged.added, "changed": merged.changed, "same": merged.same} if merged else {}


def comment(results: Sequence[HandedIn]) -> str:
    """What is said on the pull request: per file whether it holds, and each finding on a line, worst first."""
    lines = [MARK]
    for result in results:
        holds = "✔ va bene / it holds" if result.holds else "✘ da correggere / to be corrected"
        lines += [f"### {plain(result.imported.file)}: {holds}", "", result.in_words(), ""]
        for item in in_order(result.findings):
            text = f"{details(item, 'it')} || {details(item, 'en')}"
            lines.append(f"- {plain(text, 1000)}")
        lines.append("")
    return "\n".join(lines)[:60_000]
