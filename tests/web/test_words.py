"""Every word of the templates exists in every language, and translations keep the places of their values."""

from __future__ import annotations

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader
from support.repository import ROOT

from etl.meta.errors import DeclarationError
from etl.meta.model import Page
from etl.meta.settings import SiteConfig
from etl.runtime.tables import read_release
from etl.web.language import Language, sentence, typst
from etl.web.rendering import site_settings
from etl.web.said import messages, refuse_silence, wanted

LANGUAGES = site_settings(ROOT, None).extra["languages"]
PARTIAL = tuple(code for code, about in LANGUAGES.items() if about.get("partial"))
"""Languages of which the site has only the path of a person in need."""
LOCALES = sorted(path.name for path in (ROOT / "site" / "locale").iterdir() if path.name in LANGUAGES)


def translations(language: str) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    """Message -> translation of one language, from all its files."""
    found: dict[str | tuple[str, ...], str | tuple[str, ...]] = {}
    for path in sorted((ROOT / "site" / "locale" / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found.update({entry.id: entry.string for entry in read_po(file) if entry.id and not entry.fuzzy})
    return found


def holes(text: str | tuple[str, ...]) -> set[str]:
    """The names of the values that a message takes."""
    return set(re.findall(r"%\((\w+)\)s", "".join(text)))


def asked(code: str, partial: bool) -> list[tuple[str, ...]]:
    """What a language of the site lacks."""
    theme = Environment(loader=FileSystemLoader(ROOT / "site" / "theme"))  # noqa: S701 - nothing is rendered
    said = messages(theme, ROOT / "build" / "cache" / "tested-words.json")
    release = read_release(ROOT / "datasets" / "release")
    return Language(code, code, [ROOT / "site" / "locale"], {}).lacks(wanted(said, release, partial, code))


@pytest.mark.parametrize("language", LOCALES)
def test_every_word_is_translated(language: str) -> None:
    assert asked(language, language in PARTIAL) == []


@pytest.mark.slow
def test_a_language_without_words_is_refused_with_the_list_of_them(tmp_path: Path) -> None:
    """It was built in silence: Italian words under lang="de"."""
    theme = Environment(loader=FileSystemLoader(ROOT / "site" / "theme"))  # noqa: S701 - nothing is rendered
    languages = {"it": {"name": "Italiano"}, "de": {"name": "Deutsch"}}
    config = SiteConfig("https://example.org/", languages)
    known = {code: Language(code, code, [ROOT / "site" / "locale"], {}) for code in languages}
    written = [Page("about", "it", "informazioni/index.html", "layout/page.html", {})]
    with pytest.raises(DeclarationError) as refused:
        refuse_silence(theme, config, known, read_release(ROOT / "datasets" / "release"), written, tmp_path / "w.json")
    head, *listed = str(refused.value).splitlines()
    assert head.startswith("site/locale/de/LC_MESSAGES and site/content/de lack ")
    assert "  Casa a %(city)s: trova aiuto, in chiaro" in listed
    assert "  %(count)s riga / %(count)s righe" in listed
    assert "  attivo" in listed or "  da verificare" in listed, "the words of closed lists"
    assert listed[-1] == "  page about"


def test_a_language_with_the_path_only_needs_the_words_of_the_path() -> None:
    path, whole = asked("de", partial=True), asked("de", partial=False)
    assert ("Casa a %(city)s: trova aiuto, in chiaro",) in path
    assert ("Esempi da copiare",) in set(whole) - set(path)
    assert set(path) < set(whole)


@pytest.mark.parametrize("language", LOCALES)
def test_translations_keep_their_values(language: str) -> None:
    wrong = [message for message, text in translations(language).items() if holes(message) != holes(text)]
    assert not wrong


@pytest.mark.parametrize("language", LOCALES)
def test_counts_have_all_the_forms_of_the_language(language: str) -> None:
    category = Locale.parse(language).plural_form
    for path in (ROOT / "site" / "locale" / language / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            catalogue = read_po(file)
        form = c2py(catalogue.plural_expr)
        pairs = {(category(number), form(number)) for number in range(1000)}
        assert len(pairs) == len(dict(pairs)) == catalogue.num_plurals, f"{path.name}: {pairs}"


LABELS = {("desks", "status"): {"dated": {"it": "da verificare", "en": "to be checked"}}}
ITALIAN = Language("it", "it_IT", [ROOT / "site" / "locale"], LABELS)
ENGLISH = Language("en", "en_GB", [ROOT / "site" / "locale"], LABELS)


def test_money_is_written_as_each_language_does() -> None:
    assert ITALIAN.money(1514648.44) == "1.514.648,44\u00a0€"
    assert ENGLISH.money(1514648.44) == "€1,514,648.44"
    assert [ITALIAN.money(12000.0, 0), ENGLISH.money(12000.0, 0)] == ["12.000\u00a0€", "€12,000"]
    assert [ITALIAN.money(0.5, 0), ITALIAN.money(0), ITALIAN.money(None)] == ["0,50\u00a0€", "0,00\u00a0€", ""]


@pytest.mark.parametrize(
    ("value", "italian", "english"),
    [
        ("2020-10-31", "31 ottobre 2020", "31 October 2020"),
        ("2020-10", "ottobre 2020", "October 2020"),
        ("2020", "2020", "2020"),
        ("2026-11-25T08:00:00Z", "25 novembre 2026", "25 November 2026"),
        (None, "", ""),
    ],
)
def test_a_partial_date_says_only_what_is_known(value: str | None, italian: str, english: str) -> None:
    assert [ITALIAN.day(value), ENGLISH.day(value)] == [italian, english]


def test_counts_choose_their_word() -> None:
    assert ITALIAN.ngettext("%(count)s riga", "%(count)s righe", 1) == "1 riga"
    assert ITALIAN.ngettext("%(count)s riga", "%(count)s righe", 1234) == "1.234 righe"
    assert ENGLISH.ngettext("riga", "righe", 2) == "rows"
    ukrainian = Language("uk", "uk", [ROOT / "site" / "locale"], {})
    said = [ukrainian.ngettext("sportello", "sportelli", number) for number in (1, 3, 20, 21)]
    assert said == ["пункт", "пункти", "пунктів", "пункт"]


def test_codes_are_said_in_words_and_unknown_codes_as_they_are() -> None:
    assert ENGLISH.label("dated", "desks", "status") == "to be checked"
    assert ENGLISH.label("odd", "desks", "status") == "odd"
    assert ITALIAN.labels("dated|odd", "desks", "status") == ["da verificare", "odd"]
    assert [ITALIAN.label(None, "desks", "status"), ITALIAN.labels(None, "desks", "status")] == ["", []]


def test_a_text_in_the_leaflet_is_never_markup() -> None:
    """An underscore begins emphasis in Typst: a desk with one in its name stopped the whole build."""
    assert typst("uno_due *tre* #x [y]") == r"uno\_due \*tre\* \#x \[y\]"


def test_other_words_of_a_language() -> None:
    assert [ITALIAN.weekday("mo"), ENGLISH.weekday("su")] == ["lunedì", "Sunday"]
    assert [ITALIAN.percent(0.2969), ENGLISH.percent(0.5), ITALIAN.percent(None)] == ["29,7%", "50%", ""]
    assert [ITALIAN.language("ar"), ENGLISH.language("ar"), ENGLISH.language("xx")] == ["arabo", "Arabic", "xx"]
    assert ENGLISH.gettext("") == ""
    assert [sentence("sede ALER"), sentence("")] == ["Sede ALER", ""]


@pytest.mark.parametrize("code", ["it", "en", "fr", "es", "uk", "ar", "zh", "ru", "bg", "hu"])
def test_a_date_leaves_the_full_stop_to_its_sentence(code: str) -> None:
    """In Ukrainian every page said "2026 р..": the mark of a year ended with a full stop of its own."""
    language = Language(code, code, [], {})
    for written in (language.full_day("2026-12-01"), language.day("2026-12-01")):
        assert "2026" in written
        assert not re.search(r"[^\W\d_][.]$", written)
