"""Errors of spreadsheets as texts, such as #RIF! or Err:508, in every language of Excel and LibreOffice."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

SHAPE = re.compile(r"#[¡¿]?[^\W\d_][^\s#!?]*[!?]")  # what Excel's errors look like, when it is all capitals
TOO_NARROW = re.compile(r"#{2,}")  # what a column that is too narrow shows in place of a number or a date


@cache
def not_available() -> frozenset[str]:
    """The texts of #N/A in every language, in small letters."""
    return frozenset(name.casefold() for name in declared()["not_available"]["names"])


@cache
def declared() -> dict[str, dict[str, list[str]]]:
    """sheet_errors.toml: programme or class of error -> language -> texts."""
    known: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("etl.domain").joinpath("sheet_errors.toml").read_text("utf-8"))
    return known


@cache
def known_errors() -> re.Pattern[str]:
    """Any known error that stands somewhere in a text."""
    texts = {text for language in declared()["excel"].values() for text in language} | {"#N/A", "#N/D"}
    longest_first = sorted(texts, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    words = "|".join(map(re.escape, declared()["libreoffice"]["words"]))
    return re.compile(rf"(?<![\w/])(?:{names})(?!\w)|^(?:{words})\.?\s?:\s?5[0-4][0-9]$", re.IGNORECASE)


def sheet_error(text: str) -> str:
    """"missing" for a text that says that a look-up found nothing, "error" for any other error, "" for none."""
    text = text.strip()
    if "#" not in text and (":" not in text or not text[-3:].isdigit()):
        return ""
    if text.casefold() in not_available():
        return "missing"
    shaped = SHAPE.fullmatch(text) is not None and text == text.upper()
    return "error" if shaped or TOO_NARROW.fullmatch(text) or known_errors().search(text) else ""
