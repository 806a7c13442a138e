"""The words of the law and of the offices, each with its Italian name and what it means."""

from __future__ import annotations

from collections.abc import Iterable

from etl.domain.terms import used
from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.view import Row, rows, texts
from etl.meta.words import slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    return [kind.page(language, terms=in_order(texts(release, "terms", "term_id", language).values()))]


def in_order(terms: Iterable[Row]) -> list[Row]:
    """Terms A–Z by their Italian name, which is the same in each language."""
    return sorted(terms, key=lambda term: slug(term["italian_name"]))


def terms_in(release: Release, language: str, words: Iterable[str | None]) -> list[Row]:
    """The terms, in a language, that an Italian text uses. words: its cells."""
    known = said_in(release, "terms", "term_id", language)
    return in_order(known[name] for name in names_in(release, tuple(text for text in words if text)))


@once
def names_in(release: Release, said: tuple[str, ...]) -> list[str]:
    """The ids of the terms that Italian texts use: the same for all languages."""
    return [row["term_id"] for row in rows(release, "terms")
            if row["language"] == LANGUAGES[0] and any(used(row, text) for text in said)]


said_in = once(texts)


KINDS = (
    Kind("glossary", {"it": "glossario", "en": "glossary"}, N_("Le parole della casa"), pages,
         ("services/glossary.html",), requires=("terms",),
         short=N_("Glossario"), words=N_("glossario"), under="services", on_the_path=True),
)
