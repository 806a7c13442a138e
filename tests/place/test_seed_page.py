"""The page of the city's own project, as the programme's site showed it: read in every skeleton, told anew."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.programme_pages import SKELETONS, page
from support.repository import SHARED

from etl.sources.programme_page import parse

SEED = SHARED / "seed" / "project-page.txt"


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_the_seed_text_parses_in_every_skeleton(skeleton: str) -> None:
    if not SEED.exists():
        pytest.skip("../shared is not here: the seed page cannot be tried")
    labels = {"Descrizione dell'intervento", "Città", "Codice Progetto", "Ambito", "Azione", "Soggetto attuatore",
              "R.U.P.", "Data inizio", "Data fine", "Avanzamento finanziario", "Importo Programmato",
              "Importo Ammesso A Finanziamento", "Importo Giuridicamente Vincolante", "Importo Erogato",
              "Photogallery", "Documentazione"}
    lines: list[tuple[str, list[str]]] = []
    for text in SEED.read_text("utf-8").splitlines():
        if text in labels:
            lines.append((text, []))
        else:
            lines[-1][1].append(text)
    found = parse(page(SKELETONS[skeleton](lines)).decode())
    assert {name: value for name, value in found.record().items() if value} == {
        "code": "MI3.1.1.b1", "beneficiary": "Comune di Milano", "rup": "Angelo Zito", "start_date": "01-07-2016",
        "end_date": "31-10-2020", "programmed": "€ 1.514.648,44", "admitted": "€ 1.514.648,44",
        "committed": "€ 1.326.980,00", "paid": "€ 449.646,43",
    }
    assert found.strange == []


CODE = "MI3.1.1.b1"
TOLD = {
    "progetti/mi3.1.1.b1": (
        "povertà abitativa", "frammentazione dei servizi", "Il primo obiettivo", "Il secondo", "Il terzo",
        "Azioni principali", "Prima azione: sportelli nei quartieri", "Seconda azione: un’agenzia metropolitana",
        "multidimensionale", "comunitario e condiviso", "formazione del personale", "piano di comunicazione",
        "Recupero degli alloggi", "Accompagnamento sociale", "fondo di garanzia", "incentivi"),
    "en/projects/mi3.1.1.b1": (
        "Housing poverty", "fragmentation of services", "The first objective", "The second", "The third",
        "Main actions", "First action: desks in the neighbourhoods", "Second action: a metropolitan agency",
        "multidimensional", "community and sharing", "training the staff", "communication plan",
        "Recovery of homes", "Social support", "guarantee fund", "incentives"),
}


def records(site: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "dati" / f"{table}.json").read_text("utf-8"))["records"]
    return found


@pytest.mark.parametrize("page", TOLD)
def test_the_seed_page_is_retold_point_by_point(built_site: Path, page: str) -> None:
    html = (built_site / page / "index.html").read_text("utf-8")
    story = html[html.index('id="story"'):]
    assert [words for words in TOLD[page] if words not in story] == []
    parts = re.findall(r'<section aria-labelledby="[a-z]+">.*?</section>', story, re.DOTALL)
    assert len(parts) == 10
    assert [part[:80] for part in parts if 'class="source"' not in part] == []
    assert "pagati dal progetto" not in html
    assert "paid for by the project" not in html


@pytest.mark.parametrize(("kind", "table", "key", "least"), [
    ("desk", "desks", "desk_id", 1), ("service", "services", "service_id", 6),
    ("project", "projects", "project_code", 2), ("milestone", "milestones", "milestone_id", 6)])
def test_what_belongs_to_the_project_is_there_and_linked(
    built_site: Path, kind: str, table: str, key: str, least: int,
) -> None:
    targets = {row["target"] for row in records(built_site, "project_links") if row["kind"] == kind}
    assert len(targets) >= least
    assert targets <= {row[key] for row in records(built_site, table)}
    html = (built_site / "progetti/mi3.1.1.b1/index.html").read_text("utf-8")
    assert [target for target in targets if f"/{target.lower()}/" not in html and f'id="{target}"' not in html] == []


def test_what_the_page_only_names_the_kind_of_is_said_to_be_ours(built_site: Path) -> None:
    links = [row for row in records(built_site, "project_links") if row["project_code"] == CODE]
    assert {row["kind"] for row in links if row["basis"] == "inferred"} == {"service", "project"}
    assert [row["target"] for row in links if row["basis"] == "inferred" and not row["other_sources"]] == []
    assert [row["target"] for row in links if not row["words"]] == []


def test_the_words_in_quotation_marks_are_those_of_the_page_and_no_others_are_copied(built_site: Path) -> None:
    if not SEED.exists():
        pytest.skip("../shared is not here: the seed page cannot be read")
    page = " ".join(SEED.read_text("utf-8").split())
    told = [row["text"] for row in records(built_site, "project_sections")
            if row["project_code"] == CODE and row["language"] == "it" and "?codice=" in row["source_url"]]
    quoted = [row["words"] for row in records(built_site, "project_links") if row["project_code"] == CODE]
    quoted += [words for text in told for words in re.findall("«(.+?)»", text)]
    assert [words for words in quoted if words not in page] == []
    assert [words for words in quoted if len(words.split()) > 7] == []
    runs = {tuple(words[start:start + 8]) for words in [page.split()] for start in range(len(words) - 7)}
    copied = [text for text in told for words in [text.split()]
              if any(tuple(words[start:start + 8]) in runs for start in range(len(words) - 7))]
    assert copied == []
