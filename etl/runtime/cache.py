"""What was worked out before, by a key that names everything it depends on. Losing a cache costs time, nothing else."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
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
    data = unsealed(path)
    return None if data is None else json.loads(data)


def write_cache(path: Path, content: Any) -> None:
    """Keep something that JSON can hold, whole or not at all. A folder that cannot be written has no cache."""
    seal(path, json.dumps(content, ensure_ascii=False).encode())


def kept_in(folder: Path | None, key: str, make: Callable[[], bytes], name: str = "") -> bytes:
    """make(), kept in a folder under a key (cache_key) of all that it depends on; without a folder it is made.

    name: of the file there, which then holds what was asked for last under this name; without it, each key has its own.
    """
    if folder is None:
        return make()
    path = folder / (name or key)
    data = unsealed(path, key)
    if data is None:
        data = make()
        seal(path, data, key)
    return data


def unsealed(path: Path, key: str = "") -> bytes | None:
    """What `seal` put there under this key; None where there is nothing, not what was written, or what has another."""
    try:
        told, _, data = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if digest(key.encode() + data).encode() == told else None


def seal(path: Path, data: bytes, key: str = "") -> None:
    """Put bytes there under the digest of them and their key, whole or, where it cannot be written, not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(digest(key.encode() + data).encode() + b"\n" + data)
        temporary.replace(path)
