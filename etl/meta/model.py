"""The nouns of the house. Plain data, no behaviour that touches files or the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from etl.meta.settings import SiteConfig

Severity = Literal["critical", "rejected", "warning", "note"]
"""critical stops a release; rejected is a row left out; warning is published; note says how a file was read."""
LANGUAGES = ("it", "en")

JOINED = "joined"
"""Rule of a key made of columns some of which may be empty, which no database takes in a key."""

Words = Mapping[str, str]
"""The same words per language: {"it": "...", "en": "..."}."""


@dataclass(frozen=True)
class Field:
    """One column of a dataset, as its Table Schema declares it."""

    name: str
    type: str
    descriptor: Mapping[str, Any]

    @property
    def kind(self) -> str | None:
        """The controlled kind of value (cup, istat, phone ...), or None."""
        return self.descriptor.get("kind")

    @property
    def computed(self) -> bool:
        """True when a recipe fills the column, so that it is absent from the source table."""
        return bool(self.descriptor.get("computed"))

    @property
    def rule(self) -> str | None:
        """How the column follows from others of its row (etl/releases/computed.py), or None."""
        return self.descriptor.get("rule")

    @property
    def required(self) -> bool:
        return bool(self.descriptor.get("constraints", {}).get("required"))

    @property
    def categories(self) -> list[Mapping[str, str]]:
        """The codes that a cell may hold: `value`, `label`, `label_en`; none for a free column."""
        return list(self.descriptor.get("categories") or self.descriptor.get("itemCategories") or ())

    @property
    def several(self) -> bool:
        """Whether a cell may hold several codes, with | between them."""
        return "itemCategories" in self.descriptor


def natural_key(schema: Mapping[str, Any]) -> list[str]:
    """The columns that tell rows apart, as people fill them, also where the primary key is made of them."""
    made = {column["name"]: column["of"] for column in schema["fields"] if column.get("rule") == JOINED}
    return [name for column in schema["primaryKey"] for name in made.get(column, [column])]


@dataclass(frozen=True)
class Dataset:
    """A name that joins a schema, a declaration, a recipe and (when it is not derived) a source table."""

    name: str
    schema: Mapping[str, Any]
    about: Mapping[str, Any]
    recipe: Callable[..., pd.DataFrame] | None
    inputs: tuple[str, ...]

    @property
    def derived(self) -> bool:
        return bool(self.about["source"]["kind"] == "derived")

    @cached_property
    def fields(self) -> list[Field]:
        return [Field(f["name"], f["type"], f) for f in self.schema["fields"]]

    @cached_property
    def key(self) -> list[str]:
        """The columns that tell rows apart, as people fill them. Databases have schema["primaryKey"], which may be
        made of these."""
        return natural_key(self.schema)

    @property
    def source_columns(self) -> list[str]:
        """The header that people write: the schema's columns without the computed ones."""
        return [f.name for f in self.fields if not f.computed]

    @cached_property
    def columns(self) -> list[str]:
        return [f.name for f in self.fields]

    @cached_property
    def recipe_columns(self) -> list[str]:
        """The columns that a recipe gives: those without a rule."""
        return [f.name for f in self.fields if not f.rule]


@dataclass(frozen=True)
class RowRef:
    """Where a wrong value stands: line of the source file (header is line 1), row key and value.

    In a file that somebody handed in, `line` is the row as a spreadsheet shows it and `cell` its address ("C12").
    """

    line: int | None
    key: str
    value: str
    cell: str = ""


@dataclass(frozen=True)
class Finding:
    """One kind of mistake in one column of one dataset, with the rows that make it.

    file: the file handed in that holds it, "" for the dataset's own source table.
    """

    dataset: str
    check: str
    severity: Severity
    message: Words
    remedy: Words
    who: str
    column: str = ""
    rows: tuple[RowRef, ...] = ()
    count: int = 1
    file: str = ""


@dataclass(frozen=True)
class Table:
    """A table ready to ship: rows of text in the schema's column order, ordered by primary key; those of a release are
    held by column (runtime/by_column.py).

    lines: for each row its line in the source file, None for rows that a recipe made.
    read, rejected: rows of the source table, and how many of them were left out with a finding.
    """

    rows: Sequence[list[str]]
    lines: Sequence[int | None]
    read: int = 0
    rejected: int = 0

    @cached_property
    def longest(self) -> int:
        """Signs of its longest cell."""
        return max(map(len, chain.from_iterable(self.rows)), default=0)


@dataclass(frozen=True)
class Draft:
    """A release in the making: its name and words, its tables in order of name, what was found, and its date.

    package: its Data Package, once it is there. files: those that the repository keeps, by path, once they are made.
    typed: what its JSON files say, as soon as they are made. address: of the site, as files name it. published: the
    release as the site reads it, and the settings of the site, as soon as all files that people can choose are listed.
    cache: the folder where exports keep parts of theirs for the next build, None where they keep none.
    """

    about: Mapping[str, Any]
    datasets: Mapping[str, Dataset]
    tables: Mapping[str, Table]
    findings: list[Finding]
    date: date
    package: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    typed: Release | None = None
    address: str = ""
    published: tuple[Release, SiteConfig] | None = None
    cache: Path | None = None


@dataclass(frozen=True)
class Release:
    """What is published: typed rows, the Data Package and the declarations. The site reads nothing else.

    records: dataset name -> rows, each a dict column -> value (None where the value is not available); of a very long
    table they are made anew for whoever goes through them (meta.view.LongRows).
    files: what can be downloaded, as files.json lists it; empty in a preview without a build.
    versions: the releases, the newest first, as releases/index.json lists them.
    past: the Data Packages of the releases that are kept, the oldest first: what is no longer there had a name in them.
    today: the day on which the site is built; what is open in the coming days is counted from it.
    scores: dataset name -> points of the European metadata score; empty where there is no catalogue.
    """

    records: Mapping[str, Sequence[dict[str, Any]]]
    package: Mapping[str, Any]
    today: date = field(kw_only=True)
    declarations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: tuple[Mapping[str, Any], ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    versions: tuple[Mapping[str, Any], ...] = ()
    past: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Page:
    """One page to render. `id` is shared by its translations; `path` is relative, e.g. "progetti/x/index.html".

    more: the rest of the context of a page of which there are many, worked out when it is rendered.
    """

    id: str
    language: str
    path: str
    template: str
    context: Mapping[str, Any]
    more: Callable[[], Mapping[str, Any]] | None = None

    def whole(self) -> Page:
        """The page with all of its context."""
        return replace(self, context={**self.context, **self.more()}, more=None) if self.more else self
