"""Try tables that somebody wants to change: a copy of the repository's data with those tables in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def with_tables(root: Path, tables: Mapping[str, bytes]) -> Iterator[Path]:
    """A repository in which each named source table has these bytes; the repository itself is left alone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("datasets", "schemas", "etl/recipes"):
            shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "release", "inbox"))
        shutil.copyfile(root / "release.toml", copy / "release.toml")
        for name, data in tables.items():
            (copy / "datasets" / "source" / f"{name}.csv").write_bytes(data)
        yield copy
