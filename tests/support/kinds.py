"""One page of each kind of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from etl.meta.view import meanings
from etl.meta.words import slug
from support.pages import base_of, document
from support.release import RELEASE, records, richest
from support.repository import ROOT

ALWAYS = {
    "home": "", "changes": "trasparenza/novita/", "corrections": "trasparenza/rettifiche/",
    "method": "trasparenza/metodo/", "quality": "trasparenza/qualita/", "sources": "trasparenza/fonti/",
    "data": "dati/", "releases": "dati/releases/", "api": "dati/api/", "licences": "licenze/", "search": "cerca/",
    "accessibility": "accessibilita/", "privacy": "privacy/", "legal": "note-legali/", "contacts": "contatti/",
    "faq": "faq/", "missing": "questa-pagina/non-esiste/",
}
# Table without which there are no such pages -> the pages.
WITH_ROWS = {
    "services": {
        "services": "servizi/", "need": "servizi/bisogni/sto-perdendo-la-casa/", "readers": "servizi/per-chi/",
        "a-z": "servizi/a-z/",
    },
    "conditions": {"checker": "cosa-posso-chiedere/", "answers": "cosa-posso-chiedere/in-affitto/"},
    "desks": {
        "desks": "sportelli/", "places": "sportelli/comuni/", "dataset": "dati/desks/", "table": "dati/desks/tabella/",
        "embedded table": "incorpora/desks/",
    },
    "notices": {"notices": "avvisi/"},
    "situations": {"situations": "situazioni/"},
    "rent_bands": {"rent": "canone/"}, "organisations": {"network": "rete/"}, "milestones": {"activities": "attivita/"},
    "projects": {"projects": "progetti/"},
    "funding": {"money": "trasparenza/", "behind": "trasparenza/grafici/money-projects/"},
    "operations_2014_2020": {"operations": "trasparenza/operazioni/2014-2020/"},
}


def examples() -> Iterator[tuple[str, str]]:
    """A page of each kind that has one for each row of a table, of the row of which most is known."""
    if service := richest("services", "service_id", "service_texts", "desk_services"):
        yield "service", f"servizi/{service['service_id']}/"
    if desk := richest("desks", "desk_id", "desk_hours", "desk_texts", "desk_services"):
        yield "desk", f"sportelli/{desk['desk_id']}/"
    if place := richest("municipalities", "istat_code", "desks"):
        yield "place", f"sportelli/comuni/{slug(place['name'])}/"
    if situation := next(iter(records("situations")), None):
        yield "situation", f"situazioni/{situation['situation_id']}/"
    if notice := next(iter(records("notices")), None):
        yield "notice", f"avvisi/{notice['notice_id']}/"
    if project := richest("projects", "project_code", "funding", "project_texts", "milestones"):
        yield "project", f"progetti/{project['project_code'].lower()}/"
        yield "embed", f"incorpora/{project['project_code'].lower()}/"
        yield "axis", f"trasparenza/assi/{project['axis'] or project['code_axis']}/"
    if step := next(iter(records("milestones")), None):
        labels = labels_of("milestones", "kind")
        yield "facts", f"attivita/tipo/{slug(labels[step['kind']]['it'])}/"
    package = json.loads((RELEASE / "datapackage.json").read_text("utf-8"))
    yield "release", f"dati/releases/{package['version']}/"


def labels_of(dataset: str, column: str) -> dict[str, dict[str, str]]:
    """Code -> its words, in the schema of a column."""
    schema = json.loads((ROOT / "schemas" / f"{dataset}.json").read_text("utf-8"))
    found: dict[str, dict[str, str]] = meanings(next(f for f in schema["fields"] if f["name"] == column))
    return found


# One page of each kind that this city has, at its Italian address.
PAGES = {
    **ALWAYS, **{name: path for table, pages in WITH_ROWS.items() if records(table) for name, path in pages.items()},
    **dict(examples()),
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
