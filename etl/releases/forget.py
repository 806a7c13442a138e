"""What must be forgotten, taken out of the rows of any table: of its source, of a release, of the registers about it.

Nothing here touches files. A cell that is forgotten is empty, a row that is forgotten is not there, and a key that is
personal data is a mark wherever it stands.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from etl.meta.errors import InvalidDataError
from etl.meta.model import natural_key
from etl.meta.view import key_of, record
from etl.releases.history import CHANGES, CORRECTIONS, REMOVALS, Row

Cell = tuple[str, str, str]
"""Table, key of the row, column; a column "" is the whole row."""
ALWAYS = "~"
"""Instead of a day: whenever it was said. It comes after every day."""
APART = re.compile(r"[\W_]+")
LEAST = 6
"""Letters or digits of a value that tell, in a column worked out from it, that this column says it too."""


@dataclass(frozen=True)
class About:
    """A register that speaks of cells of other tables: where it names them, and which of its columns say their values;
    without such columns its row is about nothing else, and goes."""

    dataset: str
    key: str
    column: str
    values: tuple[str, ...] = ()


ABOUT = {
    CHANGES: About("dataset", "key", "field", ("before", "after")),
    CORRECTIONS: About("dataset", "key", "field", ("before", "after", "expect")),
    "other_values": About("dataset", "key", "field"),
    "quality": About("dataset", "row_key", "column"),
}


@dataclass(frozen=True)
class Forgotten:
    """What must be forgotten. cells: each with the day before which nothing says it (ALWAYS: no day).

    keep: what the cells may say all the same. values: folded texts (see `folded`) that no cell of the past may hold.
    marks: personal key -> what stands in its place.
    """

    cells: Mapping[Cell, str]
    keep: str = ""
    values: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    def before(self, day: str) -> Forgotten:
        """What a release of a day must not say."""
        return replace(self, cells={cell: until for cell, until in self.cells.items() if day < until})

    @property
    def tables(self) -> set[str]:
        """The tables that it is about, with the registers."""
        return {cell[0] for cell in self.cells} | (set(ABOUT) if self.cells else set())


def folded(text: str) -> str:
    """The letters and digits of a text, without case and accents: "D’Angelo, Mario" and "d-angelo-mario" are alike."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return APART.sub("", plain.casefold())


def without(
    name: str, header: Sequence[str], rows: Iterable[Sequence[str]], schema: Mapping[str, Any], what: Forgotten,
    past: bool = False,
) -> list[list[str]]:
    """The rows of a table without what must be forgotten. schema: {} for a file that is no table of ours.

    past: it is a table of a release, where whatever says the value goes, and columns may follow from others.
    """
    key = natural_key(schema) if schema else ()
    computed = [item["name"] for item in schema.get("fields", ()) if item.get("computed")] if past else []
    about = {cell for cell in what.cells if cell[0] == name and cell[2] not in key}
    found = []
    for cells in rows:
        if len(cells) != len(header):
            raise InvalidDataError(f"{name}: a row has {len(cells)} cells, not {len(header)}. Run: abitare check")
        row = record(header, cells)
        left = of_its_own(row, (name, key_of(row, key)), about, what, computed) if about else row
        left = left and of_others(name, left, what)
        left = left and unsaid(name, left, key, what) if past and what.values else left
        if left is not None:
            found.append(list(with_marks(name, left, header, what.marks)))
    return found


def of_its_own(row: Row, place: tuple[str, str], about: set[Cell], what: Forgotten, computed: list[str]) -> Row | None:
    """A row without its forgotten cells, and without what was worked out from them; None where it is forgotten."""
    if (*place, "") in about:
        return None
    gone = {column: row[column] for column in row if (*place, column) in about and row[column] != what.keep}
    left = row | dict.fromkeys(gone, "")
    for column in computed:
        if any(follows(row[column], value) for value in gone.values() if value):
            left[column] = ""
    return left


def follows(made: str, value: str) -> bool:
    """Whether a column that is worked out says a value: a telephone as it is dialled."""
    said, short = folded(made), folded(value)
    return said == short or (len(short) >= LEAST and short in said)


def of_others(name: str, row: Row, what: Forgotten) -> Row | None:
    """A row of a register without what it says of forgotten cells; None where it says nothing else."""
    about = ABOUT.get(name)
    if about is None or not what.cells:
        return row
    place, column = (row.get(about.dataset, ""), row.get(about.key, "")), row.get(about.column, "")
    day = row.get("release_date", "")
    whole = day < what.cells.get((*place, ""), "")
    if whole or (column and day < what.cells.get((*place, column), "")):
        left = {said: "" for said in about.values if row[said] != what.keep}
        return row | left if about.values else None
    fields = {cell[2] for cell, until in what.cells.items() if cell[:2] == place and day < until}
    if name == CHANGES and not column and fields and row["before"].startswith("{"):
        cells = {key: value for key, value in json.loads(row["before"]).items() if key not in fields}
        return row | {"before": json.dumps(cells, ensure_ascii=False)}
    return row


def unsaid(name: str, row: Row, key: Iterable[str], what: Forgotten) -> Row | None:
    """A row of a release whose cells say none of the values; a finding that says one goes as a whole."""
    saying = [column for column, cell in row.items() if cell and cell != what.keep and says(cell, what.values)]
    if saying and name == "quality":
        return None
    return row | {column: "" for column in saying if column not in set(key)}


def says(text: str, values: Iterable[str]) -> bool:
    """Whether a text holds one of the folded values."""
    plain = folded(text)
    return any(value in plain for value in values)


def with_marks(name: str, row: Row, header: Sequence[str], marks: Mapping[str, str]) -> Iterable[str]:
    """The cells of a row with marks for personal keys; what was removed under such a key is called by its mark, too."""
    made = {column: marked(row[column], marks) for column in header} if marks else row
    if name == REMOVALS and made["key"] != row["key"]:
        made = made | {"name": made["key"]}
    return (made[column] for column in header)


def marked(cell: str, marks: Mapping[str, str]) -> str:
    """A cell in which marks stand for personal keys: it is one, or holds several with | between, or a row as JSON."""
    if cell.startswith("{"):
        said = json.loads(cell)
        return json.dumps({name: marked(value, marks) for name, value in said.items()}, ensure_ascii=False)
    return "|".join(marks.get(part, part) for part in cell.split("|"))
