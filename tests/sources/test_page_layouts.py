"""Layouts of project pages: what is one value is read, what is not for certain is told and nothing of it is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.sources.page_facts import PageFacts, parse

CODE = "CA9.9.9.z"
FACTS = {"Codice Progetto": CODE, "Data fine": "31-12-2020", "Importo Programmato": "€ 99.804,86",
         "Importo Erogato": "€ 18.026,89"}
READ = {"code": CODE, "end_date": "31-12-2020", "programmed": "€ 99.804,86", "paid": "€ 18.026,89"}
OTHER = "Codice Progetto: RM9.9.9.a"


def told(page: PageFacts) -> str:
    return " ".join([*page.unsure, *page.strange, *page.contradictions])


def facts(**lines: str) -> dict[str, str]:
    """The facts with the value of the last label written otherwise."""
    return {name: lines.get("paid", value) if name == "Importo Erogato" else value for name, value in FACTS.items()}


def listed(lines: dict[str, str]) -> str:
    return "<main><dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in lines.items()) + "</dl></main>"


def flat(lines: dict[str, str]) -> str:
    return "".join(f"<h3>{name}</h3><p>{value}</p>" for name, value in lines.items())


def read(html: str, wanted: str = CODE) -> dict[str, str]:
    """The facts of a page that have a value."""
    return {name: value for name, value in parse(html, wanted).record().items() if value}


ONE_VALUE = [
    "€ 18.026<span class=cents>,89</span>", "€&nbsp;18.026,<sup>89</sup>", "<b>€</b> 18.026,89", "€ 18.026<!-- -->,89",
    "<span>€ 18</span>.<span>026</span>,<span>89</span>", "\n <span>€ 18.026</span>\n <span>,89</span>\n",
    "€ <x-whole>18.026</x-whole><x-cents>,89</x-cents>", "€ 18.026<span class='visually-hidden'>,89</span>",
    "€ 18.026,89 <button>Copia</button>", "€ 18.026,89<span role=tooltip>Somma pagata.</span>",
    "€ 18.0<wbr>26,&shy;89", "<i class='icon'>payments</i> € 18.026,89", "<div><div>€ 18.026,89</div></div>",
]


@pytest.mark.parametrize("written", ONE_VALUE)
def test_one_amount_is_read_whole_however_it_is_marked(written: str) -> None:
    assert {name: value.replace("€ ", "") for name, value in read(listed(facts(paid=written))).items()} == {
        name: value.replace("€ ", "") for name, value in READ.items()}


NOT_ONE_VALUE = [
    "<div>€ 18.026</div><div>,89</div>", "€ 18.026<br>,89", "€ 18.026</dd><dd>,89", "<p>€ 18.026</p>,89",
    "€ 18.026<sup>89</sup>", "€ 18<sup>2</sup>", "<del>€ 18,00</del> € 12,00", "<span>10</span><span>0,00</span>",
    "<span>10</span> <span>000</span>", "18 <small>mila</small>", "€ 18,00 <small>(al netto dell'IVA)</small>",
    "€ 18.026,89<sup>1</sup>", "<sup>18</sup>", "€ 5,00<p>di cui € 2,00</p>",
]


@pytest.mark.parametrize("written", NOT_ONE_VALUE)
def test_what_is_not_one_amount_is_told_and_nothing_of_it_is_taken(written: str) -> None:
    page = parse(listed(facts(paid=written)), CODE)
    assert page.record() == {"title": "", **READ, "paid": ""}
    assert told(page).startswith("importo erogato: ")


LABELS = [
    "Importo Ero&shy;gato", "Importo<br>Erogato", "Importo <wbr>Erogato", "IMPORTO EROGATO (€)",
    "Importo erogato in euro:",
    "<abbr title='Somma'>Importo Erogato</abbr>", "<mat-icon>euro</mat-icon> Importo Erogato",
    "<span class='material-symbols-outlined'>payments</span>Importo Erogato", "Importo Erogato <button>?</button>",
    "Importo Erogato <span class='tooltip'>Somma pagata.</span>", "<b>Importo</b> <i>Erogato</i>",
    "<div class='tooltip'>Importo Erogato<span class='tooltiptext'>Somma pagata</span></div>",
    "<button type=button><span>Importo Erogato</span> <span class='visually-hidden'>(apri)</span></button>",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_known_however_it_is_marked(label: str) -> None:
    page = parse(listed({**FACTS, label: FACTS["Importo Erogato"]} | {"Importo Erogato": "€ 18.026,89"}), CODE)
    assert (page.record(), told(page)) == ({"title": "", **READ}, "")
    alone = {name: value for name, value in FACTS.items() if name != "Importo Erogato"}
    assert read(listed({**alone, label: "€ 18.026,89"})) == READ


def test_a_label_may_be_broken_on_the_line_of_its_value() -> None:
    lines = {name.replace(" ", "<br>"): value for name, value in FACTS.items()}
    for start, between, end in (("<p><strong>", "</strong> ", "</p>"), ("<div><i>", "</i><br><b>", "</b></div>")):
        assert read("".join(f"{start}{name}{between}{value}{end}" for name, value in lines.items())) == READ


REMARKS = ["Importo Erogato <small>in migliaia</small>", "Importo Erogato<sup>1</sup>",
           "Importo Erogato <span>2019</span>"]


@pytest.mark.parametrize("label", REMARKS)
@pytest.mark.parametrize("below", ["€ 18,00", ""])
def test_a_remark_beside_a_label_is_no_value_and_leaves_none_certain(label: str, below: str) -> None:
    alone = {name: value for name, value in FACTS.items() if name != "Importo Erogato"}
    page = parse(listed({**alone, label: below}), CODE)
    assert page.values["paid"] == []
    assert told(page).startswith("importo erogato: ")


def test_what_says_nothing_is_a_missing_value() -> None:
    for written in ("€ -", "-", "n.d.", "€ –", "non disponibile"):
        page = parse(listed(facts(paid=written)), CODE)
        assert (page.record(), told(page)) == ({"title": "", **READ, "paid": ""}, "")


def test_initials_are_one_word_however_they_are_written() -> None:
    for label in ("R.U.P.", "R. U. P.", "RUP", "r.u.p.:", "R U P"):
        assert read(listed({"Codice Progetto": CODE, label: "Nome Cognome"}))["rup"] == "Nome Cognome"


def test_values_above_their_labels_and_rows_of_labels_are_not_taken_for_others() -> None:
    cards = "".join(f"<div><h3>{value}</h3><p>{name}</p></div>" for name, value in FACTS.items())
    assert read(f"<main>{cards}</main>") == {}
    above = "".join(f"<p>{value}</p><h4>{name}</h4>" for name, value in {
        "Codice Progetto": CODE, "Avanzamento finanziario": "", "Importo Programmato": "€ 1,00",
        "Importo Erogato": "€ 2,00"}.items())
    assert read(above) == {}
    rows = "<table><tr><th>Data inizio</th><th>Data fine</th></tr><tr><td>01-01-2018</td><td></td></tr></table>"
    page = parse(f"<p>Codice Progetto: {CODE}</p>{rows}", CODE)
    assert (page.record(), page.unsure) == (
        {"title": "", "code": CODE, "start_date": "", "end_date": ""}, ["data fine: 01-01-2018"])


@pytest.mark.parametrize(("label", "below", "day"), [
    ("Avanzamento finanziario al 31/12/2019", "", "2019-12-31"),
    ("Avanzamento finanziario (dati aggiornati al 31 dicembre 2019)", "", "2019-12-31"),
    ("Avanzamento finanziario", "al 31/12/2019", "2019-12-31"), ("Avanzamento finanziario", "", ""),
    ("Importo ammesso a finanziamento alla data del 31.12.2019", "€ 1,00", "2019-12-31"),
])
def test_the_day_of_the_amounts_is_the_one_that_the_page_says(label: str, below: str, day: str) -> None:
    page = parse(listed({"Codice Progetto": CODE, label: below, **FACTS}), CODE)
    assert (page.as_of, page.values["paid"], told(page)) == (day, ["€ 18.026,89"], "")


@pytest.mark.parametrize("labels", [
    {"Avanzamento finanziario al 31/02/2019": ""},
    {"Avanzamento finanziario al 31/12/2019": "", "Importo Erogato al 31/12/2020": "€ 18.026,89"},
])
def test_amounts_of_no_day_or_of_two_are_not_taken(labels: dict[str, str]) -> None:
    page = parse(listed({"Codice Progetto": CODE, **labels, "Importo Programmato": "€ 1,00"}), CODE)
    assert (page.values["programmed"], page.as_of) == ([], "")
    assert told(page).startswith("avanzamento finanziario: ")


WITHOUT_PAID = {name: value for name, value in FACTS.items() if name != "Importo Erogato"}
RELATED = {
    "cards": f"<section><h2>Altri progetti</h2><div><p>{OTHER}</p><p>Importo Erogato: € 5,00</p></div></section>",
    "amount before code": f"<section><div><p>Importo Erogato: € 5,00</p><p>{OTHER}</p></div></section>",
    "lines": "<aside><div><b>Importo Erogato</b> € 5,00<br><b>Codice Progetto</b> RM9.9.9.a</div></aside>",
    "table": "<table><tr><th>Codice Progetto</th><th>Importo Erogato</th></tr>"
             "<tr><td>RM9.9.9.a</td><td>€ 5,00</td></tr></table>",
    "list": f"<ul><li>{OTHER}</li><li>Codice Progetto: RM9.9.9.b</li></ul>",
}


@pytest.mark.parametrize("related", RELATED)
@pytest.mark.parametrize("whole", [flat, listed])
def test_other_projects_of_a_page_are_left_out(related: str, whole: Callable[[dict[str, str]], str]) -> None:
    """Before and after the facts, and where the project of the page has not the label that the others have."""
    for html in (whole(FACTS) + RELATED[related], RELATED[related] + whole(FACTS)):
        page = parse(f"<main><article>{html}</article></main>", CODE)
        assert (page.record(), page.contradictions, page.shared) == ({"title": "", **READ}, [], False)
        assert "paid" not in read(html.replace(whole(FACTS), whole(WITHOUT_PAID)))


def test_a_page_that_does_not_say_whose_the_facts_are_is_refused() -> None:
    other = {"Codice Progetto": "RM9.9.9.a", "Importo Erogato": "€ 5,00"}
    assert parse(flat(WITHOUT_PAID) + flat(other), CODE).shared
    head = f"<header><p>Codice Progetto: {CODE}</p></header>"
    assert parse(f"{head}<main>{flat(WITHOUT_PAID).partition('</p>')[2]}<div><p>{OTHER}</p></div></main>", CODE).shared
