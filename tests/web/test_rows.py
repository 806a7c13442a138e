"""What people ask of a table, as they write it: numbers, days, codes; what else that can mean; the rows that answer."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from support.rows import WORDS, ask, chosen, column, read

pytestmark = pytest.mark.slow

NUMBERS = {
    "it-IT": {
        "100.000": ["100000", "100"], "1.200": ["1200", "1.2"], "1,200": ["1.2", "1200"], "1.200,50": ["1200.5"],
        "1,200.50": ["1200.5"], "1,5": ["1.5"], "1.5": ["1.5"], "1200": ["1200"], "1.000.000": ["1000000"],
        "€ 100.000,00": ["100000"], "100.000 €": ["100000", "100"], "1 200,5": ["1200.5"], "1’200": ["1200"],
        "100 mila": ["100000"], "1,5 milioni": ["1500000"], "-3": ["-3"], "−3,5": ["-3.5"], "0,125": ["0.125"],
        "0.125": ["0.125"], "1234.567": ["1234.567"], "007": ["7"], "2,3450": ["2.3450"],
    },
    "en-GB": {
        "100.000": ["100", "100000"], "1.200": ["1.2", "1200"], "1,200": ["1200", "1.2"], "1.200,50": ["1200.5"],
        "1,200.50": ["1200.5"], "1,5": ["1.5"], "€1,864,908": ["1864908"], "100 thousand": ["100000"],
        "2 million": ["2000000"],
    },
    "fr-FR": {"1 200,50": ["1200.5"], "1.200": ["1200", "1.2"]},
}
DATES = {
    "it-IT": {
        "20/3/2019": ["2019-03-20"], "3/4/2019": ["2019-04-03"], "marzo 2019": ["2019-03"], "2019": ["2019"],
        "2019-03": ["2019-03"], "20 mar 19": ["2019-03-20"], "1° marzo 2019": ["2019-03-01"], "03.2019": ["2019-03"],
        "3/20/2019": ["2019-03-20"], "20.3.98": ["1998-03-20"], "2019/3/20": ["2019-03-20"],
        "29/2/2020": ["2020-02-29"], "March 20, 2019": ["2019-03-20"], "20 Marzo del 2019": ["2019-03-20"],
    },
    "en-GB": {
        "3/4/2019": ["2019-04-03", "2019-03-04"], "3/3/2019": ["2019-03-03"], "20/3/2019": ["2019-03-20"],
        "the 1st of May 2020": ["2020-05-01"], "sept 2018": ["2018-09"], "marzo 2019": ["2019-03"],
    },
    "fr-FR": {"1er mars 2019": ["2019-03-01"], "août 2020": ["2020-08"], "juin 2020": ["2020-06"]},
}
NEITHER = ["", " ", "molto", "1.2.3", "12.", "1e5", "Infinity", "0x10", "1.20.000", "--3", "1,2,3", "31/2/2019",
           "marzo", "13/13/2019", "0019", "99", "3/19", "mar apr 2019", "1 2 3 4", "9" * 40 + ",", "\u0661", "🎉"]


def test_numbers_are_read_as_people_write_them() -> None:
    """`100.000` was read as 100, and no row was shown."""
    assert {locale: {text: read("numbers", text, locale) for text in texts}
            for locale, texts in NUMBERS.items()} == NUMBERS


def test_days_months_and_years_are_read_as_people_write_them() -> None:
    assert {locale: {text: read("dates", text, locale) for text in texts} for locale, texts in DATES.items()} == DATES


def test_what_is_none_is_refused() -> None:
    assert [text for text in NEITHER if text != "99" and read("numbers", text)] == ["0019"]
    assert [text for text in NEITHER if read("dates", text)] == []


def test_months_and_years_answer_for_all_their_days() -> None:
    cells = ["2018", "2019", "2019-03", "2019-03-20", "2019-04-01", "2020-01", ""]
    assert chosen(cells, "min", "marzo 2019", kind="date") == (["2019-03", "2019-03-20", "2019-04-01", "2020-01"], 1)
    assert chosen(cells, "max", "20/3/2019", kind="date") == (["2018", "2019-03-20"], 2)
    assert chosen(cells, "is", "2019", kind="date") == (["2019", "2019-03", "2019-03-20", "2019-04-01"], 0)
    assert chosen(cells, "is", "2019-03-20", kind="date") == (["2019-03-20"], 2)
    assert chosen(cells, "empty", "", kind="date") == ([""], 0)
    moments = ["2026-09-30T12:00", "2026-10-01", "2026-10"]
    assert chosen(moments, "max", "30/9/2026", kind="date") == (["2026-09-30T12:00"], 0)


def test_amounts_codes_and_answers_are_found_by_their_words() -> None:
    cells = ["99999.99", "100000", "", "1000000.5"]
    assert chosen(cells, "min", "100.000", kind="number", money=True) == (["100000", "1000000.5"], 0)
    assert chosen(cells, "is", "1.000.000,50", kind="number", money=True) == (["1000000.5"], 0)
    codes = ["new|rent", "rent", "other", ""]
    labels = {"new": "Casa nuova", "rent": "Affitto"}
    for value in ("rent", "affitto", "AFFITTO"):
        assert chosen(codes, "is", value, coded=True, labels=labels) == (["new|rent", "rent"], 0)
    assert chosen(codes, "has", "nuov", coded=True, labels=labels) == (["new|rent"], 0)
    assert chosen(["true", "false", ""], "is", "sì", kind="boolean") == (["true"], 0)
    assert chosen(["09:00", "14:30"], "min", "9.30", kind="time") == (["14:30"], 0)
    # A text that looks like the half of a sure answer.
    assert chosen(["0.5", "x"], "full", "") == (["0.5", "x"], 0)


def test_an_address_holds_what_is_asked_and_says_what_it_lost() -> None:
    settings = {"columns": [column("number"), column("date"), column("string", hidden=True)], "words": WORDS,
                "locale": "it-IT"}
    asked = "?f=number~min~100.000&f=date~max~marzo 2019&f=string~has~a~b&f=number~is~molto&f=no~is~1&f=date~drop~1"
    told = ask("Rows.rows(settings).recall(search)", settings=settings,
               search=f"{asked}&sort=-date&columns=string,no,number&page=2")
    assert [(one["place"], one["test"], one["value"], one["others"]) for one in told["filters"]] == [
        (0, "min", "100000", ["100"]), (1, "max", "2019-03", []), (2, "has", "a~b", [])]
    assert (told["sort"], told["seen"], told["page"]) == ([1, True], [2, 0], 2)
    assert told["lost"] == ["number~is~molto", "no~is~1", "date~drop~1"]
    written = ask("Rows.rows(settings).query(view)", settings=settings, view=told)
    assert written == "?f=number~min~100000&f=date~max~2019-03&f=string~has~a~b&sort=-date&columns=string,number&page=2"
    for locale in ("it-IT", "en-GB"):
        again = ask("Rows.rows(settings).recall(search)", settings={**settings, "locale": locale}, search=written)
        assert [one["others"] for one in again["filters"]] == [[], [], []]
        assert ask("Rows.rows(settings).query(view)", settings=settings, view=again) == written


def tables(site: Path) -> list[Path]:
    return sorted([*site.glob("dati/*/tabella/index.html"), *site.glob("en/data/*/table/index.html")])


def settings_of(page: str) -> dict[str, object]:
    found = re.search(r'id="settings">(.*?)</script>', page, re.S)
    assert found
    return dict(json.loads(found[1]))


def drawn(page: str) -> list[list[str]]:
    """The text of every cell of the body of a table."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.S)
    assert body
    cells = [re.findall(r"<td\b[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.S)]
    return [[" ".join(html.unescape(re.sub(r"<[^>]*>", "", cell)).split()) for cell in row] for row in cells]


def test_the_script_writes_every_cell_as_the_page_does(built_site: Path) -> None:
    found = tables(built_site)
    assert len(found) > 40
    for path in found:
        page = path.read_text("utf-8")
        settings, name = settings_of(page), path.parts[-3]
        rows = list(csv.reader(io.StringIO((built_site / "dati" / f"{name}.csv").read_text("utf-8"), newline="")))[1:51]
        written = ask("(table => rows.map(row => table.seen(null).map(at => table.display(s.columns[at], row[at]))))"
                      "(Rows.rows(s))", rows=rows, s=settings)
        assert [[" ".join(cell.split()) for cell in row] for row in written] == drawn(page), path


def test_sentences_count_one_row_and_several(built_site: Path) -> None:
    """It was `1 righe su 18`."""
    unsure = {
        "dati": "Un’altra riga dice solo l’anno o il mese: non si sa se vi rientra, e non si vede.",
        "en": "Another row tells only its year or month: whether it belongs here is not known, and it is not shown.",
    }
    wanted = {
        "dati": ["1 riga su 18.", f"2 righe su 18. {unsure['dati']}", "Nessuna riga su 18."],
        "en": ["1 row of 18.", f"2 rows of 18. {unsure['en']}", "None of the 18 rows."],
    }
    pages = {folder: next(path for path in tables(built_site) if path.relative_to(built_site).parts[0] == folder)
             for folder in wanted}
    assert {folder: [
        ask("Rows.rows(s).sentences(Array(18).fill([]), {shown: Array(n).fill([]), unsure}, []).join(' ')",
            s=settings_of(path.read_text("utf-8")), n=count, unsure=unsure)
        for count, unsure in ((1, 0), (2, 1), (0, 0))] for folder, path in pages.items()} == wanted
