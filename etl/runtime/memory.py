"""Memory that is free goes back to the system: what this process keeps for later, its copies would hold too."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


def give_back() -> None:
    """Give back what was freed. Python does so by itself; Arrow and the C library wait for a better moment, which after
    a large table never comes. Where they cannot be asked, nothing happens."""
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    if trim := c_library_trim():
        trim(0)


@cache
def c_library_trim() -> Any:
    """malloc_trim of the GNU C library; None with another one."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
