"""Project pages: the same facts from every skeleton and layout, and nothing taken that was not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from support.programme_pages import LAYOUTS, PLUS, PLUS_FACTS, SKELETONS, page

from etl.sources.model import Batch, FailedSourceError, Request, Response
from etl.sources.programme_page import parse, read
from etl.sources.visible_text import page_text, visible_pieces

URL = "https://pages.example.org/progetto?codice=TO9.9.9.z"


class Pages:
    """Gives pages from memory, and a fault for the addresses that it does not hold."""

    def __init__(self, pages: Mapping[str, bytes | None], folder: Path) -> None:
        self.pages, self.folder = pages, folder

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        assert kind == "html"
        assert not conditional
        if url not in self.pages:
            raise FailedSourceError("source-unreachable", found=url)
        body = self.pages[url]
        if body is None:
            return Response(url, 304, "", None, None, "", 0, unchanged=True)
        path = self.folder / str(len(list(self.folder.iterdir())))
        path.write_bytes(body)
        return Response(url, 200, "text/html", None, path, "", len(body))


def asked(folder: Path, pages: Mapping[str, bytes | None], *addresses: str) -> Batch:
    rows = [{"page_url": url} for url in addresses or pages]
    options = {"addresses_from": "page_url", "hosts": ["pages.example.org"]}
    return read(Request("projects", options, rows, Pages(pages, folder), date(2026, 11, 25)))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("skeleton", SKELETONS)
def test_the_same_facts_from_every_skeleton(skeleton: str, layout: str) -> None:
    lines, facts, title = LAYOUTS[layout]
    found = parse(page(SKELETONS[skeleton](lines), title).decode())
    assert found.record() == facts
    assert found.strange == []
    assert found.contradictions == []


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("place", range(1, len(PLUS) + 1))
def test_a_label_never_seen_before_is_signalled(skeleton: str, place: int, tmp_path: Path) -> None:
    lines = [*PLUS[:place], ("Voce mai vista", ["valore mai visto"]), *PLUS[place:]]
    url = "https://pages.example.org/progetto?id=TO9.9.9.9.z"
    batch = asked(tmp_path, {url: page(SKELETONS[skeleton](lines))})
    assert {item.check for item in batch.findings} <= {"page-unknown-label", "page-unsure"}
    assert "valore mai visto" in " ".join(item.message["it"] for item in batch.findings)
    record = batch.records[0]
    # The label beside it may be left empty, because nobody can tell its value; no value is ever a wrong one.
    assert all(record.get(name, "") in ("", value) for name, value in PLUS_FACTS.items())
    assert sum(record.get(name) == value for name, value in PLUS_FACTS.items()) >= len(PLUS_FACTS) - 1


def test_labels_and_values_on_one_line() -> None:
    said = ["Codice Progetto: CT9.9.9.a", "Data inizio: Ultimo trimestre 2016", "Data fine: 2022", "Importo 4.400,00 €"]
    found = parse(page("".join(f"<p>{text}</p>" for text in said)).decode())
    assert found.values == {"code": ["CT9.9.9.a"], "start_date": ["Ultimo trimestre 2016"], "end_date": ["2022"]}
    assert found.strange == ["Importo 4.400,00 €"]


def test_two_different_values_are_a_contradiction(tmp_path: Path) -> None:
    body = SKELETONS["table"]([("Codice Progetto", ["TO9.9.9.z"]), ("Importo Erogato", ["€ 1,00"]),
                               ("Importo Erogato", ["€ 2,00"]), ("Data fine", ["01-12-2020"])])
    batch = asked(tmp_path, {URL: page(body)})
    assert [item.check for item in batch.findings] == ["page-contradiction"]
    assert (batch.records[0]["paid"], batch.records[0]["end_date"]) == ("", "01-12-2020")


def test_pages_that_fail_do_not_stop_the_others(tmp_path: Path) -> None:
    good = page(SKELETONS["table"](LAYOUTS["old"][0]))
    pages = {URL: good, URL.replace("9.z", "9.y"): good, URL.replace("9.z", "9.x"): page("<p>Non trovato</p>"),
             URL.replace("9.z", "9.w"): None}
    batch = asked(tmp_path, pages, *pages, URL.replace("9.z", "9.v"), "https://example.org/?codice=TO9.9.9.z", "")
    assert [record["@url"] for record in batch.records] == [URL]
    assert batch.records[0]["@date"] == "2026-11-25"
    assert {item.check for item in batch.findings} == {"page-other-project", "page-not-a-project", "page-failed"}
    assert not batch.complete


def test_when_no_page_answers_the_source_fails(tmp_path: Path) -> None:
    with pytest.raises(FailedSourceError):
        asked(tmp_path, {}, URL, URL.replace("9.z", "9.y"))


def test_the_same_news_on_many_pages_is_said_once(tmp_path: Path) -> None:
    pages = {
        f"https://pages.example.org/?id=TO9.9.9.9.{letter}": page(SKELETONS["table"]([
            ("CLP", [f"TO9.9.9.9.{letter}"]), ("Data fine", ["2020"]), ("Voce nuova", ["1"])]))
        for letter in "abc"
    }
    batch = asked(tmp_path, pages)
    assert [(item.check, item.count) for item in batch.findings] == [("page-unknown-label", 3)] * len(batch.findings)
    assert len(batch.records) == 3


def test_unseen_text_is_not_read_and_letters_are_right() -> None:
    assert visible_pieces("<p>a<b>b</b> c<br>d</p><div aria-hidden=true>x<div>y</div></div>e<style>f</style>") == [
        "ab c", "d", "e"]
    assert visible_pieces("<div>" * 50_000 + "x") == ["x"]
    assert page_text("Città".encode("cp1252"), None) == "Città"
    assert page_text(b"<meta charset=windows-1252>Citt\xe0", None).endswith("Città")
    assert page_text("Città".encode(), "utf-8") == "Città"
