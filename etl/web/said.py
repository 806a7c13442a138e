"""What pages say, and what a language of the site has no words for. Messages are Italian: they are their own ids."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import Environment, meta
from jinja2.ext import extract_from_ast
from jinja2.nodes import Getattr, Name, Template

from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES, Page, Release
from etl.meta.settings import SiteConfig
from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.web.inferences import ON_THE_PATH
from etl.web.language import Language, schema_labels
from etl.web.pages import KINDS
from etl.web.pages.trust.changes import GONE
from etl.web.templates import MACROS
from etl.web.writer import NOT_TRANSLATED

HERE = Path(__file__).parent
CODES = {"services": ("needs", "audiences", "status", "group"),
         "desks": ("kind", "needs", "status", "appointment", "wheelchair_access"), "rent_rules": ("kind",),
         "situations": ("needs",), "steps": ("actor", "deadline_unit", "deadline_kind", "deadline_from", "page"),
         "networks": ("kind",), "desk_areas": ("area_kind",)}
"""Columns of closed lists that the path of a person in need shows."""
KINDS_ON_THE_PATH = [kind for kind in KINDS.values() if kind.on_the_path]
DECLARED = {*(words for kind in KINDS_ON_THE_PATH for words in (kind.title, kind.label)),
            *(kind.label for kind in KINDS.values() if kind.foot), *ON_THE_PATH.values(), NOT_TRANSLATED}
"""Words of declarations that pages in every language show."""
MARKED = re.compile(rb"\b(?:N_|n?gettext)\(\s*\"")
"""What a file of Python with messages holds."""
Message = str | tuple[str, ...]
"""One text, or the text for one and the text for many."""


def refuse_silence(
    theme: Environment, config: SiteConfig, languages: Mapping[str, Language], release: Release,
    written: Iterable[Page], cache: Path,
) -> None:
    """Raise DeclarationError with what a language lacks: it would show Italian words as its own.

    written: the pages that people write. cache: a file that keeps the messages for the next run.
    """
    said, pages = messages(theme, cache), list(written)
    for code, language in languages.items():
        lacking = [] if code == LANGUAGES[0] else language.lacks(wanted(said, release, config.is_partial(code), code))
        absent = [] if config.is_partial(code) else unwritten(pages, code)
        if lacking or absent:
            listed = "\n".join([*(f"  {' / '.join(text)}" for text in lacking), *(f"  page {name}" for name in absent)])
            raise DeclarationError(
                f"site/locale/{code}/LC_MESSAGES and site/content/{code} lack {len(lacking)} texts and {len(absent)} "
                f"pages that the language {code} of mkdocs.yml needs; site/locale/en shows how to write them:\n{listed}"
            )


def unwritten(pages: list[Page], code: str) -> list[str]:
    """The pages that people have written in another language only."""
    return sorted({page.id for page in pages} - {page.id for page in pages if page.language == code})


def wanted(said: list[tuple[str, Message]], release: Release, partial: bool, code: str) -> list[tuple[str, ...]]:
    """The messages that pages in a language show, with those of closed lists that their schemas do not say in it."""
    found: list[Message] = [message for place, message in said if not partial or place or message in DECLARED]
    for (dataset, column), labels in schema_labels(release).items():
        if not partial or column in CODES.get(dataset, ()):
            found += [words[LANGUAGES[0]] for words in labels.values() if not words.get(code)]
    return [(text,) if isinstance(text, str) else text for text in dict.fromkeys(found)]


def messages(theme: Environment, cache: Path) -> list[tuple[str, Message]]:
    """(template where it is on the path of a person in need, "" elsewhere; message) of each text to be translated."""
    sources = {name: theme.loader.get_source(theme, name)[0] for name in theme.list_templates()} if theme.loader else {}
    key, kept = cache_key(sources, code_of("web/**/*.py")), read_cache(cache)
    if not kept or kept["key"] != key:
        parsed = {name: theme.parse(text) for name, text in sources.items()}
        path = on_the_path(parsed)
        kept = {"key": key, "said": [
            *([name if name in path else "", message] for name, template in parsed.items()
              for message in printed(template)),
            *(["", message] for file in sorted(HERE.glob("**/*.py")) if MARKED.search(code := file.read_bytes())
              for message in declared(code)),
        ]}
        write_cache(cache, kept)
    return [(place, text if isinstance(text, str) else tuple(text)) for place, text in kept["said"]]


def printed(template: Template) -> Iterator[Message]:
    """The messages of one template."""
    for _, _, found in extract_from_ast(template, babel_style=False):
        texts = (found,) if isinstance(found, str) else tuple(text for text in found or () if text is not None)
        yield texts[0] if len(texts) == 1 else texts


def declared(code: bytes) -> Iterator[Message]:
    """The messages of one file of Python."""
    for _, message, *_ in extract("python", io.BytesIO(code)):
        yield message if isinstance(message, str) else tuple(message)


def on_the_path(parsed: Mapping[str, Template]) -> set[str]:
    """What the pages that every language has are made of: the templates of their kinds, and those that these name."""
    left = {name for kind in KINDS_ON_THE_PATH for name in kind.templates} | {GONE, "layout/footer.html"}
    found: set[str] = set()
    while left:
        name = left.pop()
        found.add(name)
        asked = {each.node.name for each in parsed[name].find_all(Getattr) if isinstance(each.node, Name)}
        left |= {other for other in meta.find_referenced_templates(parsed[name]) if other}
        left |= {template for macros, template in MACROS.items() if macros in asked}
        left -= found
    return found
