"""What a piece of a project page may say: an amount, a day, a code, a text. Of several runs, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.sources.labelled import Entry
from etl.sources.visible_text import joined
from etl.spreadsheets.read.numbers import CURRENCY
from etl.spreadsheets.read.times import ISO, written_date
from etl.spreadsheets.read.wording import is_missing

AMOUNTS = frozenset({"programmed", "admitted", "committed", "paid", "programme_resources", "other_resources"})
DAYS = frozenset({"start_date", "end_date"})
CODES = {"code": re.compile(r"[A-Z]{2}[0-9](\.[0-9]+){2,3}\.[a-z][0-9]*"), "cup": re.compile(r"[A-Z0-9]{15}")}
FIGURE = re.compile(r"[0-9]")
SIGN = r"(?:€|eur|euro)?"
AMOUNT = re.compile(
    rf"{SIGN}\s*[-−–]?\s*(?:(?:[0-9]{{1,3}}(?:[.\s'’][0-9]{{3}})+|[0-9]+)(?:,[0-9]{{1,2}})?"
    rf"|[0-9]{{1,3}}(?:,[0-9]{{3}})+\.[0-9]{{1,2}}|[0-9]+\.[0-9]{{1,2}})\s*{SIGN}", re.IGNORECASE)
"""Money with its groups of three whole, and two decimals at most."""
SURE_AMOUNT = re.compile(r"€|eur|,[0-9]{2}\b", re.IGNORECASE)
DAY = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}")
WHOLE = {**dict.fromkeys(AMOUNTS, AMOUNT), **dict.fromkeys(DAYS, DAY), **CODES}
SEVERAL = frozenset({"cup"})


def says_nothing(name: str, text: str) -> bool:
    """Whether a piece says that there is no amount, day or code: "€ -", "n.d."; a text may be any word."""
    return name in WHOLE and is_missing(CURRENCY.sub("", text).strip())


def value(name: str, piece: Entry) -> str:
    """The value of a field that a piece is, "" when it is none for certain.

    Runs that adjoin are one value when together they are one and no cut between them leaves another one: "699.966" and
    ",86" are, "100" and a raised "2" may be a hundred and a footnote.
    """
    parts, whole = [run.text for run in piece.runs], WHOLE.get(name)
    text = joined(parts)
    if piece.raised or text.endswith(":") or (piece.remark and not is_sure(name, text)):
        return ""
    if len(parts) == 1:
        fits = CODES[name].fullmatch(text) if name in CODES else whole is None or FIGURE.search(text)
        return text if fits else ""
    if whole is None:
        return text if not any(is_glued(parts, cut) for cut in range(1, len(parts))) else ""
    if whole is AMOUNT:
        text = re.sub(r"\s*([.,])\s*", r"\1", text)
    cut_off = any(is_glued(parts, cut) and whole.fullmatch(joined(parts[:cut])) for cut in range(1, len(parts)))
    return text if whole.fullmatch(text) and not cut_off else ""


def is_glued(parts: Sequence[str], cut: int) -> bool:
    """Whether letters or figures of two runs stand beside each other; blanks between figures may part thousands."""
    before, after = parts[cut - 1], parts[cut]
    if before.rstrip()[-1:].isdigit() and after.lstrip()[:1].isdigit():
        return True
    return before[-1:].isalnum() and after[:1].isalnum()


def is_sure(name: str, text: str) -> bool:
    """Whether a text can only be a value of the field, wherever it stands."""
    whole = WHOLE.get(name)
    if whole is None or not whole.fullmatch(text):
        return False
    return whole is not AMOUNT or bool(SURE_AMOUNT.search(text))


def codes(name: str, piece: Entry) -> tuple[list[str], bool]:
    """The codes of a piece, one or several with signs between them or in a run each; whether it holds nothing else."""
    runs = [run.text.strip() for run in piece.runs]
    for texts in ([piece.text], runs):
        found = [part for text in texts for part in re.split(r"\s*[/,;|]\s*|\s+e\s+|\s+", text) if part]
        if all(CODES[name].fullmatch(part) for part in found):
            return found, True
    return [text for text in runs if CODES[name].fullmatch(text)], False


def day_of(text: str) -> str:
    """A day, a month or a year in words or figures as ISO, "" for what is none."""
    return text if ISO.fullmatch(text) else written_date(text)
