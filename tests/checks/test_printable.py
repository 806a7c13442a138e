"""Signs that no sheet for paper can write: told before, by row and column, and left out of the sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from support.catalogs import CATALOG
from support.drafts import ABOUT, row_of

from etl.checks.shown import check_shown
from etl.domain.legible import LEFT_OUT, SHEET_SIGNS, printed, unprinted
from etl.meta.model import Draft, Page, Table
from etl.web.desk_files import leaflet
from etl.web.language import typst
from etl.web.theme import print_fonts
from etl.web.typesetting import Press, TypesettingError

if TYPE_CHECKING:
    from etl.web.writer import Writer

SHEET = '#set document(title: [x])\n#set text(font: "Titillium Web", lang: "it")\n#title()\n'


@pytest.mark.parametrize(("text", "shown", "told"), [
    ("1\ufe0f\u20e3 Telefona", "1 Telefona", ""),
    ("\U0001f44d\U0001f3fd Va bene", "Va bene", "\U0001f44d"),
    ("Anche বাংলা ভাষায় qui", f"Anche {LEFT_OUT} qui", "বাংলভষয়"),
    ("e\u0301 così, Дім, 12 €", "é così, Дім, 12 €", ""),
])
def test_a_sheet_leaves_out_only_what_its_fonts_lack(text: str, shown: str, told: str) -> None:
    assert (printed(text), unprinted(text)) == (shown, told)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("press")
    with Press(folder / "sheets", print_fonts(folder)) as made:
        yield made


def test_typst_writes_every_such_sign_and_every_plane_of_unicode_as_a_tagged_sheet(press: Press) -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    lines = [f"{sign}{sign} a{sign}b" for sign in sorted(SHEET_SIGNS)]
    lines += [every[start:start + 5000] for start in range(0, len(every), 5000)]
    source = SHEET + "".join(f"\n\n{typst(line)}" for line in lines)
    (made,) = press.made(source, {}, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    assert made.startswith(b"%PDF")


class Failing:
    """A press for which some sheets are too much."""

    def made(self, source: str, *_: object, **_options: object) -> list[bytes]:
        if "via Roma" in source:
            raise TypesettingError("too much")
        return [source.encode()]


def test_a_leaflet_that_cannot_be_made_leads_to_its_page_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    writer = SimpleNamespace(render=lambda page: "QR" if page.context.get("bare") else page.context["address"])
    page = Page("desk", "it", "sportelli/prova/index.html", "", {"address": "via Roma 1"})
    made = leaflet(cast("Writer", writer), page, cast("Press", Failing()), b"")
    assert made == b"QR"
    assert "sportelli/prova/volantino.pdf: too much" in caplog.text


def test_what_a_sheet_leaves_out_is_told_with_row_and_column() -> None:
    texts = CATALOG["desk_texts"]
    rows = [row_of(texts, desk_id="uno", language="it", description="☎ Telefona"),
            row_of(texts, desk_id="due", language="it", description="Telefona"),
            row_of(texts, desk_id="uno", language="ar", description="اتصل")]
    draft = Draft(ABOUT, {"desk_texts": texts}, {"desk_texts": Table(rows, [2, 3, 4])}, [], date(2026, 11, 25))
    (found,) = check_shown(draft)
    assert (found.check, found.severity, found.column) == ("not-on-paper", "warning", "description")
    assert [(row.line, row.value) for row in found.rows] == [(2, "☎ Telefona")]
    assert found.message["it"].endswith("questi segni: ☎")


def test_the_leaflet_has_a_way_without_any_text_of_the_desk() -> None:
    template = Path(__file__).parents[2] / "site" / "theme" / "desks" / "leaflet.typ"
    head, *_, tail = template.read_text("utf-8").split("{% if not bare %}")
    assert "qr.svg" not in tail
    assert "desk.name if" not in head
