"""A repository of a test with the registers of the real one, empty."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from support.repository import ROOT


def with_registers(root: Path, names: Iterable[str]) -> None:
    """Begin a repository: its folders, and some tables of ours declared, of which those of people have no row yet."""
    for folder in ("datasets/source", "schemas", "etl/recipes"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "release.toml", root)
    for name in names:
        shutil.copy(ROOT / f"datasets/{name}.toml", root / "datasets")
        schema = json.loads((ROOT / f"schemas/{name}.json").read_text("utf-8"))
        schema.pop("foreignKeys", None)  # this repository has no table of sources
        (root / f"schemas/{name}.json").write_text(json.dumps(schema), "utf-8")
        source = ROOT / f"datasets/source/{name}.csv"
        if source.exists():
            header = source.read_text("utf-8").splitlines()[0]
            (root / f"datasets/source/{name}.csv").write_text(f"{header}\n", "utf-8")
