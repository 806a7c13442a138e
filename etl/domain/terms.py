"""Terms of the law in texts: which ones a text uses, and where a translation loses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from etl.meta.view import Row, parts

TITLE = "title"
"""The column of a text that is its name: the first use of a term is looked for after it, if there is one."""


def used(term: Row, text: str) -> bool:
    """Whether a text uses a term in one of its forms: pieces of words, of which capitals count where there are any."""
    small = text.lower()
    return any(form in (small if form == form.lower() else text) for form in forms(term))


def forms(term: Row) -> list[str]:
    """The forms of a term in a language: its word where none are given."""
    return parts(term["forms"]) or [term["word"].lower()]


def named(term: Row, text: str) -> bool:
    """Whether a text gives the Italian name of a term, which an abbreviation of it (SAP) does too."""
    return term["italian_name"].lower() in text.lower() or any(form.isupper() and form in text for form in forms(term))


def lost(
    terms: Iterable[tuple[Row, Row]], original: Mapping[str, str], translated: Mapping[str, str],
    columns: Iterable[str],
) -> list[tuple[str, Row]]:
    """(column, term in the language) where a translation does not use the word of a term that the Italian cell uses, or
    does not give its Italian name at its first use.

    terms: (in Italian, in the language). columns: those with words, as readers meet them. An empty cell loses nothing.
    """
    found, order = [], list(columns)
    for italian, own in terms:
        using = [name for name in order if translated[name] and used(italian, original[name])]
        first = next((name for name in using if name != TITLE), TITLE)
        found += [(name, own) for name in using
                  if not used(own, translated[name]) or (name == first and not named(own, translated[name]))]
    return found
