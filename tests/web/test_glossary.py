"""The page of the glossary, and the words of a service that lead to it."""

from __future__ import annotations

from typing import Any

from support.repository import ROOT

from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.runtime.tables import read_release
from etl.web.lineage import Watched
from etl.web.pages import KINDS
from etl.web.pages.services.glossary import terms_in

TODAY = read_release(ROOT / "datasets" / "release").today


def term(name: str, language: str, word: str, forms: str | None = None) -> dict[str, Any]:
    italian = {"c": "canone concordato", "s": "sfratto"}[name]
    return {"term_id": name, "language": language, "word": word, "italian_name": italian, "forms": forms,
            "definition": None, "translated_from": None, "source_url": "https://example.org/", "source_date": None}


def release(*terms: dict[str, Any]) -> Watched:
    config = SiteConfig("https://example.org/", {"it": {}, "en": {}, "uk": {"partial": True}})
    return Watched(Release({"terms": list(terms)}, {"resources": []}, today=TODAY), config)


KNOWN = release(
    term("s", "it", "sfratto", "sfratt"), term("s", "en", "eviction"),
    term("c", "it", "canone concordato", "concordat"), term("c", "en", "agreed rent"),
    term("c", "uk", "договірна оренда"),
)


def test_the_page_lists_every_term_by_its_italian_name_in_every_language() -> None:
    for language, words in (("en", ["agreed rent", "eviction"]), ("uk", ["договірна оренда", "sfratto"])):
        [page] = KINDS["glossary"].made(KNOWN, language)
        assert [item["term_id"] for item in page.context["terms"]] == ["c", "s"]
        assert [item["word"] for item in page.context["terms"]] == words


def test_a_service_leads_to_the_terms_that_its_italian_text_uses() -> None:
    assert [item["word"] for item in terms_in(KNOWN, "en", ["Contratti concordati.", None])] == ["agreed rent"]
    assert terms_in(KNOWN, "en", ["Una casa."]) == []


def test_without_terms_there_is_no_page_and_no_link() -> None:
    assert KINDS["glossary"].made(release(), "it") == []
    assert terms_in(release(), "it", ["Lo sfratto."]) == []
