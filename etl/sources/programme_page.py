"""Connector `programme-page`: the facts of a project from its page on the programme's site, read by visible labels.

The pages come in three layouts (older, newer, 2021-2027) and their HTML changes; their labels hardly do. A label is
taken, ignored by name, or signalled (etl/sources/page_facts.py). The description, which is prose, is never taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.sources.model import Batch, FailedSourceError, Request
from etl.sources.page_facts import PageFacts, parse
from etl.sources.visible_text import page_text

NO_RECORD = frozenset({"page-not-a-project", "page-other-project", "page-other-projects"})


def read(request: Request) -> Batch:
    """One record per page that could be read; one that could not is a finding, and the others are read all the same."""
    records, told, fault, unread = [], [], None, 0
    asked = addresses(request)
    for url in asked:
        try:
            # Asked for whole each time: what is strange on a page must be told as long as it stands there.
            response = request.fetcher.get(url, "html", conditional=False)
        except FailedSourceError as error:
            fault = error
            row = RowRef(None, code_of(url), url)
            why = str(error).split(" || ")[0]
            told.append(finding("page-failed", request.dataset, "", [row], "warning", found=why))
            continue
        if response.unchanged and not response.path:
            unread += 1
            continue
        page = parse(page_text(response.body, response.charset), code_of(url))
        problems = list(faults(request.dataset, url, page))
        told.extend(problems)
        if not any(item.check in NO_RECORD for item in problems):
            day = request.today.isoformat()
            records.append({**page.record(), "@url": url, "@date": day, "@as_of": page.as_of or day})
    if not records and not unread:
        raise fault or gave_nothing(asked, told)
    return Batch(records, together(told), len(records) == len(asked))


def gave_nothing(asked: list[str], told: list[Finding]) -> FailedSourceError:
    """The fault of pages that all answered, and of which none is that of its project."""
    if not asked:
        return FailedSourceError("source-no-address")
    if {item.check for item in told if item.check in NO_RECORD} == {"page-not-a-project"}:
        return FailedSourceError("source-web-page", found=asked[0])
    return FailedSourceError("source-nothing-found", expected=asked[0], found=str(len(asked)))


def together(found: list[Finding]) -> list[Finding]:
    """The same thing said of many pages, said once with all of them."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for item in found:
        groups.setdefault((item.check, item.message["it"]), []).append(item)
    return [
        replace(items[0], rows=tuple(row for item in items for row in item.rows), count=len(items))
        for items in groups.values()
    ]


def addresses(request: Request) -> list[str]:
    """The pages to read: those that the declaration names, or that a column of the table holds, on declared hosts."""
    options = request.options
    if "addresses_from" in options:
        found = [row.get(options["addresses_from"], "") for row in request.rows]
        return list(dict.fromkeys(url for url in found if urlsplit(url).hostname in options["hosts"] and code_of(url)))
    stated = options["address"]
    return [stated] if isinstance(stated, str) else list(stated)


def code_of(url: str) -> str:
    """The project that an address asks for (?codice=RM3.1.1.b1, ?id=RM3.2.8.3.b), "" when it asks for none."""
    query = parse_qs(urlsplit(url).query)
    return next((query[name][0] for name in ("codice", "id") if name in query), "")


def faults(dataset: str, url: str, page: PageFacts) -> Iterator[Finding]:
    """What is wrong with a page as a whole, and each piece on it that nobody knows."""
    def said(check: str, found: str, expected: str = "") -> Finding:
        return finding(check, dataset, "", [RowRef(None, code_of(url), url)], "warning", found=found[:200],
                       expected=expected)

    wanted, codes = code_of(url), page.values.get("code", [])
    if page.shared:
        yield said("page-other-projects", url)
    elif not codes:
        yield said("page-not-a-project", url)
    elif wanted and codes[0] != wanted:
        yield said("page-other-project", codes[0], wanted)
    yield from (said("page-unsure", text) for text in page.unsure)
    yield from (said("page-contradiction", text) for text in page.contradictions)
    yield from (said("page-unknown-label", text) for text in dict.fromkeys(page.strange))
