"""Try files that somebody wants to add: a copy of the repository's data with those files in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from etl.errors import DeclarationError


@contextmanager
def with_files(root: Path, paths: Sequence[Path]) -> Iterator[Path]:
    """A repository in which each path stands for the source table of its name; `root` itself without paths.

    Raises DeclarationError for a file whose name is not a dataset with a source table.
    """
    if not paths:
        yield root
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("datasets", "schemas", "etl/recipes"):
            shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(root / "release.toml", copy / "release.toml")
        for path in paths:
            target = copy / "datasets" / "source" / f"{path.stem}.csv"
            if path.suffix.lower() != ".csv" or not target.exists():
                names = ", ".join(sorted(p.stem for p in (copy / "datasets" / "source").glob("*.csv")))
                raise DeclarationError(f"{path}: name the file after its dataset, as NAME.csv. Names: {names}")
            shutil.copyfile(path, target)
        yield copy
