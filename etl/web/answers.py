"""What search answers at once: words, places and codes, each with the pages that answer it, in every language.

They are two small files for each language of the site (assets/answers-LANGUAGE.json, assets/more-LANGUAGE.json);
search.js looks there before it asks Pagefind, and a language with few pages has nothing else.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.meta.errors import DeclarationError
from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import rows
from etl.web.index import ANSWERS, SERVICES, apart, fold, group, letters, named
from etl.web.kinds import page_id
from etl.web.pages import KINDS

WORDS = "site/content/search_words.csv"
COLUMNS = ["language", "words", "pages"]
FIRST = "situations/"
"""Ids of the pages that come first where others have the same title: what happens to a person says what to do."""
EVERY = "*"
"""The language of words that are the same in all of them."""


@dataclass(frozen=True)
class Word:
    """A row of the file of words: how people say something in a language, and the pages that answer, best first.

    pages: their ids, a kind and mostly an item: "services/x", "rent".
    """

    line: int
    language: str
    words: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A page that answers. path: from the root of the site. note: what kind of page it is. language: of the page."""

    title: str
    path: str
    group: str
    note: str
    language: str


def read_words(root: Path) -> list[Word]:
    """The words of the city; none where it has no such file."""
    path = root / WORDS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise DeclarationError(f"{WORDS}: the first line must be {','.join(COLUMNS)}")
        return [Word(line, row["language"] or "", parts(row["words"]), parts(row["pages"]))
                for line, row in enumerate(reader, 2)]


def parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def refuse_strays(words: Iterable[Word], pages: Mapping[str, Any], languages: Iterable[str]) -> None:
    """Raise DeclarationError with every word that leads nowhere. pages: all of the site by id."""
    known, said, wrong = {EVERY, *languages}, dict[tuple[str, str], int](), []
    for word in words:
        if word.language not in known or not word.words or not word.pages:
            wrong.append(f"line {word.line}: write a language of the site or {EVERY}, words and pages: "
                         "it,mutuo|prestito,services")
        wrong += [f"line {word.line}: no page «{name}». Write a kind and an item, for example services/my-service"
                  for name in word.pages if name not in pages]
        for term in map(fold, word.words):
            before = said.setdefault((word.language, term), word.line)
            if before != word.line:
                wrong.append(f"line {word.line}: «{term}» stands in line {before}, too. Join the pages in one of them")
    if wrong:
        raise DeclarationError("\n".join(f"{WORDS}, {item}." for item in wrong))


def searched(page: Page) -> bool:
    """Whether search may find a page."""
    kind = KINDS.get(page.id.split("/")[0])
    return kind is None or kind.searched


class Answers:
    """The answers of a site. title: the name of a page in its language; say: a message in a language."""

    def __init__(
        self, config: SiteConfig, release: Release, pages: Iterable[Page], words: Iterable[Word],
        title: Callable[[Page], str], say: Callable[[str, str], str],
    ) -> None:
        self.config, self.release, self.words = config, release, list(words)
        self._title, self._say = title, say
        self._listed = listed = list(pages)
        self._apart = apart(listed)
        self._named = [page for page in named(listed) if searched(page)]
        self._pages: dict[str, dict[str, Page]] = {}
        for page in listed:
            if page.context.get("title"):
                self._pages.setdefault(page.id, {})[page.language] = page

    def answer(self, name: str, language: str) -> Answer | None:
        """A page in a language or, where it is not in it, in the first one; None where there is none."""
        found = self._pages.get(name, {})
        page = found.get(language) or found.get(self.config.main) or next(iter(found.values()), None)
        return self._about(page) if page else None

    def _about(self, page: Page) -> Answer:
        kind = KINDS.get(page.id.split("/")[0])
        note = self._say(page.language, kind.title) if kind and "/" in page.id else ""
        return Answer(self._title(page), page.path.removesuffix("index.html"), group(page), note, page.language)

    def shown_on(self, page: Page) -> Page:
        """The page of the search: words with their answers, all pages of its language, and how many of them have an
        index of their own."""
        listed = [other for other in self._listed if other.language == page.language]
        return replace(page, context={
            **page.context, "words": self.index(page.language), "letters": letters(listed, self._title),
            "apart": len(apart(listed)),
        })

    def written(self, language: str) -> dict[str, list[str]]:
        """Word of a language, as people write it -> ids of the pages that the file of words has for it."""
        return {word: list(item.pages) for item in self.words if item.language == language for word in item.words}

    def index(self, language: str) -> list[tuple[str, Answer]]:
        """The words of a language A–Z, each with its best answer: what stands there without a script."""
        found = ((word, self.answer(pages[0], language)) for word, pages in self.written(language).items())
        return sorted(((word, answer) for word, answer in found if answer), key=lambda item: fold(item[0]))

    def own(self, language: str) -> Iterator[tuple[str, list[str]]]:
        """(word, ids of pages) in a language: the words of the file, names of places and other titles, the glossary."""
        yield from self.written(language).items()
        yield from self.written(EVERY).items()
        for page in sorted(self._named, key=lambda page: not page.id.startswith(FIRST)):
            if page.language == language and "/" in page.id and group(page) in (ANSWERS, SERVICES):
                yield self._title(page), [page.id]
        for row in rows(self.release, "terms"):
            if row["language"] == language:
                yield row["word"], ["glossary"]

    def codes(self) -> Iterator[tuple[str, list[str]]]:
        """(word, ids of pages), the same in all languages: codes of projects where these are not too many for every
        reader to fetch, postal codes, and parts of a city with their page, the desks that serve them and the city."""
        for row in rows(self.release, "projects") if not self._apart else ():
            yield from ((code, [page_id("projects", row["project_code"])])
                        for code in (row["project_code"], row.get("cup")) if code)
        for row in rows(self.release, "municipalities"):
            codes = [value for name, value in row.items() if name.startswith("postal_code") and value]
            yield from ((code, [f"municipalities/{row['istat_code']}"]) for text in codes for code in parts(text))
        for row in rows(self.release, "desk_areas"):
            words = {"district": f"{self.config.district} {row['area']}", "neighbourhood": row["area"]}
            if row["area_kind"] in words:
                place = f"municipalities/{row['istat_code']}"
                yield words[row["area_kind"]], [f"{place}/{row['area']}", f"desks/{row['desk_id']}", place]

    def table(self, language: str) -> dict[str, Any]:
        """What search.js reads first: words of this language, and the numbers of the `pages` that answer each.

        In a language with few pages `pages` begin with all of these: nothing else is searched.
        """
        words, numbers = self._first(language)
        return self._table(language, words, numbers)

    def _first(self, language: str) -> tuple[dict[str, list[int]], dict[Answer, int]]:
        """The words of a language with the numbers of their pages, and every page that has a number."""
        numbers: dict[Answer, int] = {}
        if self.config.is_partial(language):
            listed = dict.fromkeys(self._about(page) for page in self._named if page.language == language)
            numbers = {answer: number for number, answer in enumerate(listed)}
        return self._numbered(self.own(language), language, numbers), numbers

    def more(self, language: str) -> dict[str, Any]:
        """What search.js reads where these are not enough: codes, and words of other languages.

        A reader of the first language, which everybody comes to, who writes in another one is led to pages in that one;
        others stay in the language that they chose. The pages of the first table keep their numbers, and are not said
        again.
        """
        numbers = self._first(language)[1]
        known = len(numbers)
        words = self._numbered(self.codes(), language, numbers)
        for code in self.config.languages:
            if code != language:
                shown = code if language == self.config.main else language
                said = self._numbered(self.written(code).items(), shown, numbers)
                words |= {word: found for word, found in said.items() if word not in words}
        names = ((row["italian_name"], ["glossary"]) for row in rows(self.release, "terms"))
        for word, found in self._numbered(names, language, numbers).items():
            words.setdefault(word, found)
        return self._table(language, words, list(numbers)[known:])

    def _table(self, language: str, words: Mapping[str, list[int]], numbers: Iterable[Answer]) -> dict[str, Any]:
        return {"words": words, "pages": [
            [item.title, item.path, item.group, item.note, item.language if item.language != language else ""]
            for item in numbers
        ]}

    def _numbered(
        self, words: Iterable[tuple[str, list[str]]], language: str, numbers: dict[Answer, int],
    ) -> dict[str, list[int]]:
        """Word -> numbers of its pages; pages without one get the next."""
        found: dict[str, list[int]] = {}
        for word, names in words:
            places = found.setdefault(word.casefold(), [])
            for answer in filter(None, (self.answer(name, language) for name in names)):
                number = numbers.setdefault(answer, len(numbers))
                if number not in places:
                    places.append(number)
        return {word: places for word, places in found.items() if places}
