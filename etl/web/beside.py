"""The files beside the pages: feeds of changes, citations, the timeline as a calendar, what is about all pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.domain.citing import cited, said
from etl.meta.model import LANGUAGES, Page
from etl.meta.view import as_json
from etl.meta.words import say
from etl.web import calendars
from etl.web.pages import UNINDEXED
from etl.web.pages.money import activities
from etl.web.pages.paging import chunks
from etl.web.pages.services import notices
from etl.web.pages.trust import changes, method, security
from etl.web.pages.trust.providers import provider_files
from etl.web.writer import MISSING, Writer

CITATION, TIMELINE, NOTICES, QUALITY = "cita", "activities", "notices", "quality"
ADDRESSES = 50_000
"""A sitemap may hold so many (sitemaps.org)."""


def feeds(writer: Writer) -> list[Page]:
    """Every Atom feed; the pages that they are beside exist already."""
    languages = writer.config.full
    timelines = [activities.feed(writer.release, language, writer.address(TIMELINE, language))
                 for language in languages if TIMELINE in writer.addresses]
    asked = [notices.feed(writer.release, language, writer.address(NOTICES, language))
             for language in writer.config.languages if NOTICES in writer.addresses]
    return [*changes.feeds(writer.release, languages, writer.address), *timelines, *asked]


def data_files(writer: Writer) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of every citation and calendar, and of what is there for servers and searchers."""
    yield "_headers", security.headers_file().encode()
    for place in (".well-known/security.txt", "security.txt"):
        yield place, security.security_txt(writer.config).encode()
    for language in writer.config.languages:
        for name, table in (("answers", writer.answers.table), ("more", writer.answers.more)):
            yield f"assets/{name}-{language}.json", as_json(table(language), indent=None)
    for language in writer.config.full:
        yield from citations(writer, language)
        if QUALITY in writer.addresses:
            place = writer.address(QUALITY, language)
            yield from ((place + path, content) for path, content in provider_files(writer.release, language))
        if TIMELINE in writer.addresses:
            facts = [{**fact, "cited": said(cited(writer.documents, fact["source_url"], fact["source_date"]))}
                     for fact in activities.known_facts(writer.release, language) if len(fact["date"] or "") == 10]
            place = writer.address(TIMELINE, language)
            content = calendars.timeline(facts, writer.config.name, writer.release.package["name"],
                                         writer.config.site_url + place)
            yield place + activities.CALENDAR, content
    for language in writer.config.languages if NOTICES in writer.addresses else ():
        yield from deadlines(writer, language)


def deadlines(writer: Writer, language: str) -> Iterator[tuple[str, bytes]]:
    """The ends of the notices that are still to come as calendars, all together and one by one."""
    to_come = [
        {**notice, "summary": writer.languages[language].gettext(notices.ENDS, title=notice["title"]),
         "detail": "\n".join(filter(None, (
             notice["text"].get("how_to_apply"), notice["application_url"],
             said(cited(writer.documents, notice["source_url"], notice["source_date"]))))),
         "address": writer.config.site_url + writer.address(NOTICES, language, notice["notice_id"])}
        for notice in notices.known_notices(writer.release, language) if notices.is_to_come(notice)
    ]
    places = {writer.address(NOTICES, language): to_come} if to_come else {}
    places |= {writer.address(NOTICES, language, notice["notice_id"]): [notice] for notice in to_come}
    for place, listed in places.items():
        yield place + notices.CALENDAR, calendars.deadlines(
            listed, writer.config.name, writer.release.package["name"])


def citations(writer: Writer, language: str) -> Iterator[tuple[str, bytes]]:
    """How to cite the whole, and each dataset, as BibTeX and CSL-JSON."""
    publisher = say(writer.config.owner["name"], language) if "name" in writer.config.owner else ""
    titles = {item["name"]: item["title" if language == LANGUAGES[0] else "title_en"]
              for item in writer.release.package["resources"]}
    whole = writer.release.package["title" if language == LANGUAGES[0] else "title_en"]
    for name, title in [("", whole), *titles.items()]:
        place = writer.address("data", language, name or None)
        item = method.citation(writer.release, name, title, publisher, writer.config.site_url)
        yield f"{place}{CITATION}.bib", method.as_bibtex(item)
        yield f"{place}{CITATION}.json", method.as_csl(item)


def site_files(writer: Writer) -> list[Page]:
    """The pages about all pages: the sitemaps, robots.txt, which names them, and the 404 pages."""
    main, *others = writer.config.full
    apart = {page.id for page in writer.pages if page.template in UNINDEXED}
    groups = (group for page, group in writer.addresses.items() if page not in apart)
    parts = chunks(sorted(address for group in groups for address in group.values()), size=ADDRESSES)
    maps = {f"sitemap-{number}.xml" if number > 1 else "sitemap.xml": part
            for number, (part,) in enumerate(parts, start=1)}
    return [
        Page("404", main, MISSING, "layout/404.html", {}),
        *(Page("404", code, f"{code}/{MISSING}", "layout/404.html", {}) for code in others),
        *(Page(path, main, path, "layout/sitemap.xml", {"listed": part}) for path, part in maps.items()),
        Page("robots", main, "robots.txt", "layout/robots.txt", {"maps": list(maps)}),
    ]
