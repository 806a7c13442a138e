"""Every word of the templates exists in every language, and translations keep the places of their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALES = sorted(path.name for path in (ROOT / "site" / "locale").iterdir() if path.is_dir())
PLACES = [("site/theme", [("**.html", "jinja2"), ("**.xml", "jinja2")]), ("etl/pages", [("**.py", "python")])]


def words() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(file:line, message) of each text marked for translation."""
    for folder, methods in PLACES:
        for name, line, message, *_ in extract_from_dir(ROOT / folder, methods):
            yield f"{folder}/{name}:{line}", message


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
        for place, message in words()
        if not known.get(message) or not all(known[message])
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", LOCALES)
def test_translations_keep_their_values(language: str) -> None:
    wrong = [message for message, text in translations(language).items() if holes(message) != holes(text)]
    assert not wrong


def test_there_are_words_to_translate() -> None:
    assert len(list(words())) > 100
