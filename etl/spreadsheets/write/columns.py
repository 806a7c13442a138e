"""One column of a template: its hints, its example, its drop-down, and what the spreadsheet itself can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation

from etl.meta.model import Field
from etl.meta.view import meanings
from etl.spreadsheets.read.named import with_name

YES_NO = ("sì", "no")
HINT, HINT_TITLE = 255, 32  # characters that Excel shows beside a cell; with more it calls the file damaged
LENGTHS = {"partial-date": (4, 10), "istat": (6, 6), "cap": (5, 5)}
"""Characters of a right value; of other texts a spreadsheet cannot tell."""


def hints(field: Field, options: Sequence[str], belongs: str = "") -> list[str]:
    """What a column holds, how to choose, a right example, and whether it must be filled in.

    belongs: the words for a column that points to the first sheet of the same workbook.
    """
    choose = "Una o più voci dell'elenco, separate da |." if is_several(field) else "Scegli dall'elenco."
    parts = [field.descriptor["description"], belongs or (choose if options else ""), example(field),
             "Obbligatoria." if field.required else "Si può lasciare vuota."]
    return [part for part in parts if part]


def example(field: Field) -> str:
    value = shown(field, str(field.descriptor.get("example", "")))
    return f"Esempio: {value}" if value else ""


def shown(field: Field, value: str) -> str:
    """A value as people write it: labels in place of codes, sì and no, decimals after a comma."""
    if field.type == "boolean" and value:
        return YES_NO[0] if value.lower() == "true" else YES_NO[1]
    if field.type == "number":
        return value.replace(".", ",")
    words = meanings(field.descriptor)
    return "|".join(words.get(code, {}).get("it", code) for code in value.split("|"))


def is_closed(field: Field) -> bool:
    """Whether no other value than those of the list can be right."""
    return field.type == "boolean" or "enum" in field.descriptor.get("constraints", {})


def is_several(field: Field) -> bool:
    """Whether one cell may hold several codes of a list."""
    return "itemCategories" in field.descriptor


def options_of(field: Field, choices: Mapping[str, str]) -> list[str]:
    """What a drop-down offers, [] for a free column. choices: the codes that it may point to, with their names."""
    if field.type == "boolean":
        return list(YES_NO)
    codes = meanings(field.descriptor)
    return [shown(field, str(code)) for code in codes] if codes else [with_name(*item) for item in choices.items()]


def rule_for(field: Field, listed: str, free: bool) -> DataValidation:
    """What the spreadsheet itself can tell of a value. Only a closed list refuses; the rest warns.

    listed: the name of a list of values; free: whether others may be right too, so that none is warned of.
    """
    limits = field.descriptor.get("constraints", {})
    if listed:
        rule = DataValidation(type="list", formula1=listed, showErrorMessage=not free)
    elif field.type in ("number", "integer"):
        kind = "whole" if field.type == "integer" else "decimal"
        low, high = limits.get("minimum", -(10**12)), limits.get("maximum", 10**12)
        rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high, showErrorMessage=True)
    elif field.kind in LENGTHS:
        low, high = LENGTHS[field.kind]
        rule = DataValidation(type="textLength", operator="between", formula1=low, formula2=high, showErrorMessage=True)
    else:
        rule = DataValidation()
    rule.allow_blank, rule.errorStyle = True, "stop" if is_closed(field) else "warning"
    return rule


def explained(rule: DataValidation, field: Field, said: Sequence[str]) -> DataValidation:
    """The rule with its words (said: its hints) beside the cell, and what is said of a value that cannot be right."""
    first, *rest = said
    room = HINT - sum(len(part) + 1 for part in rest)
    rule.showInputMessage, rule.promptTitle = True, cut(field.descriptor["title"], HINT_TITLE)
    rule.prompt = cut("\n".join([cut(first, max(room, 40)), *rest]), HINT)
    rule.errorTitle = "Non è nell'elenco" if rule.type == "list" else "Da controllare"
    say = "Scegli una voce dell'elenco." if is_closed(field) else "Il valore sembra sbagliato. Controlla."
    rule.error = cut(f"{say} {example(field)}".strip(), HINT)
    return rule


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
