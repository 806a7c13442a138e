"""A file that somebody handed in, while it is judged: its tables, how they go into ours, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.meta.model import Finding
from etl.releases.merge import Merged
from etl.releases.names import Names
from etl.spreadsheets.read.importer import Imported
from etl.spreadsheets.read.model import Book


@dataclass(frozen=True)
class File:
    """A file that was read: one part per table that it is about. own: what is wrong with it whatever else comes.

    id: tells files of one name apart, which may come from several folders.
    """

    id: str
    name: str
    parts: tuple[Imported, ...]
    own: tuple[Finding, ...] = ()

    @property
    def book(self) -> Book | None:
        """The file as it was read, whole."""
        return self.parts[0].book


class Part(NamedTuple):
    """One table of a file, and how its rows went into ours; merged is None when they could not be read.

    before: key -> row of ours as it stood, for the rows that the file says something about.
    """

    imported: Imported
    merged: Merged | None
    before: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class HandedIn:
    """One file after it was judged. findings: all that concerns it, in its own rows and cells.

    holds: its rows may be used, all of them; the tables with the rows of all such files are those of `Judged`.
    """

    file: File
    parts: tuple[Part, ...]
    findings: list[Finding]
    holds: bool

    @property
    def name(self) -> str:
        return self.file.name

    def in_words(self) -> str:
        """What would come of the file, on one line, in both languages."""
        merged = [(part.imported.dataset, part.merged) for part in self.parts if part.merged]
        if not merged:
            return "non si può leggere / cannot be read"
        said = [(f"{dataset}: {m.added} righe nuove, {m.changed} cambiate, {m.same} uguali",
                 f"{m.added} new rows, {m.changed} changed, {m.same} the same") for dataset, m in merged]
        if len(said) == 1:
            return " / ".join(said[0])
        return "; ".join(italian for italian, _ in said) + " / " + "; ".join(
            f"{dataset}: {english}" for (dataset, _), (_, english) in zip(merged, said, strict=True))

    def counts(self) -> dict[str, int]:
        """What would happen to the tables: rows added, changed and the same; {} when nothing was read."""
        merged = [part.merged for part in self.parts if part.merged]
        return {"added": sum(m.added for m in merged), "changed": sum(m.changed for m in merged),
                "same": sum(m.same for m in merged)} if merged else {}


@dataclass(frozen=True)
class Judged:
    """What came of files that were handed in together, in their order, and the tables with those that hold.

    names: how the codes of our tables are called.
    """

    results: list[HandedIn]
    tables: Mapping[str, bytes] = field(default_factory=dict)
    names: Names | None = None
