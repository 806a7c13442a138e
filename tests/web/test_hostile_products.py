"""A hundred thousand hostile cells through every product, with the gate open; a few hundred on any day."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support import hostile
from support.repository import ROOT, SOAK

from etl.exports.manifest import export
from etl.meta.catalog import load_catalog
from etl.meta.model import Draft
from etl.releases.draft import draft_release
from etl.releases.printed import with_history
from etl.web.rendering import settings_of, site_settings

TINY = ROOT / "tests" / "tiny"
MANY = 100_000


def longer(draft: Draft, times: int) -> Draft:
    """A draft whose tables have each row so many times, under other keys."""
    return replace(draft, tables={name: replace(table, lines=[*table.lines] * times, rows=[
        [f"{row[0]}-{number}", *row[1:]] for number in range(times) for row in table.rows])
        for name, table in draft.tables.items()})


@pytest.mark.slow
def test_every_export_of_hostile_cells_is_written(tmp_path: Path) -> None:
    draft = draft_release(TINY, load_catalog(TINY), hostile.DAY)
    bad, changed = hostile.spoilt(longer(draft, 100), random.Random(24), ("text", None))  # noqa: S311 - no secret
    assert changed >= 300
    files = export(with_history(bad, tmp_path), settings_of(site_settings(ROOT, None)), tmp_path / "data")
    assert {path for path in files if not (tmp_path / "data" / path).stat().st_size} == set()
    assert {path.rpartition(".")[2] for path in files} >= {"xlsx", "parquet", "sqlite", "zip", "json", "csv"}


@pytest.mark.skipif(not SOAK, reason="SOAK=1: every product of six whole sites")
def test_no_hostile_cell_stops_a_product_or_a_site(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, hostile.__file__, str(ROOT), str(tmp_path), "1", str(MANY)],
                         cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, "Traceback" in run.stderr) == (0, False), run.stderr[-2000:]
    cells, counts = run.stdout.splitlines()[-1].split(" ", 1)
    assert int(cells) >= MANY
    assert ": 0" not in counts  # of each kind of file, some
