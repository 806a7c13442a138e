"""Several days, or several hours, that a person writes in one cell: lun-ven, 9-12.30 / 14-16."""

from __future__ import annotations

import re
from itertools import pairwise

from etl.meta.words import normal, plain
from etl.spreadsheets.read.clock import clock_time
from etl.spreadsheets.read.weekdays import day_number

Band = tuple[str, str]
"""When a desk opens and when it closes, as 09:00."""
WEEK = range(7)
EVERY_DAY = frozenset({"tutti i giorni", "ogni giorno", "every day", "daily", "7 giorni su 7"})
ALL_DAY = frozenset({"24h", "h24", "h 24", "24 h", "24 ore", "24 ore su 24", "24 24", "24 hours"})
CLOSED = frozenset({"chiuso", "chiusa", "chiusi", "chiuso tutto il giorno", "closed", "riposo", "giorno di riposo"})
DAY = re.compile(r"([^\W\d_]+)['’`.]*")
BEFORE = re.compile(r"^(?:dal|dalla|dalle|da|il|la|ogni|tutti i|tutte le|from|every|on)\s+")
FROM_TO = re.compile(r"al|alla|a|to|fino al?|÷|→|-->?|=>|until|through")
HYPHEN = re.compile("[-–—−‑‐]")
LISTED = re.compile(r"[,;/|+&\n]*\s*(?:e|ed|and)?(?:\s+(?:il|la|anche))?")
HOURS = r"[0-9]{{1,2}}(?:\s?[:.h][0-9]{{2}}{comma})?h?(?:\s?[ap]\.?\s?m\b\.?)?"
MOMENT = r"(?<![0-9])[0-9]{{3,4}}(?![0-9:.,h])|{hours}|mezzogiorno|mezzanotte|noon|midnight"
MOMENTS = [re.compile(MOMENT.format(hours=HOURS.format(comma=comma)), re.IGNORECASE) for comma in ("|,[0-9]{2}", "")]
"""Hours in a text, with 9,30 as one hour or as two numbers."""
LINK = re.compile(
    r"(?i)(?:[-–—−‑‐÷→/>,;+&|\n\s]|\b(?:dalle|dalla|alle|ore|dal|al|a|to|from|until|fino|e|ed|and|poi|h)\b)*"
)
SPAN = re.compile(r"[-–—−‑‐÷→/>]|\b(?:alle|al|a|to|until|fino)\b", re.IGNORECASE)
PARTS = re.compile(r"[,;+&|\n]|\b(?:e|ed|and|poi)\b", re.IGNORECASE)


def days_in(text: str) -> list[int] | None:
    """The days of the week (Monday 0) that a text names, [] when it may name others; None for what is no list of days.

    With a hyphen Tuesday-Thursday may be two days or three; what begins with Monday and ends the week is a span.
    """
    if normal(text) in EVERY_DAY:
        return [*WEEK]
    said = BEFORE.sub("", plain(text.strip()))
    words = [*DAY.finditer(said)]
    named = [(match, number) for match in words if (number := day_number(match[1])) is not None]
    if len(named) < 2 or said[: named[0][0].start()].strip() or said[named[-1][0].end():].strip():
        return None
    links = [said[first.end() : second.start()].strip() for (first, _), (second, _) in pairwise(named)]
    return joined([number for _, number in named], links)


def joined(numbers: list[int], links: list[str]) -> list[int] | None:
    """Days by what stands between them; see days_in."""
    hyphens = sum(bool(HYPHEN.fullmatch(link)) for link in links)
    found = {numbers[0]}
    for first, last, link in zip(numbers, numbers[1:], links, strict=False):
        if FROM_TO.fullmatch(link) or (HYPHEN.fullmatch(link) and hyphens == 1):
            sure = FROM_TO.fullmatch(link) or last == first + 1 or (first == 0 and last >= 4)
            if first >= last or not sure:
                return []
            found |= {*range(first, last + 1)}
        elif LISTED.fullmatch(link) or (HYPHEN.fullmatch(link) and hyphens == len(links)):
            found.add(last)
        else:
            return [] if HYPHEN.fullmatch(link) else None
    return sorted(found)


def bands_in(text: str) -> list[Band] | None:
    """The bands that a text names, [] when it is not certain which; None for what names no band."""
    if normal(text) in ALL_DAY:
        return [("00:00", "24:00")]
    found = [bands for pattern in MOMENTS if (bands := paired(text, pattern))]
    if len(found) == 2 and found[0] != found[1]:
        return []
    return found[0] if found else ([] if len(MOMENTS[1].findall(text)) > 1 else None)


def paired(text: str, moment: re.Pattern[str]) -> list[Band]:
    """Hours two by two, when they follow each other through the day and a sign of a span is in each pair."""
    marks = [*moment.finditer(text)]
    times = [clock_time(mark[0]) for mark in marks]
    ends = [0, *(mark.end() for mark in marks)]
    starts = [*(mark.start() for mark in marks), len(text)]
    links = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    if len(times) < 2 or len(times) % 2 or not all(times) or not in_order(times) or not all(map(LINK.fullmatch, links)):
        return []
    inside = links[1:-1:2]
    if not all(SPAN.search(link) and not PARTS.search(link) for link in inside):
        return []
    return [*zip(times[::2], times[1::2], strict=True)]


def in_order(times: list[str]) -> bool:
    return all(first < second for first, second in pairwise(times))


def matched(opens: str, closes: str) -> list[Band]:
    """Bands of two cells that list as many hours: 9 / 14 and 12.30 / 16; [] when they do not fit together."""
    lists = [[clock_time(mark[0]) for mark in MOMENTS[1].finditer(text)] for text in (opens, closes)]
    if len(lists[0]) != len(lists[1]) or not all(lists[0] + lists[1]):
        return []
    bands = [*zip(*lists, strict=True)]
    return bands if in_order([time for band in bands for time in band]) else []
