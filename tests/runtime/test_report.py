"""Every message and every form of a report, word for word. Meant changes: `make golden`, then read the diff."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from support.reports import FOLDER, everything, sample
from support.repository import NODE_MODULES, SOON_OVER

from etl.meta.messages import messages
from etl.spreadsheets.write.report_page import page

MADE = everything()


@pytest.mark.parametrize("name", MADE)
def test_the_words_are_those_that_were_reviewed(name: str) -> None:
    assert MADE[name] == (FOLDER / name).read_text("utf-8"), "if meant, run `make golden` and review the diff"


def test_every_message_is_there_and_nothing_else() -> None:
    said = (FOLDER / "messages.txt").read_text("utf-8")
    assert re.findall(r"^([\w-]+) \((?:steward|contributor|owner)\)$", said, re.M) == sorted(messages())
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)


def test_markup_in_a_value_stays_text() -> None:
    html = MADE["report.html"]
    assert "<b>boh" not in html
    assert "&lt;b&gt;boh&lt;/b&gt;" in html


@pytest.mark.slow
def test_the_page_is_valid_html(tmp_path: Path) -> None:
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    for name, findings in (("a", sample()), ("b", [])):
        (tmp_path / f"{name}.html").write_text(page("x.csv", findings, {}), "utf-8")
    run = subprocess.run(["java", *SOON_OVER, "-jar", str(jar), "--errors-only", *map(str, tmp_path.glob("*.html"))],
                         capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
