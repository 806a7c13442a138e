"""The ways to reach somebody that a text names: addresses of sites, mailboxes, telephones. Text in, links out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.domain.codes import phone_e164

EMAIL = r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})"
SITE = r"(?P<site>(?:https?://)?(?:[a-z0-9-]+\.)+(?:it|org|eu|com|net)\b(?:/[\w./?=&%#-]*[\w/])?)"
PHONE = r"(?P<phone>(?:\+39 ?)?(?:0\d(?:[ ./-]?\d){4,9}|(?:3\d\d|800)(?:[ ./-]?\d){6,7}))"
NAMED = re.compile(rf"(?<![\w.@/-])(?:{EMAIL}|{SITE}|{PHONE})(?![\w@])", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?؟](?=\s|$)|。")


@dataclass(frozen=True)
class Way:
    """One way to reach somebody. kind: site, email or phone. shown: as it is written. href: what a link leads to."""

    kind: str
    shown: str
    href: str


def ways(text: str | None) -> list[Way]:
    """Each way that a text names, in its order, once; a number that cannot be dialled is none."""
    found = [way_of(str(match.lastgroup), match[0]) for match in NAMED.finditer(text or "")]
    return list({way.href: way for way in found if way.href}.values())


def way_of(kind: str, shown: str) -> Way:
    """A way from what is written; without an address when nothing can be dialled."""
    if kind == "email":
        return Way(kind, shown, f"mailto:{shown}")
    if kind == "site":
        return Way(kind, shown, shown if "://" in shown else f"https://{shown}")
    number = phone_e164(shown)
    return Way(kind, shown, f"tel:{number}" if number else "")


def beginning(text: str | None, least: int = 40) -> str:
    """The first sentences of a text, until there are so many signs; the whole text where it is shorter."""
    said = (text or "").strip()
    for end in (match.end() for match in SENTENCE.finditer(said)):
        if end >= least:
            return said[:end].strip()
    return said
