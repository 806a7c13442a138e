"""The words of the law and of the offices, each with its Italian name and what it means."""

from __future__ import annotations

from collections.abc import Iterable

from etl.domain.terms import used
from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.view import Row, by_key, rows, texts
from etl.meta.words import slug
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page."""
    return [kind.page(language, terms=in_order(texts(release, "terms", "term_id", language).values()))]


def in_order(terms: Iterable[Row]) -> list[Row]:
    """Terms A–Z by their Italian name, which is the same in each language."""
    return sorted(terms, key=lambda term: slug(term["italian_name"]))


def terms_in(release: Release, language: str, words: Iterable[str | None]) -> list[Row]:
    """The terms, in a language, that an Italian text uses. words: its cells."""
    italian = by_key((row for row in rows(release, "terms") if row["language"] == LANGUAGES[0]), "term_id")
    said = [text for text in words if text]
    return in_order(term for name, term in texts(release, "terms", "term_id", language).items()
                    if any(used(italian[name], text) for text in said))


KINDS = (
    Kind("glossary", {"it": "glossario", "en": "glossary"}, N_("Le parole della casa"), pages,
         ("services/glossary.html",), requires=("terms",),
         short=N_("Glossario"), words=N_("glossario"), under="services", on_the_path=True),
)
