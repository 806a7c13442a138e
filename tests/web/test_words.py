"""Every word of the templates exists in every language, and translations keep the places of their values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import pytest
from babel import Locale
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, meta
from support.repository import ROOT

from etl.web.language import Language, sentence, typst
from etl.web.pages import KINDS
from etl.web.pages.trust.changes import GONE
from etl.web.rendering import site_settings
from etl.web.writer import NOT_TRANSLATED

LANGUAGES = site_settings(ROOT, None).extra["languages"]
PARTIAL = tuple(code for code, about in LANGUAGES.items() if about.get("partial"))
"""Languages of which the site has only the path of a person in need."""
LOCALES = sorted(path.name for path in (ROOT / "site" / "locale").iterdir() if path.is_dir())
PLACES = [
    ("site/theme", [("**.html", "jinja2"), ("**.typ", "jinja2"), ("**.xml", "jinja2"), ("**.atom", "jinja2")]),
    ("etl/web", [("**.py", "python")]),
]


def words_of(language: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The texts that pages in a language may show."""
    for place, message in words():
        template = place.removeprefix("site/theme/").split(":")[0]
        if language not in PARTIAL or template in templates_on_the_path() or message in SAID_ON_THE_PATH:
            yield place, message


@cache
def templates_on_the_path() -> set[str]:
    """What the pages that every language has are made of: the templates of their kinds, and those that these name."""
    theme = Environment(loader=FileSystemLoader(ROOT / "site" / "theme"))  # noqa: S701 - nothing is rendered
    left = {name for kind in KINDS.values() if kind.on_the_path for name in kind.templates}
    left |= {GONE, "layout/footer.html"}
    found: set[str] = set()
    while left:
        name = left.pop()
        found.add(name)
        source = theme.loader.get_source(theme, name)[0] if theme.loader else ""
        left |= {other for other in meta.find_referenced_templates(theme.parse(source)) if other} - found
    return found


SAID_ON_THE_PATH = {
    *(words for kind in KINDS.values() if kind.on_the_path for words in (kind.title, kind.label)),
    *(kind.label for kind in KINDS.values() if kind.foot), NOT_TRANSLATED,
}
"""Words of declarations that pages in every language show."""


@cache
def words() -> list[tuple[str, str | tuple[str, ...]]]:
    """(file:line, message) of each text marked for translation."""
    return [(f"{folder}/{name}:{line}", message) for folder, methods in PLACES
            for name, line, message, *_ in extract_from_dir(ROOT / folder, methods)]


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


@pytest.mark.parametrize("language", LOCALES)
def test_every_word_is_translated(language: str) -> None:
    known = translations(language)
    missing = [
        f"{place}: {message!r} has no {language} words in site/locale/{language}/LC_MESSAGES"
        for place, message in words_of(language)
        if not known.get(message) or not all(known[message])
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", PARTIAL)
def test_every_code_that_the_path_shows_is_translated(language: str) -> None:
    known = translations(language)
    columns = {"services": ("needs", "audiences", "status", "group"),
               "desks": ("kind", "status", "appointment", "wheelchair_access")}
    for dataset, names in columns.items():
        for field in json.loads((ROOT / "schemas" / f"{dataset}.json").read_text("utf-8"))["fields"]:
            if field["name"] in names:
                said = [words["it"] for words in field["labels"].values()]
                assert said
                assert [text for text in said if not known.get(text)] == [], (dataset, field["name"])


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


def test_there_are_words_to_translate() -> None:
    assert len(words()) > 100


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
