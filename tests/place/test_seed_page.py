"""The page of the city's own project, as the programme's site showed it: read the same in every skeleton of HTML."""

from __future__ import annotations

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
