"""The report of a file as a page: right HTML, readable by everybody, and nothing of the file is markup in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from support.report_pages import FOUND, HOSTILE, said, words
from support.repository import SOON_OVER, run_tool

from etl.meta.model import RowRef
from etl.spreadsheets.write.report_page import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_everything_is_said_in_both_languages_worst_first() -> None:
    made = page("sportelli.xlsx", FOUND, {"added": 3, "changed": 1, "same": 0})
    italian, english = words(made, "it"), words(made, "en")
    assert "Controllo del file sportelli.xlsx" in italian
    assert "✘ Il file è da correggere. Righe nuove 3 Righe cambiate 1 Righe uguali 0" in italian
    places = [italian.index(part) for part in ("Da correggere (1)", "Da controllare (1)", "Letto così (2)")]
    assert places == sorted(places)
    assert "A2, A3, A4" in italian
    assert "A21 e altre 10" in italian
    assert "A22" not in italian
    assert "Esempio: a-b" in italian
    assert "riga 7" in italian
    assert "Chi chi cura i dati" in italian
    assert "Dove 9 volte" in italian
    assert "✘ The file needs correcting. New rows 3" in english
    assert "A21 and 10 more" in english
    assert "row 7" in english
    assert "Who data steward" in english


def test_a_fine_file_says_so() -> None:
    made = page("sportelli.xlsx", [], {})
    assert "✔ Il file va bene. Non c'è niente da correggere." in words(made, "it")
    assert "✔ The file is fine. There is nothing to correct." in words(made, "en")
    assert "✔ Il file va bene." in words(page("x", FOUND[2:], {}), "it")


def test_values_are_shown_as_they_are() -> None:
    made = page("x.csv", [said("slug", "critical", [RowRef(2, "", HOSTILE, "A2")], example="a-b")], {})
    assert '<script>alert(1)</script>"\'&\ufffd\ufffd{{ 7*7 }}' in words(made, "it")
    assert "<script" not in made
    long = page("x.csv", [said("slug", "critical", [RowRef(2, "", "a" * 5000, "A2")], example="a-b")], {})
    assert "a" * 200 + "…" in long
    assert "a" * 201 not in long


def test_vnu_finds_no_error(tmp_path: Path, tools: Path) -> None:
    (tmp_path / "found.html").write_text(page(HOSTILE, FOUND, {"added": 1, "changed": 0, "same": 2}), "utf-8")
    (tmp_path / "fine.html").write_text(page("x.csv", [], {}), "utf-8")
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = run_tool("java", *SOON_OVER, "-jar", jar, "--format", "gnu", tmp_path)
    assert (run.returncode, run.stderr) == (0, "")


def test_everybody_can_read_it(tmp_path: Path, tools: Path, browser: Browser) -> None:
    path = tmp_path / "report.html"
    path.write_text(page("sportelli con un nome molto lungo_" * 5 + ".xlsx", FOUND, {"added": 1, "same": 2}), "utf-8")
    window = browser.new_page()
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    for width in (1280, 390, 320):
        window.set_viewport_size({"width": width, "height": 900})
        window.goto(path.as_uri())
        assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert set(asked) == {path.as_uri()}
    window.add_script_tag(path=str(tools / "axe-core" / "axe.min.js"))
    found = window.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [item["id"] for item in found["violations"]] == []
    assert len(found["passes"]) > 10
    window.close()
