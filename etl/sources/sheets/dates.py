"""Days and hours in the words of a service sheet: which one opens, which one closes, and what nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl.meta.words import normal, plain
from etl.sources.sheets.page import WORDS
from etl.spreadsheets.read.times import month_names, written_date


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return "|".join(longest_first)


MONTHS = one_of(name for name in month_names() if len(name) > 2)
NUMERIC = r"[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?(?:[0-9]{4}|[0-9]{2})(?![0-9])|[0-9]{4}-[0-9]{2}-[0-9]{2}"
NAMED = rf"[0-9]{{1,2}}\s?[°ºo^]?\s*[/-]?\s*(?:{MONTHS})\b\.?(?:\s*[/-]?\s*[0-9]{{4}})?"
DATE = re.compile(rf"(?<![0-9/.])(?:{NUMERIC}|{NAMED})")
FIRST = re.compile(rf"\bdal(?:l'|l’)?\s*(?P<day>[0-9]{{1,2}})\s?[°ºo^]?(?:\s+(?P<month>{MONTHS}))?\.?\s+"
                   rf"(?:al|fino al)(?:l'|l’)?\s*[0-9]{{1,2}}\s?[°ºo^]?\s+(?P<last>{MONTHS})\.?\s+(?P<year>[0-9]{{4}})")
"""The first day of "dal 1 al 31 marzo 2026" and of "dal 1 marzo al 30 aprile 2026": the rest stands with the last."""
HOUR = r"(?:ore|alle)\s+(?:ore\s+)?([01]?[0-9]|2[0-4])(?:\s?[:.,]([0-5][0-9]))?(?!\s?[:.,]?[0-9])"
AFTER, BEFORE = re.compile(rf"^[\s,]*(?:(?:e\s+)?entro\s+le\s+|alle\s+|h\s*)?{HOUR}(?!\s*del)"), re.compile(
    rf"{HOUR}\s*(?:del(?:l'|l’|\s+giorno)?|di)?\s*$")
PART = re.compile(rf"[0-9]{{1,2}}|(?:{MONTHS})\.?(?:\s*[/-]?\s*[0-9]{{4}})?|[0-9]{{4}}|{NUMERIC}|{NAMED}")
ROLES = {normal(text): role for role in ("opens", "closes", "updated") for text in WORDS["dates"][role]}
"""Words -> opens, closes or updated."""
ROLE = re.compile(rf"\b(?:{one_of(ROLES)})\b")
SEEN = 60
"""Characters between a date and the words that say what it is."""


@dataclass
class Said:
    """What a text says. opens, closes: its different days, ISO, with an hour where it says one ("2026-11-30T12:00");
    unclear: dates of which nobody can tell what they are, in the words of the text."""

    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def dates_in(texts: Iterable[str]) -> Said:
    """The dates of some texts, each read on its own."""
    said = Said()
    for text in texts:
        for role, value in found_in(text):
            there: list[str] = getattr(said, role)
            if not any(known.startswith(value) for known in there):
                # A day that is said again with its hour is the same one.
                there[:] = [*(known for known in there if not value.startswith(known)), value]
    return said


def lines(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of a section, those that are nothing but a part of a date, or what happens on it, put together: in a
    timeline the day, the month and "Scadenza" stand apart."""
    together: list[str] = []
    named = False
    for piece in pieces:
        role = normal(piece) in ROLES
        if role and named:
            yield " ".join(together)
            together, named = [], False
        if role or PART.fullmatch(plain(piece).strip(" :")):
            named |= role
            together.append(piece)
            if role and len(together) > 1:
                yield " ".join(together)
                together, named = [], False
        elif together:
            yield " ".join([*together, *([] if named else [piece])])
            yield from [piece] if named else []
            together, named = [], False
        else:
            yield piece
    yield " ".join(together)


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """(opens, closes, updated or unclear, its day or the words around it) of each date in a text."""
    low = plain(text)
    if len(low) != len(text):  # a sign that falls apart without its accent: places would not be the same
        text = low
    first = FIRST.search(low)
    if first:
        yield part_of(text, first)
    matches = [match for match in DATE.finditer(low) if not (first and first.start() < match.start() < first.start(
        "last") and match.end() < first.end("last"))]
    start = first.start("day") if first else 0
    for match in matches:
        before, after = low[start:match.start()][-SEEN:], low[match.end():][:SEEN]
        role = role_in(before, last=True)
        if not role and len(matches) == 1 and not normal(low[:match.start()]):
            role = role_in(re.split(r"[.;]", after)[0], last=False)  # "30 set 2026: scadenza"
        start = match.end()
        value = iso(match[0])
        if value and role:
            yield role, value + hour(before, after)
        else:
            yield "unclear", " ".join(text[max(0, match.start() - SEEN):match.end() + SEEN // 2].split())


def part_of(text: str, first: re.Match[str]) -> tuple[str, str]:
    """The first day of a span whose month or year stands with its last day."""
    value = iso(f"{first['day']} {first['month'] or first['last']} {first['year']}")
    return ("opens", value) if value else ("unclear", text[first.start():first.end()])


def iso(text: str) -> str:
    """A date as written -> ISO; "" when it has no year, or is no day of the calendar."""
    spaced = re.sub(r"\s*[°º^/-]\s*(?=[^\W\d_])|(?<=[^\W\d_])\s*[/-]\s*", " ", text.strip())
    found = written_date(re.sub(r"\s+", " ", re.sub(r"(?<=[0-9])\s?[°ºo^](?=\s)", "", spaced))) if not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else written_date(text.replace("-", ""))
    return found if len(found) == len("2026-11-30") else ""


def role_in(text: str, last: bool) -> str:
    """The role that the words of a text give a date: the words nearest to it count."""
    found = [match[0] for match in ROLE.finditer(normal(text))]
    return ROLES[found[-1 if last else 0]] if found else ""


def hour(before: str, after: str) -> str:
    """The hour beside a date, "T12:00"; "" for none. 24:00 and 0:00 say no more than the day."""
    match = AFTER.search(after) or BEFORE.search(before)
    if not match or int(match[1]) in (0, 24):
        return ""
    return f"T{int(match[1]):02}:{match[2] or '00'}"
