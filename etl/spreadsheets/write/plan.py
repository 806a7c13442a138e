"""What a sheet of a template is about: a table, its columns, what each drop-down offers, what its rows belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset, Field
from etl.meta.words import normal
from etl.spreadsheets.read.headings import aliases
from etl.spreadsheets.read.together import TITLE
from etl.spreadsheets.write import style
from etl.spreadsheets.write.columns import hints, options_of

Choices = Mapping[str, Mapping[str, str]]
"""Column -> the codes that it may point to today, with their names."""


@dataclass(frozen=True)
class Plan:
    """One sheet. options: column -> what its drop-down offers.

    belongs: the columns that point to the first sheet; main: its title.
    """

    dataset: Dataset
    fields: Sequence[Field]
    options: Mapping[str, Sequence[str]]
    belongs: frozenset[str] = frozenset()
    main: str = ""

    @property
    def title(self) -> str:
        """The Italian title of the table, as a sheet may be named."""
        return " ".join(re.sub(r"[\\/*?:\[\]]", " ", self.dataset.about["title"]["it"]).split())[:TITLE].strip(" '")

    def hints(self, field: Field) -> list[str]:
        """What is said of a column."""
        belongs = style.WORDS["template"]["belongs"].format(main=self.main) if field.name in self.belongs else ""
        return hints(field, self.options[field.name], belongs)


def plan_of(dataset: Dataset, choices: Choices, first: Plan | None = None) -> Plan:
    """The sheet of a table. first: the sheet that the table belongs to, in the same workbook."""
    fields = [field for field in dataset.fields if not field.computed]
    check_titles(dataset, fields)
    belongs = frozenset(columns_to(dataset, first.dataset)) if first else frozenset()
    options = {field.name: [] if field.name in belongs else options_of(field, choices.get(field.name, {}))
               for field in fields}
    return Plan(dataset, fields, options, belongs, first.title if first else "")


def check_titles(dataset: Dataset, fields: Sequence[Field]) -> None:
    """Each heading must lead back to its own column when the file comes in."""
    known = aliases(dataset)
    for field in fields:
        title = field.descriptor["title"]
        if known.get(normal(title)) != field.name:
            raise DeclarationError(f"schemas/{dataset.name}.json: the title «{title}» of `{field.name}` is that of "
                                   f"another column too; give each its own")


def belonging(dataset: Dataset, datasets: Mapping[str, Dataset]) -> list[Dataset]:
    """The tables whose rows are parts of a row of this one: their key holds its key, and points to no other table."""
    found = []
    for other in datasets.values():
        targets = {target for column in other.key for target in targets_of(other, column)}
        if not other.derived and other.name != dataset.name and targets == {dataset.name} and other.key != dataset.key:
            found.append(other)
    return found


def columns_to(dataset: Dataset, target: Dataset) -> Iterator[str]:
    """The columns of a table that point to another one by themselves."""
    return (field.name for field in dataset.fields if target.name in targets_of(dataset, field.name))


def targets_of(dataset: Dataset, column: str) -> set[str]:
    """The tables that a column points to by itself."""
    return {key["reference"]["resource"] for key in dataset.schema.get("foreignKeys", []) if key["fields"] == [column]}
