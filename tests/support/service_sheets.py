"""Service sheets of an invented municipality, in the skeletons in which sites write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Section = tuple[str, str, str]
"""(hook, heading, HTML below it)."""
SHEET: Sequence[Section] = [
    ("service-addressed", "A chi è rivolto", """<p>Chi è in difficoltà può chiedere aiuto. L’ISEE non superiore a
     € 15.000,00 è necessario, come spiega il regolamento.</p><ul><li>Inquilini</li><li>Famiglie</li></ul>"""),
    ("service-how-to", "Come fare", "<p>Si compila il modulo e si spera. Poi si aspetta una risposta.</p>"),
    ("service-needed", "Cosa serve", "<ul><li>Contratto di affitto;</li><li>Attestazione ISEE.</li></ul>"),
    ("service-achieved", "Cosa si ottiene", "<p>Un contributo</p>"),
    ("service-calendar-text", "Tempi e scadenze", """<p>Domande dal 1° marzo al 31 dicembre 2026, entro le ore 12:00 del
     31 dicembre 2026.</p>"""),
    ("service-generic-access", "Accedi al servizio", "<p>Allo sportello.</p>"),
    ("service-area", "Contatti", """<h3>Ufficio casa</h3><p>piazza dei Portici 1, 12900 Borgofiorito</p>
     <p>Tel. 0171 555 0101</p><p>Persona Di Prova, 333 1234567</p>"""),
]
FACTS = {
    "title": "Fondo per l’affitto", "status": "active", "audience": "Inquilini; Famiglie",
    "documents": "Contratto di affitto; Attestazione ISEE", "what_you_get": "Un contributo", "opens_on": "2026-03-01",
    "closes_on": "2026-12-31", "closes": "2026-12-31T12:00", "isee": "15000", "isee_operator": "<=",
    "office": "Ufficio casa", "address": "piazza dei Portici 1, 12900 Borgofiorito", "phone": "0171 555 0101",
    "updated": "2026-10-12", "kind": "window", "edition": "2026",
}
"""What is read of it in every skeleton that shows all of it."""
DATA: Mapping[str, Any] = {
    "@context": "https://schema.org", "@type": "GovernmentService", "name": "Fondo per l’affitto",
    "serviceType": "Casa",
    "serviceOperator": {"@type": "GovernmentOrganization", "name": "Comune di Borgofiorito"},
    "areaServed": {"@type": "AdministrativeArea", "name": "Borgofiorito"},
    "audience": {"@type": "Audience", "audienceType": "Inquilini"},
    "availableChannel": {"@type": "ServiceChannel", "servicePhone": "+39 0171 5550101",
                         "serviceUrl": "https://www.borgofiorito.example/servizi/fondo-affitto",
                         "serviceLocation": {"@type": "Place", "name": "Ufficio casa", "address": {
                             "@type": "PostalAddress", "streetAddress": "Piazza dei Portici, 1", "postalCode": "12900",
                             "addressLocality": "Borgofiorito"}}},
}
UPDATED = "<p>Ultimo aggiornamento: 12/10/2026, 09:30</p>"


def whole(body: str, data: str = "", title: str = "Borgofiorito") -> bytes:
    """A page around what it says: menu, index, scripts and foot as sites have them."""
    index = "".join(f"<li><a href='#v{number}'>{heading}</a></li>" for number, (_, heading, _) in enumerate(SHEET))
    script = f"<script type='application/ld+json' data-element='metatag'>{data}</script>" if data else ""
    return (
        f"<!DOCTYPE html><html lang=it><head><meta charset=utf-8><title>{title}</title>{script}<script>'Cosa serve'"
        "</script></head><body><header><nav><a href='/servizi'>Servizi</a><a>Contatti</a></nav></header>"
        f"<main><div><ul data-element='page-index'>{index}</ul></div>{body}</main>"
        "<footer><p>Comune di Borgofiorito, via del Municipio 9. Tel. 0171 555 0999</p></footer></body></html>"
    ).encode()


def hooked(
    sections: Sequence[Section] = SHEET, status: str = "Servizio attivo", name: str = "Fondo per l’affitto"
) -> str:
    """A sheet with every hook of Modello Comuni."""
    return (f"<h1 data-element='service-title'>{name}</h1><p data-element='service-description'>Una prosa.</p>"
            f"<div class=chip data-element='service-status'><span>{status}</span></div>" + "".join(
                f"<section><h2>{heading}</h2><div data-element='{hook}'>{body}</div></section>"
                for hook, heading, body in sections) + UPDATED)


def partly(sections: Sequence[Section] = SHEET) -> str:
    """Every second section has lost its hook, the title and the state too."""
    return "<h1>Fondo per l’affitto</h1><p>Servizio attivo</p>" + "".join(
        f"<section><h2>{heading}</h2><div{f' data-element={hook}' if number % 2 else ''}>{body}</div></section>"
        for number, (hook, heading, body) in enumerate(sections)) + UPDATED


def headed(sections: Sequence[Section] = SHEET) -> str:
    """Headings only, in accordions with buttons, as pages without hooks have them."""
    return "<h1>Fondo per l’affitto</h1><h2>Stato del servizio</h2><p>Attivo</p>" + "".join(
        f"<h2><button type=button>{heading.upper()}</button></h2><div class=collapse>{body}</div>"
        for _, heading, body in sections) + UPDATED


def labelled(sections: Sequence[Section] = SHEET) -> str:
    """A definition list that nobody closed, under a title."""
    return "<h1>Fondo per l’affitto</h1><p>Stato: Attivo</p><dl>" + "".join(
        f"<dt><b>{heading}:</b><dd>{body}" for _, heading, body in sections) + f"</dl>{UPDATED}"


SKELETONS = {"hooks": hooked, "some hooks": partly, "headings": headed, "unclosed list": labelled}


def with_data(**changes: Any) -> str:
    """The structured data of a sheet, as JSON."""
    return json.dumps({**DATA, **changes}, ensure_ascii=False)


def listing(*paths: str, hooks: bool = True) -> bytes:
    """A category page that links to sheets."""
    hook = " data-element='service-link'" if hooks else ""
    links = "".join(f"<li><a{hook} href='{path}'>Scheda {number}</a></li>" for number, path in enumerate(paths))
    return whole(f"<h1>Casa</h1><ul>{links}</ul><p><a href='/privacy'>Privacy</a> <a href='mailto:x'>Scrivi</a></p>")


FIREWALL = (b"<!DOCTYPE html><html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
            b"Please consult with your administrator.<br>Your support ID is: 123</body></html>")
