"""Names that stand beside codes, or in place of them, where a column points to another table: "058091 – Roma"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from etl.meta.words import normal
from etl.spreadsheets.read.model import Read

BESIDE = " – "
"""Between a code and its name in our drop-downs."""
SEPARATOR = re.compile(r"\s+[–—-]\s+|\s*[:;,]\s+|\s+\((?=.*\)$)")


def with_name(code: str, name: str) -> str:
    """A code as people choose it."""
    return f"{code}{BESIDE}{name}" if name else code


def read_named(text: str, names: Mapping[str, str]) -> Read:
    """The code for a code, a name, or both in either order; a name of several things or of another is asked about.

    names: code -> name of the rows that the column may point to. What is none of it stays as written.
    """
    if not text or text in names:
        return Read(text)
    called = {code for code, name in names.items() if normal(name) and normal(name) == normal(text)}
    if called:
        return Read(called.pop(), "read-name") if len(called) == 1 else Read(text, problem="name-twice")
    both = {(code, normal(name) == normal(names[code])) for code, name in pairs(text) if code in names}
    right = {code for code, same in both if same}
    if len(right) == 1:
        return Read(right.pop(), "read-name")
    return Read(text, problem="name-of-another" if both else "")


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """The ways to read a text as a code and a name, in either order."""
    for between in SEPARATOR.finditer(text):
        first, second = text[: between.start()], text[between.end() :]
        second = second.removesuffix(")") if "(" in between[0] else second
        yield from ((first, second), (second, first))
