"""Templates as compiled code: with the words of a language in place, and kept for the next build."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import markupsafe
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import Node
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from etl.meta.model import Page
from etl.runtime.cache import cache_key, read_cache, write_cache
from etl.runtime.workers import in_parts

HERE = Path(__file__).parent


MACROS = {"m": "layout/macros.html", "folds": "layout/folds.html", "chart_signs": "charts/signs.html",
          "charts": "charts/figure.html",
          "money": "money/money.html", "more": "money/project_more.html", "told": "money/project_story.html",
          "sums": "money/sums.html", "titled": "money/project_rows.html", "evidence": "money/evidence.html",
          "beside": "money/evidence_beside.html"}
"""Macros that need nothing of the page they stand on, by the name that all templates have for them: they are made once
for a language, where `import` would look them up on every page, which took a fifth of its time."""
SAID = ("name", "lparen", "string", "rparen")
"""The signs of `_("…")`, a text without values."""


class WordsInPlace(Extension):
    """Puts the words of a language in the place of every `_("…")` when a template is compiled, not on every page."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The signs of a template, each such call as the text that it gives."""
        say: Any = self.environment.globals["_"]
        waiting = deque[Token]()
        for token in stream:
            waiting.append(token)
            if len(waiting) < len(SAID):
                continue
            if tuple(each.type for each in waiting) == SAID and waiting[0].value == "_":
                yield Token(token.lineno, "string", say(waiting[2].value))
                waiting.clear()
            else:
                yield waiting.popleft()
        yield from waiting


class ItemsFirst(Extension):
    """Reads `row.name` as `row["name"]`: what templates show is rows, and Jinja would look for an attribute first.

    A method of dictionaries stays one, and what is asked of `loop`, of the settings, of MACROS, of a template that was
    imported or of a name that the template sets.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The signs of a template, those words in brackets."""
        objects, before = {"loop", "config", *MACROS}, ""
        for token in stream:
            if before in ("as", "set"):
                objects.add(token.value)
            if token.type == "dot" and before not in objects and stream.current.value not in METHODS:
                name = next(stream)
                yield Token(name.lineno, "lbracket", "[")
                yield Token(name.lineno, "string", name.value)
                yield Token(name.lineno, "rbracket", "]")
                before = ""
            else:
                yield token
                before = token.value if token.type == "name" else ""


REMEMBERED = frozenset({"cited", "date", "missing"})
"""Macros of layout/macros.html whose words are those of what they are given, whatever the page: texts, many times the
same ones."""


class StraightCalls(Context):
    """Calls what a template calls without asking first what kind of thing it is and which arguments it wants: a page
    makes two hundred calls. Macros want to know whether they escape; nothing else of ours asks for anything."""

    environment: SiteEnvironment

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """What a call in a template gives."""
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        if type(called) is not Macro:
            return called(*given, **named)
        if called.name not in REMEMBERED or named:
            return called(self.eval_ctx, *given, **named)
        known, key = self.environment.printed, (called.name, self.eval_ctx.autoescape, *given)
        if key not in known:
            known[key] = called(self.eval_ctx, *given)
        return known[key]


MARKED = re.compile("[&<>\"']")
IMPORTS = "from jinja2.runtime import "


def escape(value: Any) -> str:
    """What a template prints for a value, as that of markupsafe, which asks of every one what kind it is and makes
    markup of it: most are words without a sign to escape, or markup already, and all are joined to a text."""
    if type(value) is Markup or (type(value) is str and not MARKED.search(value)):
        return value
    return markupsafe.escape(value)


class Escaping(CodeGenerator):
    """Compiles templates that print with `escape` of this module."""

    def writeline(self, x: str, node: Node | None = None, extra: int = 0) -> None:
        """Write a line of a compiled template; after its imports ours."""
        super().writeline(x, node, extra)
        if x.startswith(IMPORTS):
            super().writeline(f"from {__name__} import {escape.__name__}")


class SiteEnvironment(Environment):
    """Jinja with calls and values printed as above. printed: what macros of REMEMBERED printed so far."""

    context_class = StraightCalls
    code_generator_class = Escaping

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.printed: dict[tuple[Any, ...], Any] = {}


METHODS = frozenset(dir(dict))
SEVERAL = 10
"""Templates from which on more processes compile them faster: to start one takes as long as a few."""


def in_place(environment: Environment) -> bool:
    """Whether templates are compiled for one language."""
    return WordsInPlace.identifier in environment.extensions


class CompiledTemplates(BytecodeCache):
    """Templates compiled once: for the next build, and for all languages that translate when they print.

    path: the file that keeps them. locale: our words, which may stand in them. Words of the data, amounts and days are
    written when a page is rendered (Language.filters).
    """

    def __init__(self, path: Path, locale: Iterable[Path]) -> None:
        files = [*(file for folder in locale for file in folder.rglob("*.po")), HERE / "language.py", Path(__file__)]
        words = [(file.name, file.read_bytes()) for file in sorted(files)]
        self._path, self._about = path, cache_key(words, version("jinja2"), version("babel"))
        self._before: dict[str, str] = read_cache(path) or {}
        self._kept = dict(self._before)
        self._used: dict[str, str] = {}

    def environment(self, theme: Environment, *, in_place: bool) -> Environment:
        """What compiles the templates of a theme for one language.

        in_place: whether its words are, which saves a sixth of the time of a page; all others share what is compiled.
        """
        extensions = [ItemsFirst, WordsInPlace] if in_place else [ItemsFirst]
        return SiteEnvironment(
            loader=theme.loader, autoescape=theme.autoescape, trim_blocks=theme.trim_blocks,
            lstrip_blocks=theme.lstrip_blocks, keep_trailing_newline=theme.keep_trailing_newline,
            auto_reload=False, bytecode_cache=self, extensions=extensions)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja calls it
        """The name of a template, wherever its file is: a copy of a repository, and a checkout elsewhere, need not
        compile what this one has. What the file says is in the checksum."""
        return name

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template, by its source and by the language whose words are in place."""
        own = environment.globals["lang"] if in_place(environment) else ""
        return super().get_bucket(environment, name, filename, f"{own}\n{self._about}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another language, or another build, compiled."""
        name = f"{bucket.key} {bucket.checksum}"
        if name in self._kept:
            self._used[name] = self._kept[name]
            bucket.bytecode_from_string(b64decode(self._kept[name]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        name = f"{bucket.key} {bucket.checksum}"
        self._kept[name] = self._used[name] = b64encode(bucket.bytecode_to_string()).decode()

    def prepare(self, pages: Sequence[Page], render: Callable[[Page], object], parts: int) -> None:
        """Compile what some pages need by rendering them, in so many processes; then this one knows it all.

        pages: those that share the most stand next to each other.
        """
        def part(number: int, parts: int) -> dict[str, str]:
            for page in pages[len(pages) * number // parts : len(pages) * (number + 1) // parts]:
                render(page)
            return self._used

        for used in in_parts(part, parts if len(pages) >= SEVERAL else 1):
            self._kept |= used
            self._used |= used

    def save(self) -> None:
        """Keep what this build used for the next one."""
        if self._used != self._before:
            write_cache(self._path, self._used)
