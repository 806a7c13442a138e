"""What was worked out before, by a key that names everything it depends on. Losing a cache costs time, nothing else."""

from __future__ import annotations

import contextlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.meta.view import digest

PROGRAM = Path(__file__).parents[1]


def cache_key(*parts: Any) -> str:
    """A key that differs when any part differs; parts are told apart by their repr."""
    return digest("\n".join(map(repr, parts)))


@lru_cache
def code_of(*patterns: str) -> str:
    """A key of some of our own source files, named by patterns below etl/: what old code found may be wrong today."""
    paths = sorted(path for pattern in patterns for path in PROGRAM.glob(pattern))
    return cache_key(*((path.name, path.read_bytes()) for path in paths))


def read_cache(path: Path) -> Any:
    """What `write_cache` kept; None where there is nothing, or not what was written."""
    try:
        told, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(data) if digest(data).encode() == told else None


def write_cache(path: Path, content: Any) -> None:
    """Keep something that JSON can hold, whole or not at all. A folder that cannot be written has no cache."""
    data = json.dumps(content, ensure_ascii=False).encode()
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(digest(data).encode() + b"\n" + data)
        temporary.replace(path)
