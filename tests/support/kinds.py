"""One page of each kind of the site."""

from __future__ import annotations

from pathlib import Path

from support.pages import base_of, document

# One page of each kind, at its Italian address.
PAGES = {
    "home": "", "services": "servizi/", "service": "servizi/sap-domanda-casa-popolare/", "desks": "sportelli/",
    "desk": "sportelli/abit-azioni-sesto/",
    "need": "servizi/bisogni/sto-perdendo-la-casa/", "readers": "servizi/per-chi/", "a-z": "servizi/a-z/",
    "guide": "servizi/guida/", "question": "servizi/guida/sto-perdendo-la-casa/",
    "result": "servizi/guida/sto-perdendo-la-casa/inquilini/", "places": "sportelli/comuni/",
    "place": "sportelli/comuni/rho/", "rent": "canone/", "network": "rete/", "projects": "progetti/",
    "project": "progetti/mi3.1.1.b1/",
    "money": "trasparenza/", "axis": "trasparenza/assi/3/", "operations": "trasparenza/operazioni/2014-2020/",
    "changes": "trasparenza/novita/", "corrections": "trasparenza/rettifiche/", "method": "trasparenza/metodo/",
    "embed": "incorpora/mi3.1.1.b1/", "facts": "attivita/tipo/accordo/",
    "quality": "trasparenza/qualita/", "sources": "trasparenza/fonti/", "data": "dati/",
    "dataset": "dati/desks/", "table": "dati/desks/tabella/", "embedded table": "incorpora/desks/",
    "releases": "dati/releases/", "release": "dati/releases/1.0.0/", "api": "dati/api/",
    "licences": "licenze/",
    "activities": "attivita/", "search": "cerca/", "accessibility": "accessibilita/",
    "privacy": "privacy/", "legal": "note-legali/", "contacts": "contatti/", "faq": "faq/",
    "missing": "questa-pagina/non-esiste/",
}
# Shown in the pages of others: no menu and no foot of our own.
ALONE = ("embed", "embedded table")


def address(site: Path, name: str, language: str) -> str:
    """Path of a page in a language; the English one is where the Italian page says that it is."""
    path = PAGES[name]
    if name == "missing":
        return path if language == "it" else f"en/{path}"
    if language == "it":
        return path
    base = base_of(site)
    found = document(site / path / "index.html").alternates.get(language, "")
    assert found.startswith(base), f"/{path} does not say where its {language} translation is"
    return found.removeprefix(base)
