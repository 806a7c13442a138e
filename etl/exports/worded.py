"""Headings and cells as people read them: titles with their unit, and words in the place of codes."""

from __future__ import annotations

from collections import Counter

from etl.exports.measures import unit
from etl.meta.model import LANGUAGES, Field
from etl.meta.view import meanings
from etl.meta.words import normal

SEVERAL = " | "
TRUTH = {"it": {"true": "sì", "false": "no"}, "en": {"true": "yes", "false": "no"}}
"""Truth in words: LibreOffice makes a formula of a cell that is true or false."""


def title(field: Field, language: str) -> str:
    """The title of a column."""
    return str(field.descriptor["title" if language == LANGUAGES[0] else f"title_{language}"])


def heading(field: Field, language: str) -> str:
    """The title of a column with what its numbers are counted in: "Importo programmato (€)"."""
    said, counted = title(field, language), unit(field)[language]
    return f"{said} ({counted})" if counted and "(" not in said else said


def words(field: Field, language: str) -> dict[str, str]:
    """Code -> its words, of a column with codes or of what is true or false; {} for every other one.

    A code whose words another code has as well stays a code, so that everything can be read back.
    """
    if field.type == "boolean":
        return TRUTH[language]
    said = {code: told.get(language) or told[LANGUAGES[0]] for code, told in meanings(field.descriptor).items()}
    times = Counter(map(normal, said.values()))
    return {code: text for code, text in said.items() if times[normal(text)] == 1}


def in_words(field: Field, known: dict[str, str], value: str) -> str:
    """A cell with words for its codes. known: see words."""
    if field.several:
        return SEVERAL.join(known.get(code, code) for code in value.split(field.descriptor.get("delimiter", "|")))
    return known.get(value, value)
