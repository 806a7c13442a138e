"""Templates as compiled code: with the words of a language in place, and kept for the next build."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro, missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape

from etl.meta.model import Page
from etl.runtime.cache import cache_key, read_cache, write_cache
from etl.runtime.workers import in_parts

HERE = Path(__file__).parent


def printed(value: Any) -> str:
    """What a template prints for a value, escaped; the same as markupsafe's escape, which makes a Markup of each."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is int or kind is float:
        return str(value)
    return value if kind is Markup else escape(value)


class DirectMacro(Macro):
    """A macro that is called with values in order, as nearly all are, runs at once; Jinja looks at each call first."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._usual = self.caller or self.catch_kwargs or self.catch_varargs or not self._default_autoescape
        self._left_out = (missing,) * self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """What the macro prints."""
        if kwargs or self._usual:
            return super().__call__(*args, **kwargs)
        return AS_MARKUP(Markup, self._func(*args, *self._left_out[len(args):]))


AS_MARKUP = str.__new__
"""Markup(text) for a text that is one: what its own __new__ comes to."""


class DirectCode(CodeGenerator):
    """Code for templates like ours: always escaped, and with functions of which none wants the context.

    Calls are plain calls, where Jinja asks for each what it wants; texts that stand alone are translated when the
    template is compiled, not on every page.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """The module of a template."""
        if in_place(self.environment):
            WordsInPlace(self.environment.globals["_"]).visit(node)
        self.writeline(f"from {__name__} import DirectMacro, printed")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call; one with a block, with * or with a word of Python as a name is left to Jinja."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        for place, value in enumerate([*node.args, *node.kwargs]):
            self.write(", " if place else "(")
            self.visit(value, frame)
        self.write(")" if node.args or node.kwargs else "()")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The definition of a macro."""
        self.write("Direct")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("printed(")


class WordsInPlace(NodeTransformer):
    """Puts the words of a language in the place of every _("…") without values."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """The translated text, or the call as it is."""
        text = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(text, nodes.Const):
            return nodes.Const(self._say(text.value), lineno=node.lineno)
        return self.generic_visit(node)


def in_place(environment: Environment) -> bool:
    """Whether templates are compiled for one language: one with few pages gains less from that than it costs."""
    return not environment.globals["partial"]


class DirectContext(Context):
    """What a template knows, without a copy of the globals for each: every template has the same."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{**named, "globals": None})


DICT = frozenset(dir(dict))


def attribute_of(environment: Environment) -> Callable[[Any, str], Any]:
    """How templates read `a.b`: nearly always a value of a dict, where Jinja looks for an attribute first."""
    usual = environment.getattr

    def attribute(value: Any, name: str) -> Any:
        if type(value) is dict and name in value and name not in DICT:
            return value[name]
        return usual(value, name)

    return attribute


class CompiledTemplates(BytecodeCache):
    """Templates compiled once: for the next build, and for all languages that translate when they print.

    path: the file that keeps them. Jinja works out filters of fixed values when it compiles, so that what they print
    depends on our words (`locale`) and on the words of the data (`labels`), too.
    """

    def __init__(self, path: Path, locale: Iterable[Path], labels: Mapping[tuple[str, str], Any]) -> None:
        files = [*(file for folder in locale for file in folder.rglob("*.po")), HERE / "language.py", Path(__file__)]
        words = [(file.name, file.read_bytes()) for file in sorted(files)]
        self._path, self._about = path, cache_key(labels, words, version("jinja2"), version("babel"))
        self._kept: dict[str, str] = read_cache(path) or {}
        self._used: dict[str, str] = {}

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

    def prepare(self, groups: Sequence[Iterable[Page]], render: Callable[[Page], object], parts: int) -> None:
        """Compile what some pages need by rendering them, in so many processes; then this one knows it all.

        groups: pages that share compiled templates are in one.
        """
        def part(number: int, parts: int) -> dict[str, str]:
            for pages in groups[number::parts]:
                for page in pages:
                    render(page)
            return self._used

        for used in in_parts(part, min(parts, len(groups))):
            self._kept |= used
            self._used |= used

    def save(self) -> None:
        """Keep what this build used for the next one."""
        write_cache(self._path, self._used)
