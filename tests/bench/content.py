"""What the pages of projects say, in plain data, so that other generators can build the same pages.

usage: content.py DATA LANGUAGES OUT: writes OUT, a list of pages with everything that ours show of a project.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from etl.meta.model import Release
from etl.runtime.tables import read_release
from etl.web.pages.money.money import known_projects
from etl.web.pages.money.projects import Related, linked_data

STAGES = {"programmed": "Importo programmato", "admitted": "Importo ammesso a finanziamento",
          "committed": "Importo giuridicamente vincolante", "paid": "Importo erogato"}
FIELDS = {"city": "Città", "project_code": "Codice progetto", "programme": "Programma",
          "axis_name": "Ambito (asse o priorità)", "action": "Azione", "fund": "Fondo", "cup": "CUP",
          "beneficiary": "Soggetto attuatore", "rup": "R.U.P. (responsabile del procedimento)",
          "start_date": "Data inizio", "end_date": "Data fine", "partner": "Partner",
          "desk": "Sportelli pagati dal progetto", "service": "Servizi pagati dal progetto", "photo": "Foto",
          "document": "Documenti", "page_url": "Pagina del programma", "source_date": "Data della fonte"}
NEAR = {"same_action": "La stessa azione", "same_place_3": "Nella stessa città: servizi e sostegno sociale",
        "same_place_4": "Nella stessa città: recupero di case", "same_place": "Nella stessa città: altri ambiti"}
REPORT = ("Titolo", "Soggetto attuatore", "CUP", "Data inizio", "Data fine", "Importo programmato", "Importo ammesso",
          "Importo vincolante", "Importo erogato")


def money(value: float | None) -> str:
    """An amount as the site writes it, 1.514.648,44 €."""
    return "non disponibile" if value is None else f"{value:,.2f} €".translate(str.maketrans(",.", ".,"))


def path_of(code: str, language: str) -> str:
    """The address of a page."""
    return ("" if language == "it" else f"{language}/") + f"progetti/{code.lower()}/"


def entry(project: dict[str, Any], language: str, languages: list[str]) -> dict[str, Any]:
    """One page."""
    known = project["money"]
    return {
        "path": path_of(project["project_code"], language),
        "translations": [[code, path_of(project["project_code"], code)] for code in languages],
        "language": language, "code": project["project_code"], "title": project["title"] or project["project_code"],
        "place": project["place"] or "Città non disponibile",
        "lead": f"Su 100 euro ammessi ne risultano pagati {known and known['paid_of_100']}.",
        "summary": project["text"].get("summary") or "non disponibile",
        "facts": [[name, str(project.get(field) or "")] for field, name in FIELDS.items()],
        "stages": [[STAGES[item["stage"]], money(item["amount"]), item["width"]] for item in known["stages"]]
        if known else [],
        "sums": [["Data a cui si riferiscono gli importi", known["row"]["observed_on"]],
                 ["Differenza tra ammesso e pagato nella fonte", money(known["difference"])]] if known else [],
        "findings": [[item["message"], item["dataset"], item["column"]] for item in project["findings"]],
        "pace": [["Pagato, ogni 100 euro ammessi", known["paid_of_100"] if known else 0],
                 ["Tempo passato, su 100", project["elapsed"] or 0]],
        "near": [[NEAR[group["why"]], [[other["project_code"].lower(), other["title"] or "",
                                        other["place"] if group["why"] == "same_action" else "",
                                        str(other["paid_of_100"])] for other in group["projects"]], group["more"]]
                 for group in project["near"]],
        "report": [[name, ("mailto:info@example.org?subject=Errore%20nel%20sito%3A%20projects%2C%20"
                    f"{number}&body=Pagina%3A%20https%3A//bench.example.org/progetti/{project['project_code']}/%0ARiga%3A%20projects%20"
                    f"{project['project_code']}%0AColonna%3A%20{number}%0A%0A")] for number, name in enumerate(REPORT)],
        "linked_json": json.dumps(linked_data(project), ensure_ascii=False, default=float).replace("<", "\\u003c"),
        "source": project["source_url"],
    }


def entries(release: Release, languages: list[str]) -> list[dict[str, Any]]:
    """Every page of a project, language by language."""
    found = []
    for language in languages:
        projects = known_projects(release, language)
        related = Related(release, language, projects)
        found += [entry(related.of(project), language, languages) for project in projects]
    return found


if __name__ == "__main__":
    made = entries(read_release(Path(sys.argv[1])), sys.argv[2].split(","))
    Path(sys.argv[3]).write_text(json.dumps(made, ensure_ascii=False, default=float), "utf-8")
