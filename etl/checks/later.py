"""Modules that another library loads and nobody uses: they are loaded when somebody does."""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def load_later(name: str) -> None:
    """Let `import name` give an empty module, which becomes the real one as soon as something is asked of it.

    A module that is not installed, or loaded already, stays as it is.
    """
    if name in sys.modules or (spec := find_spec(name)) is None:
        return
    empty = ModuleType(name)
    empty.__spec__ = spec

    def attribute(word: str) -> Any:
        if sys.modules.get(name) is empty:
            del sys.modules[name]
        return getattr(importlib.import_module(name), word)

    vars(empty)["__getattr__"] = attribute
    sys.modules[name] = empty
