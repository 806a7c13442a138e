"""Where a table lies and where results go: on this machine, or at an address that only the machines of Spark open."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from etl.meta.errors import DeclarationError

Place = Path | str
"""A path of this machine (also one on storage that others share), or an address, which Spark gets as it is."""
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def place(words: str) -> Place:
    """A path, or an address such as s3a://bucket/name; file:///shared/name is the path that it names."""
    if not ADDRESS.match(words):
        return Path(words)
    parts = urlsplit(words)
    if parts.scheme != "file":
        return words
    if parts.netloc not in ("", "localhost") or not parts.path.strip("/"):
        raise DeclarationError(f"{words}: not a file that all machines have. Example: file:///shared/progetti.csv")
    return Path(unquote(parts.path))


def below(folder: Place, name: str) -> Place:
    """A file or folder in a folder."""
    return f"{folder}/{name}" if isinstance(folder, str) else folder / name


def is_parquet(source: Place) -> bool:
    """Whether a file says that it is Parquet."""
    return str(source).lower().endswith(".parquet")
