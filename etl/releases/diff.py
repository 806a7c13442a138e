"""What changed between two releases, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from etl.exports.datapackage import READINGS
from etl.meta.view import as_json
from etl.releases.history import Table, read_tables

NONE = Table([], {})
SHOWN = 20  # changes of one dataset that a comment shows; it counts all of them
LONGEST = 60_000  # characters of a comment; code hosts take a little more
SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]<>#|!~&@"}
MARK = "<!-- abitare: diff -->"
Kind = Literal[
    "added", "changed", "removed", "column_added", "column_removed", "column_renamed", "dataset_added",
    "dataset_removed",
]


@dataclass(frozen=True)
class Change:
    """One row added or removed (field is ""), or one cell changed. key: the values of the primary key, with |.

    The history of releases also knows columns (key is "") and whole tables (both are "").
    """

    dataset: str
    kind: Kind
    key: str
    field: str = ""
    before: str = ""
    after: str = ""


def changes(old: Path, new: Path) -> list[Change]:
    """Every change between the releases in two folders, by dataset and key; a folder without a release is empty.

    That a source was read once more is nothing that a person must look at.
    """
    before, after = read_tables(old), read_tables(new)
    return [change for name in sorted({*before, *after} - {READINGS})
            for change in compare(name, before.get(name, NONE).rows, after.get(name, NONE).rows)]


def compare(name: str, before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> Iterator[Change]:
    """The changes of one dataset, in order of key."""
    for key in sorted(set(before) | set(after)):
        if key not in before:
            yield Change(name, "added", key)
        elif key not in after:
            yield Change(name, "removed", key)
        else:
            old, new = before[key], after[key]
            for field in [*old, *(field for field in new if field not in old)]:
                if old.get(field, "") != new.get(field, ""):
                    yield Change(name, "changed", key, field, old.get(field, ""), new.get(field, ""))


def counts(found: Sequence[Change]) -> dict[str, dict[str, int]]:
    """Dataset -> how many rows were added, changed and removed."""
    return {
        name: {kind: len({item.key for item in items if item.kind == kind}) for kind in ("added", "changed", "removed")}
        for name, group in groupby(found, key=lambda item: item.dataset)
        for items in (list(group),)
    }


def as_text(found: Sequence[Change]) -> str:
    """One line per change."""
    lines = []
    for item in found:
        cell = f" {item.field}: {item.before!r} → {item.after!r}" if item.field else ""
        lines.append(f"{item.dataset}: {item.kind} {item.key}{cell}")
    return "\n".join(lines)


def in_json(found: Sequence[Change]) -> str:
    return as_json([vars(item) for item in found], 2).decode().rstrip("\n")


def as_markdown(found: Sequence[Change], findings: str = "") -> str:
    """A comment for a pull request, Italian first; nothing that stands in the data can become a link or a mention.

    findings: what the checks say, as text.
    """
    lines = [MARK, "### Che cosa cambia nei dati / What changes in the data", ""]
    if not found:
        lines += ["Nessun dato cambia. / No data change.", ""]
    for name, count in counts(found).items():
        added, changed, removed = count["added"], count["changed"], count["removed"]
        italian = f"{added} righe aggiunte, {changed} cambiate, {removed} tolte"
        lines += [f"**{plain(name)}**: {italian} / {added} rows added, {changed} changed, {removed} removed", ""]
        lines += ["| riga / row | colonna / column | prima / before | dopo / after |", "|---|---|---|---|"]
        items = [item for item in found if item.dataset == name]
        words = {"added": "(nuova / new)", "removed": "(tolta / removed)"}
        for item in items[:SHOWN]:
            cells = (plain(item.key), plain(item.field) or words[item.kind], plain(item.before), plain(item.after))
            lines.append(f"| {' | '.join(cells)} |")
        if len(items) > SHOWN:
            lines += ["", f"… e altri {len(items) - SHOWN} / and {len(items) - SHOWN} more"]
        lines.append("")
    if findings.strip():
        lines += ["### Che cosa dicono i controlli / What the checks say", "", *quoted(findings)]
    text = "\n".join(lines)
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit("\n", 1)[0] + "\n\n…"


def plain(text: str, longest: int = 120) -> str:
    """A text of the data as words: no markup, link, mention or line break of it takes effect."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return " ".join(short.translate(SIGNS).replace("://", "&#58;//").replace("www.", "www&#46;").split())


def quoted(text: str) -> list[str]:
    """Lines shown as they are: indented, so that nothing in them is markup and no fence can be closed early."""
    return [f"    {line}" for line in text.splitlines()]


FORMATS: dict[str, Any] = {"json": in_json, "markdown": as_markdown, "text": as_text}
