"""Project pages as the programme's site shows them: three layouts of labels and values, in eight skeletons of HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

Lines = Sequence[tuple[str, Sequence[str]]]
"""(label, values below it) in reading order."""

OLD: Lines = [
    ("Descrizione dell'intervento", ["Il progetto riguarda la Città: e altro.", "Un paragrafo, con Importo Erogato."]),
    ("Città", ["Torino"]), ("Codice Progetto", ["TO9.9.9.z"]), ("Ambito", []), ("Azione", ["Azione 9.9.9"]),
    ("Soggetto attuatore", ["Comune di Torino"]),
    ("Codice Unico Progetto - CUP", ["B42G19000230006", "B44H14000230004"]), ("R.U.P.", ["Persona Di Prova"]),
    ("Data inizio", ["01-11-2017"]), ("Data fine", ["01-12-2020"]), ("Avanzamento finanziario", []),
    ("Importo Programmato", ["€ 198.000,01"]), ("Importo Ammesso A Finanziamento", ["€ 109.429,37"]),
    ("Importo Giuridicamente Vincolante", ["€ 109.429,37"]), ("Importo Erogato", ["€ 108.524,66"]),
    ("Photogallery", ["Foto non disponibili"]), ("Documentazione", ["Documenti non disponibili"]),
]
OLD_FACTS = {
    "title": "Un titolo di prova", "city": "Torino", "code": "TO9.9.9.z", "area": "", "action": "Azione 9.9.9",
    "beneficiary": "Comune di Torino", "cup": "B42G19000230006|B44H14000230004", "rup": "Persona Di Prova",
    "start_date": "01-11-2017", "end_date": "01-12-2020", "programmed": "€ 198.000,01", "admitted": "€ 109.429,37",
    "committed": "€ 109.429,37", "paid": "€ 108.524,66",
}
NEWER: Lines = [
    ("Descrizione dell’intervento", ["Un paragrafo.", "Stampato due volte.", "Stampato due volte."]),
    ("Città", []), ("Codice Progetto", ["TO9.9.9.z"]), ("Ambito", []), ("Azione", []),
    ("Soggetto attuatore", ["Comune di Torino"]), ("R.U.P.", ["Persona Di Prova"]), ("Data inizio", ["01-07-2016"]),
    ("Data fine", ["31-10-2020"]), ("Avanzamento finanziario", []), ("Importo Programmato", ["€ 1.514.648,44"]),
    ("Importo Ammesso A Finanziamento", ["€ 1.514.648,44"]), ("Importo Giuridicamente Vincolante", ["€ 1.326.980,00"]),
    ("Importo Erogato", ["€ 449.646,43"]), ("Photogallery", ["Foto non disponibili"]),
    ("Documentazione", ["Documenti non disponibili"]),
]
NEWER_FACTS = {
    "title": "", "city": "", "code": "TO9.9.9.z", "area": "", "action": "", "beneficiary": "Comune di Torino",
    "rup": "Persona Di Prova", "start_date": "01-07-2016", "end_date": "31-10-2020", "programmed": "€ 1.514.648,44",
    "admitted": "€ 1.514.648,44", "committed": "€ 1.326.980,00", "paid": "€ 449.646,43",
}
PLUS: Lines = [
    ("Città", ["Torino"]), ("CLP", ["TO9.9.9.9.z"]), ("CUP", ["B40A24000070006"]), ("Priorità", ["9"]),
    ("Azione", ["9.9.9"]), ("Beneficiario / Soggetto attuatore", ["Comune di Torino"]), ("R.P.", ["Persona Di Prova"]),
    ("Data inizio", ["01/05/25"]), ("Data fine", []), ("Importo programmato", ["1.000.000,00"]),
    ("Risorse PN Metro", ["1.000.000,00"]), ("Altre risorse", ["0,00"]), ("Fondo", ["FESR"]),
]
PLUS_FACTS = {
    "title": "", "city": "Torino", "code": "TO9.9.9.9.z", "cup": "B40A24000070006", "priority": "9", "action": "9.9.9",
    "beneficiary": "Comune di Torino", "rup": "Persona Di Prova", "start_date": "01/05/25", "end_date": "",
    "programmed": "1.000.000,00", "programme_resources": "1.000.000,00", "other_resources": "0,00", "fund": "FESR",
}
LAYOUTS = {
    "old": (OLD, OLD_FACTS, "Un titolo di prova"), "newer": (NEWER, NEWER_FACTS, ""), "plus": (PLUS, PLUS_FACTS, ""),
}


def definition_list(lines: Lines) -> str:
    return "<dl>" + "".join(
        f"<dt>{escape(label)}</dt>" + "".join(f"<dd>{escape(value)}</dd>" for value in values)
        for label, values in lines
    ) + "</dl>"


def table(lines: Lines) -> str:
    return "<table><tbody>" + "".join(
        f"<tr><th scope='row'>{escape(label)}:</th><td>{'<br>'.join(map(escape, values))}</td></tr>"
        for label, values in lines
    ) + "</tbody></table>"


def headings(lines: Lines) -> str:
    return "".join(
        f"<h4 class='x'>{escape(label).upper()}</h4>" + "".join(f"<p>{escape(value)}</p>" for value in values)
        for label, values in lines
    )


def nested(lines: Lines) -> str:
    return "".join(
        f"<div class='row'><div><span class='label'><b>{escape(label)}</b></span>"
        + "".join(f"<span>{escape(value).replace(' ', '&nbsp;')}</span>" for value in values) + "</div></div>"
        for label, values in lines
    )


def unclosed(lines: Lines) -> str:
    """List items and paragraphs that nobody closed, with hidden copies and comments between them."""
    return "<ul>" + "".join(
        f"<li><!-- Città --><strong>{escape(label)}</strong>"
        + "".join(f"<p>{escape(value)}" for value in values) + "<p hidden>Città<p style='display: none'>9"
        for label, values in lines
    )


def inline(lines: Lines) -> str:
    """Labels in bold on the line of their value, without a colon, as an editor of texts makes them."""
    return "".join(
        f"<p><strong>{escape(label)}</strong> {'<br>'.join(map(escape, values))}</p>" for label, values in lines
    )


def grid(lines: Lines) -> str:
    """Labels and values in one element, put in their places by a style sheet, labels with an icon and a tooltip."""
    return "<div class='facts'>" + "".join(
        f"<span><i class='material-icons'>euro</i> {escape(label).replace('mm', 'm&shy;m').replace(' ', '<wbr> ')}"
        "<span class='tooltip' role='tooltip'>Che cosa vuol dire.</span></span>"
        + "".join(f"<span>{escape(value)}</span>" for value in values) for label, values in lines
    ) + "</div>"


def accordion(lines: Lines) -> str:
    """Labels on buttons that open what stands below, and with a line break in them."""
    return "".join(
        f"<div><h2><button aria-controls='c{number}'>{escape(label).replace(' ', '<br>')}</button></h2>"
        f"<div id='c{number}' hidden>" + "".join(f"<p>{escape(value)}</p>" for value in values)
        + "<button>Copia</button></div></div>"
        for number, (label, values) in enumerate(lines)
    )


SKELETONS: dict[str, Callable[[Lines], str]] = {
    "definition list": definition_list, "table": table, "headings": headings, "nested": nested, "unclosed": unclosed,
    "inline": inline, "grid": grid, "accordion": accordion,
}


def page(body: str, title: str = "") -> bytes:
    """A whole page around the facts: menu, scripts and foot as sites have them."""
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    return (
        "<!DOCTYPE html><html lang=it><head><meta charset=utf-8><title>Progetti</title><script>'Città'</script></head>"
        "<body><nav><a>Città</a><a>Documentazione</a></nav><div class=menu><a>Home</a> <a>Progetti</a></div>"
        f"<main>{heading}{body}</main><footer><p>Codice Progetto</p><p>Un piede di pagina</p></footer></body></html>"
    ).encode()
