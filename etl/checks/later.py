"""Modules that another library loads and nobody uses: they are loaded when somebody does."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def load_later(name: str) -> None:
    """Let `import name` give an empty module, which becomes the real one as soon as something is asked of it."""
    if name in sys.modules:
        return
    empty = ModuleType(name)

    def attribute(word: str) -> Any:
        if sys.modules.get(name) is empty:
            del sys.modules[name]
        return getattr(importlib.import_module(name), word)

    vars(empty)["__getattr__"] = attribute
    sys.modules[name] = empty
