"""Templates as compiled code: with the words of a language in place, and kept for the next build."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.runtime import Context, Macro
from markupsafe import escape

from etl.cache import key_of, read_cache, write_cache

HERE = Path(__file__).parent
# A text that stands alone in a template: it is translated when the template is compiled, not on every page.
OURS = frozenset({FunctionType, MethodType})
CONSTANT = re.compile(r"""\{\{ _\("([^"\\%]+)"\) \}\}""")


class DirectCalls(Context):
    """Calls macros and our own functions at once. A page makes hundreds of calls, and for each Jinja looks first
    whether what it calls wants the context, which none of ours does."""

    def __init__(self, *given: Any, **named: Any) -> None:
        # Every template has the same globals, so what one imports need not be made for it alone.
        super().__init__(*given, **{**named, "globals": None})

    def call(self, called: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What the called gives for the arguments."""
        kind = type(called)
        if kind is not Macro and (kind not in OURS or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)


DICT = frozenset(dir(dict))


def attribute_of(environment: Environment) -> Callable[[Any, str], Any]:
    """How templates read `a.b`: nearly always a value of a dict, where Jinja looks for an attribute first."""
    usual = environment.getattr

    def attribute(value: Any, name: str) -> Any:
        if type(value) is dict and name in value and name not in DICT:
            return value[name]
        return usual(value, name)

    return attribute


class WordsInPlace(Extension):
    """Puts the words of the environment's language into the source of its templates."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The source with every {{ _("…") }} replaced by what it would print."""
        say = self.environment.globals["_"]
        return CONSTANT.sub(lambda found: str(escape(say(found[1]))), source)  # type: ignore[operator]


class CompiledTemplates(BytecodeCache):
    """Templates compiled once: for the next build, and for all languages that translate when they print.

    path: the file that keeps them. Jinja works out filters of fixed values when it compiles, so that what they print
    depends on our words (`locale`) and on the words of the data (`labels`), too.
    """

    def __init__(self, path: Path, locale: Path, labels: Mapping[tuple[str, str], Any]) -> None:
        words = [(file.name, file.read_bytes()) for file in sorted([*locale.rglob("*.po"), HERE / "words.py"])]
        self._path, self._about = path, key_of(labels, words, version("jinja2"), version("babel"))
        self._kept: dict[str, str] = read_cache(path) or {}
        self._used: dict[str, str] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is kept of a template, by its source with the words of its language in place."""
        own = environment.globals["lang"] if environment.extensions else ""
        written = environment.preprocess(source, name, filename)
        return super().get_bucket(environment, name, filename, f"{own}\n{self._about}\n{written}")

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

    def save(self) -> None:
        """Keep what this build used for the next one."""
        write_cache(self._path, self._used)
