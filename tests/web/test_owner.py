"""Who runs the site is said in one way: at the foot of every page, and on the pages that people ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from support.repository import ROOT

from etl.meta.settings import SiteConfig
from etl.web.language import Language

OWNER = re.compile(r'<p class="owner">(.*?)</p>', re.DOTALL)


def said(confirmed_on: str, language: str = "it") -> str:
    """What the site says of an owner that has confirmed it on a day, or not yet ("")."""
    env = Environment(loader=FileSystemLoader(ROOT / "site/theme"), autoescape=True, trim_blocks=True)
    owner = {"name": {"it": "Un ente", "en": "A body"}, "website": "", "confirmed_on": confirmed_on}
    words = Language(language, f"{language}_IT" if language == "it" else "en_GB", [ROOT / "site/locale"], {})
    env.globals |= {"_": words.gettext, "lang": language, "config": SiteConfig("", {}, owner)}
    return " ".join(env.get_template("layout/owner.html").render().split())


def test_an_owner_that_has_confirmed_the_site_is_its_owner() -> None:
    assert said("2026-11-29") == "Titolare del sito: Un ente."
    assert said("2026-11-29", "en") == "Owner of the site: A body."


def test_until_then_the_site_says_that_it_is_official_for_nobody() -> None:
    assert said("") == ("Titolare indicato: Un ente, che non lo ha ancora confermato. "
                        "Questo non è un sito ufficiale dell’ente, né dei progetti di cui parla.")
    assert said("", "en").startswith("Named owner: A body, which has not confirmed it yet.")


@pytest.mark.parametrize("page", ["privacy", "en/privacy", "informazioni", "en/about", "contatti", "en/contacts"])
def test_the_owner_at_the_foot_is_that_of_the_page(built_site: Path, page: str) -> None:
    here, foot = OWNER.findall((built_site / page / "index.html").read_text("utf-8"))
    assert here == foot
    assert OWNER.findall((built_site / "index.html").read_text("utf-8"))[0] in (here, foot) or page.startswith("en/")
