"""The facts of a service sheet, as text: titles, states, short items, days, amounts, places, links. Never its prose.

A fact that the page says in two ways, or that nobody can tell, is not taken: it is asked, with the words of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import phonenumbers

from etl.meta.words import normal
from etl.sources.sheets.dates import dates_in, lines
from etl.sources.sheets.page import WORDS, Page, Piece, sections

LONGEST_ITEM, LONGEST_LINE = 100, 60
"""Characters of an item of a list, and of a section that is one short line; what is longer is prose."""
SECTIONS = {"audience": "addressed", "documents": "needed", "what_you_get": "achieved", "cost": "cost"}
"""Field -> the section whose short items it holds."""
STATES = {normal(text): state for state, texts in WORDS["status"].items() for text in texts}
SERVICE = "servizio"
"""Where a page has no place for the state, only words that hold this one are taken for it."""
FUNDS = [normal(text) for text in WORDS["notices"]["until_funds_end"]]
AMOUNT = r"(?:€|euro)?\s*([0-9]{1,3}(?:[.'’ ][0-9]{3})+(?:,[0-9]{1,2})?|[0-9]+(?:,[0-9]{1,2})?)(?![0-9])\s*(?:€|euro)?"
ISEE = re.compile(rf"\bISEE\b(?:\s+20[0-9]{{2}}\b)?([^.;:0-9€]{{0,80}}?){AMOUNT}", re.IGNORECASE)
YEAR = re.compile("(?:19|20)[0-9]{2}")
STREET = re.compile(
    r"\b(?i:" + "|".join(WORDS["address"]["streets"]) + r")\s+"
    r"(?:(?i:d[aei]l|de[il]|d[ae]ll[aeo]|degli|di|da|al|ai|alla)\s+|(?i:[dn]?[ae]?ll|d)['’]\s?)*"
    r"(?!PEC|E-?mail|Mail|Web|SPID)[A-ZÀ-Ý0-9][^\n,;:()|]{1,50}?,?\s*(?:n\.?\s?)?"
    r"[0-9]{1,4}(?:\s?/?\s?[a-zA-Z]\b)?(?![0-9.]|\s*(?:€|euro|giorni))"
    r"(?:[\s,–-]+[0-9]{5}\b(?:\s+[A-Z][\w'’ ]{1,40})?)?")
"""A street with its number, and its postal code and town where they follow."""
NOT_PERSONAL = frozenset({
    phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.SHARED_COST, phonenumbers.PhoneNumberType.UAN,
})
"""Kinds of telephone numbers that are an office's; a mobile may be a person's."""


@dataclass
class Facts:
    """values: field -> text; asked: field -> why nobody can tell, in the words of the page; prose: sections whose text
    was left where it is."""

    values: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    prose: list[str] = field(default_factory=list)

    def put(self, name: str, found: Iterable[tuple[str, str]]) -> None:
        """The value of a field from (who says it, value) of several; asked where they differ by more than spelling."""
        given = [(who, value) for who, value in found if value]
        if len({normal(value) for _, value in given}) > 1:
            self.asked[name] = " / ".join(f"{who}: {value}" for who, value in given)[:300]
        elif given:
            self.values[name] = given[0][1]


PAGE, DATA = "pagina / page", "dati strutturati / structured data"


def facts_of(page: Page, url: str, day: str) -> Facts:
    """Everything that a sheet says. url: where it stands; day: that of the reading, ISO."""
    found, parts = Facts(), sections(page)
    data: dict[str, Any] = page.data[0] if len(page.data) == 1 else {}
    found.put("title", [(PAGE, title_of(page, parts)), (DATA, text_at(data, "name"))])
    status(found, page, parts)
    for name, section in SECTIONS.items():
        items, prose = short_items(parts.get(section, []))
        found.prose += [section] if prose else []
        if items:
            found.values[name] = "; ".join(items)
    found.values.setdefault("audience", text_at(data, "audience", "audienceType"))
    periods(found, page, parts)
    income(found, [piece.text for piece in page.pieces])
    contacts(found, parts, data)
    channels(found, page, data, url)
    found.values = {name: value for name, value in found.values.items() if value}
    notice(found, day)
    return found


def title_of(page: Page, parts: dict[str, list[Piece]]) -> str:
    """The hooked title, else the first heading of the first level."""
    hooked = " ".join(piece.text for piece in parts.get("title", []))
    return hooked or next((piece.text for piece in page.pieces if piece.level == 1), "")


def status(found: Facts, page: Page, parts: dict[str, list[Piece]]) -> None:
    """Whether the service can be used: only words that are known, and that do not contradict each other."""
    said = [piece.text for piece in parts.get("status", [])]
    if not said:
        said = [piece.text for piece in page.pieces if normal(piece.text) in STATES and SERVICE in normal(piece.text)]
    states = {STATES[normal(text)] for text in said if normal(text) in STATES}
    if len(states) == 1:
        found.values["status"] = states.pop()
    else:
        found.asked["status"] = f"{PAGE}: {' / '.join(said)[:200] or '–'}"


def short_items(pieces: list[Piece]) -> tuple[list[str], bool]:
    """(the short items of a section, whether it has text that is none)."""
    items = [piece.text for piece in pieces if piece.item and not piece.level]
    short = [text.rstrip(" ;.,") for text in items if len(text) <= LONGEST_ITEM and ". " not in text]
    lines = [piece.text for piece in pieces if not piece.item and not piece.level]
    if not items and len(lines) == 1 and len(lines[0]) <= LONGEST_LINE and ". " not in lines[0]:
        return [lines[0].rstrip(" ;.,")], False
    return list(dict.fromkeys(short)), bool(lines) or len(short) < len(items)


def periods(found: Facts, page: Page, parts: dict[str, list[Piece]]) -> None:
    """From when to when one can ask, and the day of the page."""
    texts = list(lines(piece.text for piece in parts.get("calendar", [])))
    said = dates_in(texts)
    for name, values in (("opens", said.opens), ("closes", said.closes)):
        if len(values) > 1:
            found.asked[name] = f"{PAGE}: {' / '.join(values)}"
        elif values:
            found.values[name] = values[0]
    if said.unclear:
        found.asked["closes" if "closes" not in found.values else "opens"] = f"{PAGE}: {' / '.join(said.unclear)}"[:300]
    opens, closes = found.values.get("opens", ""), found.values.get("closes", "")
    if opens and closes and closes[:10] < opens[:10]:
        found.asked |= dict.fromkeys(("opens", "closes"), f"{PAGE}: {opens} → {closes}")
        del found.values["opens"], found.values["closes"]
    if any(words in normal(text) for text in texts for words in FUNDS):
        found.values["until_funds_end"] = "yes"
    updated = dates_in(piece.text for piece in page.pieces[-40:]).updated
    found.values["updated"] = max(updated, default="")[:10]


def income(found: Facts, texts: list[str]) -> None:
    """The one limit of the ISEE that a page names, with how it is compared."""
    limits: dict[tuple[str, str], str] = {}
    for text in texts:
        for match in ISEE.finditer(text):
            words = f" {normal(match[1])} "
            fits = [(len(said), operator) for operator, phrases in WORDS["isee"].items() for said in phrases
                    if f" {normal(said)} " in words]
            if fits:
                limits[max(fits)[1], amount(match[2])] = match[0]
            elif not YEAR.fullmatch(match[2]) or "€" in match[0]:
                limits["", amount(match[2])] = match[0]
    if len(limits) == 1 and (limit := next(iter(limits)))[0] in ("<", "<="):
        found.values |= {"isee_operator": limit[0], "isee": limit[1]}
    elif limits:
        found.asked["isee"] = f"{PAGE}: {' / '.join(limits.values())}"[:300]


def amount(text: str) -> str:
    """An amount as a page writes it -> digits with a point before the cents, where there are cents."""
    return re.sub(r",0+$|[.'’ ]", "", text).replace(",", ".")


def contacts(found: Facts, parts: dict[str, list[Piece]], data: dict[str, Any]) -> None:
    """The office, its telephone and its address; not the names, mobiles and mail of people."""
    pieces = [piece.text for piece in parts.get("contacts", [])]
    area = next((text for text in pieces if 3 <= len(text) <= LONGEST_ITEM and not STREET.search(text)
                 and not any(phones_in([text])) and "@" not in text and normal(text) not in LABELS), "")
    channel = first(data.get("availableChannel"))
    place = first(channel.get("serviceLocation"))
    found.values["office"] = area or text_at(place, "name")
    texts = [*pieces, *(piece.text for piece in parts.get("access", []))]
    stated_phone = text_at(channel, "servicePhone") or text_at(channel, "servicePhone", "telephone")
    found.put("phone", [*((PAGE, number) for number in list(dict.fromkeys(phones_in(texts)))[:1]),
                        (DATA, next(phones_in([stated_phone]), ""))])
    streets = list(dict.fromkeys(match[0] for text in texts if (match := STREET.search(text))))
    written = first(place.get("address"))
    street = text_at(written, "streetAddress")
    stated = street and ", ".join(filter(None, (street, " ".join(filter(None, (
        text_at(written, "postalCode"), text_at(written, "addressLocality")))))))
    same = len(streets) == 1 and normal(street) in normal(streets[0])
    found.put("address", [*((PAGE, street) for street in streets), *([] if same else [(DATA, stated)])])
    found.values["contacts"] = ". ".join(filter(None, (found.values.get(name, "") for name in (
        "office", "address", "phone"))))


LABELS = frozenset({"telefono", "tel", "indirizzo", "e mail", "email", "pec", "orari", "sede", "ufficio", "contatti"})


def phones_in(texts: Iterable[str]) -> Iterator[str]:
    """The telephone numbers of offices in some texts, as 0171 555 0101."""
    for text in texts:
        for match in phonenumbers.PhoneNumberMatcher(text, "IT"):
            if phonenumbers.number_type(match.number) in NOT_PERSONAL:
                yield phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.NATIONAL)


def channels(found: Facts, page: Page, data: dict[str, Any], url: str) -> None:
    """How one asks: where, online, on appointment, at a desk. A link to the page itself says nothing."""
    def links(hook: str) -> list[str]:
        return list(dict.fromkeys(whole for link in page.links if hook in link.hooks
                                  and (whole := web_address(link.address, url)) and whole != url))

    stated = web_address(text_at(first(data.get("availableChannel")), "serviceUrl"), url)
    online = links("online")
    found.put("application", [*((PAGE, address) for address in online), *(
        [] if online or stated == url else [(DATA, stated)])])
    ways = {"online": bool(online), "booking": bool(links("booking")), "desk": bool(found.values.get("address"))}
    found.values["channels"] = "|".join(name for name, there in ways.items() if there)


def notice(found: Facts, day: str) -> None:
    """What a notice says, where the page has a day by which one must ask, or money that ends."""
    closes, opens = found.values.get("closes", ""), found.values.get("opens", "")
    found.values |= {"opens_on": opens[:10], "closes_on": closes[:10]}
    for name in ("opens", "closes"):
        if name in found.asked:
            found.asked[f"{name}_on"] = found.asked[name]
    if closes or opens or "until_funds_end" in found.values:
        funds = "until_funds_end" in found.values
        found.values |= {"notice": "yes", "kind": "until_funds_end" if funds else "window" if closes else "",
                         "edition": (closes or opens or day)[:4]}


def web_address(text: str, base: str) -> str:
    """An address of the web, whole; "" for another one."""
    try:
        whole = urljoin(base, text) if text else ""
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def first(value: Any) -> dict[str, Any]:
    """An object, or the first one of a list; an empty one for anything else."""
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def text_at(data: Any, *path: str) -> str:
    """The short text at a path of JSON-LD; "" for anything else."""
    for name in path[:-1]:
        data = first(data.get(name)) if isinstance(data, dict) else {}
    found = data.get(path[-1]) if isinstance(data, dict) else None
    return " ".join(found.split()) if isinstance(found, str) and len(found) <= 300 else ""
