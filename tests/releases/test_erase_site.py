"""An erasure in a whole city: site, versions and server say it in every format before it, and in no byte after it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from support.borgo import DAY, ONE_LANGUAGE, copy_borgo
from support.unpacked import files_that_say

from etl.commands.build import build
from etl.commands.erase import erased
from etl.commands.publish import publish
from etl.releases.erase_plan import Asked

pytestmark = pytest.mark.slow
WORD = "zanzottera"
FORMATS = {".csv", ".html", ".json", ".pdf", ".parquet", ".sqlite", ".xlsx", ".zip", ".vcf", ".pf_fragment"}


def published(root: Path, day: date, to: Path) -> None:
    """Build the site of a day and publish it."""
    assert build(root, None, None, day, str) is not None
    publish(root / "build" / "site", to)


def test_no_byte_of_site_versions_and_server_says_it(tmp_path: Path, town: Path) -> None:
    root, to = copy_borgo(tmp_path / "city", settings=ONE_LANGUAGE, built=town), tmp_path / "public"
    desks = root / "datasets/source/desks.csv"
    before = desks.read_text("utf-8")
    desks.write_text(before.replace("via del Lago 8", "presso Zanzottera"), "utf-8")
    published(root, DAY, to)
    desks.write_text(desks.read_text("utf-8").replace("presso Zanzottera", "via del Lago 8"), "utf-8")
    published(root, DAY + timedelta(1), to)
    said = files_that_say(tmp_path, WORD)
    assert {Path(name).suffix for name in said} >= FORMATS
    assert [name for name in said if name.startswith("city/datasets/versions/")]
    day = (DAY + timedelta(2)).isoformat()
    asked = Asked("desks", "sportello-valle", "address", day, "Art. 17.", "", "https://a.example/", keep_today=True)
    plan, _ = erased(root, asked)
    assert plan is not None
    assert files_that_say(root, WORD) == []
    published(root, DAY + timedelta(2), to)
    assert files_that_say(tmp_path, WORD) == []
    assert "via del Lago 8" in (to / "current/dati/desks.csv").read_text("utf-8")
