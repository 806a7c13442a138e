"""Connector `service-sheet`: the service sheets of a municipality (Modello Comuni), from their addresses or from the
pages that link to them. Their facts are candidates for services, notices and conditions: `merge = "propose"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from etl.checks.values import LONGEST_SLUG
from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef, Severity
from etl.meta.words import slug
from etl.sources.model import Batch, FailedSourceError, Record, Request
from etl.sources.programme_page import together
from etl.sources.sheets.facts import Facts, facts_of
from etl.sources.sheets.page import Page, read_page, sections
from etl.sources.visible_text import page_text

MOST_SHEETS, MOST_LISTS = 300, 40
"""Sheets and pages of lists that one source may have: a large city has some two hundred services."""
LARGEST = 1_500_000
"""Characters of a page; a sheet has a hundredth of it."""
NO_CODES = frozenset({"index", "default", "home", "service", "servizio", "scheda"})
ASKED = "?"
"""Before the name of a field: why nobody can tell its value."""
KNOWN = frozenset({"addressed", "needed", "achieved", "calendar", "how", "access", "conditions"})
"""Sections that make a page a service sheet."""


def read(request: Request) -> Batch:
    """One record per sheet. A page that is none, or fails, is a finding; when no sheet is left, the source fails.

    complete: every list and every sheet was read, so that what is not there has gone.
    """
    reading = Reading(request)
    for url, given in stated(request.options["address"]).items():
        reading.visit(url, given)
    if not reading.records:
        raise reading.fault or FailedSourceError("source-web-page", found=reading.shown)
    return Batch(reading.records, together(reading.told), reading.whole)


def stated(address: Any) -> dict[str, Mapping[str, str]]:
    """Address -> what the declaration says of all its sheets (group, needs …)."""
    if isinstance(address, Mapping):
        return {url: given if isinstance(given, Mapping) else {} for url, given in address.items()}
    return {url: {} for url in ([address] if isinstance(address, str) else address)}


class Reading:
    """One reading of a source: what was found, and what is still to be asked."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.records: list[Record] = []
        self.told: list[Finding] = []
        self.whole = True
        self.fault: FailedSourceError | None = None
        self.seen: set[str] = set()
        self.ids: dict[str, str] = {}
        self.shown = ""

    def visit(self, start: str, given: Mapping[str, str]) -> None:
        """Read a stated address: a sheet, or a list with all its pages and sheets."""
        lists, sheets = [start], []
        while lists and len(self.seen) < MOST_SHEETS + MOST_LISTS:
            url = lists.pop(0)
            page = self.page(url)
            if page is None:
                continue
            if is_sheet(page):
                self.keep(url, page, given)
                continue
            found = list(links_of(page, url, "sheet")) or list(below(page, url))
            if not found:
                self.refuse(url, page)
                continue
            sheets += found
            lists += [more for more in links_of(page, url, "more") if more not in self.seen and more not in lists]
        for url in dict.fromkeys(sheets):
            if len(self.records) >= MOST_SHEETS:
                self.tell("sheets-too-many", start, str(MOST_SHEETS))
                break
            page = self.page(url)
            if page is not None and is_sheet(page):
                self.keep(url, page, given)
            elif page is not None:
                self.refuse(url, page)

    def page(self, url: str) -> Page | None:
        """A page that was not read yet; None for one that cannot be, which is told."""
        if url in self.seen or urlsplit(url).hostname not in self.request.options["hosts"]:
            return None
        self.seen.add(url)
        try:
            response = self.request.fetcher.get(url, "html", conditional=False)
        except FailedSourceError as error:
            self.fault = error
            self.tell("page-failed", url, str(error).split(" || ")[0])
            return None
        if response.path is None:
            self.whole = False
            return None
        text = page_text(response.body, response.charset)
        if len(text) > LARGEST:
            self.tell("page-not-a-sheet", url, f"{len(text) // 1_000_000} MB")
            self.shown = self.shown or url
            return None
        return read_page(text)

    def keep(self, url: str, page: Page, given: Mapping[str, str]) -> None:
        """The record of a sheet. Two sheets of one code are told apart by nobody: the second one is left out."""
        day = self.request.today.isoformat()
        facts = facts_of(page, url, day)
        code = code_of(url, facts.values.get("title", ""))
        if not code or code in self.ids:
            self.tell("sheet-code", url, f"{code or '–'} {self.ids.get(code, '')}".strip())
            return
        self.ids[code] = url
        self.records.append(record_of(facts, given) | {"@url": url, "@date": day, "@id": code})
        if page.broken or len(page.data) > 1:
            self.tell("sheet-data", url, f"{len(page.data)} GovernmentService" if page.data else "JSON-LD", whole=True)
        wanted = {text for block in self.request.options["rows"] for text in block.values() if isinstance(text, str)}
        for name, why in facts.asked.items():
            if name in wanted:
                self.tell("sheet-asked", url, f"{name}: {why}", whole=True)
        if facts.prose:
            self.tell("sheet-prose", url, ", ".join(facts.prose), whole=True, severity="note")

    def refuse(self, url: str, page: Page) -> None:
        """Tell of a page that is no sheet what it shows first: often the words of a firewall."""
        said = " ".join(piece.text for piece in page.pieces[:3])[:120] or "–"
        self.shown = self.shown or f"{url}: «{said}»"
        self.tell("page-not-a-sheet", url, said)

    def tell(
        self, check: str, url: str, found: str, whole: bool = False, severity: Severity = "warning"
    ) -> None:
        """A finding about a page. whole: all of the page was read all the same."""
        self.whole &= whole
        options = self.request.options
        if options.get("merge") == "propose" and "gone" not in options and check != "sheet-asked":
            return  # of the tables that follow one source, that of the services tells of its pages, once
        self.told.append(finding(check, self.request.dataset, "", [RowRef(None, "", url)], severity, found=found[:300]))


def record_of(facts: Facts, given: Mapping[str, str]) -> Record:
    """The facts as a record; what is asked stands under its field with a question mark before it."""
    asked = {f"{ASKED}{name}": why for name, why in facts.asked.items()}
    return {**given, **facts.values, **asked, **({"limited": "yes"} if "isee" in facts.values else {})}


def is_sheet(page: Page) -> bool:
    """Whether a page is a service sheet: it has a title and two of its sections, or says so itself in JSON-LD."""
    parts = sections(page)
    named = "title" in parts or any(piece.level == 1 for piece in page.pieces)
    return bool(len(page.data) == 1 or (named and len(KNOWN & set(parts)) >= 2))


def links_of(page: Page, base: str, hook: str) -> Iterator[str]:
    """The links of a hook, whole and without what stands behind #."""
    for link in page.links:
        if hook in link.hooks:
            yield joined(base, link.address)


def below(page: Page, base: str) -> Iterator[str]:
    """The links of a list without hooks: those to pages below its own address."""
    folder = urlsplit(base)
    start = f"{folder.scheme}://{folder.netloc}{folder.path.rstrip('/')}/"
    for link in page.links:
        whole = joined(base, link.address)
        if whole.startswith(start) and len(whole) > len(start) and "." not in whole[len(start):]:
            yield whole


def joined(base: str, address: str) -> str:
    """An address as written on a page, whole; the page itself for one that is none."""
    try:
        return urljoin(base, address).partition("#")[0]
    except ValueError:
        return base


def code_of(url: str, title: str) -> str:
    """The code of a service: the last part of the path of its page, which stays when the title changes; else of its
    title, where the address is one of numbers or names a program."""
    parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
    last = slug(parts[-1].rsplit(".", 1)[0]) if parts and not urlsplit(url).query else ""
    named = any(sign.isalpha() for sign in last) and last not in NO_CODES
    return (last if named else slug(title))[:LONGEST_SLUG].strip("-")
