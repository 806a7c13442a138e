"""What the pages of projects say, in plain data, so that other generators can build the same pages.

usage: content.py DATA LANGUAGES OUT: writes OUT, a list of pages with everything that ours show of a project. Amounts,
numbers and days are written already, so that no other generator needs a library to write them.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from etl.meta.model import Release
from etl.runtime.tables import read_release
from etl.web.language import Language
from etl.web.pages.money.money import known_projects
from etl.web.pages.money.projects import Related, linked_data

SITE = "https://bench.example.org/"
STAGES = {"programmed": "Importo programmato", "admitted": "Importo ammesso a finanziamento",
          "committed": "Importo giuridicamente vincolante", "paid": "Importo erogato"}
FACTS = {"place": "Città", "project_code": "Codice progetto", "programme": "Programma",
         "axis": "Ambito (asse o priorità)", "action": "Azione", "beneficiary": "Soggetto attuatore",
         "start_date": "Data inizio", "end_date": "Data fine"}
GAPS = {"fund": "il fondo", "cup": "il CUP, con cui si ritrova nei registri pubblici", "rup": "chi ne è responsabile",
        "partners": "con chi è fatto (partner)", "photos": "foto", "documents": "documenti"}
NEAR = {"same_action": "La stessa azione", "same_place_3": "Nella stessa città: servizi e sostegno sociale (asse 3)",
        "same_place_4": "Nella stessa città: recupero di case (asse 4)",
        "same_place": "Nella stessa città: altri ambiti"}
REPORT = {"projects": {"title": "title", "beneficiary": "Soggetto attuatore", "cup": "CUP", "start_date": "Data inizio",
                       "end_date": "Data fine"},
          "funding": {f"{stage}_eur": name for stage, name in STAGES.items()}}
LANGUAGES = {"it": "Italiano", "en": "English"}
ITALIAN = Language("it", "it_IT", [], {})


def path_of(code: str, language: str) -> str:
    """The address of a page."""
    return ("" if language == "it" else f"{language}/") + f"progetti/{code.lower()}/"


def plain(value: Decimal | None) -> str:
    """A number as files write it: 7.60 is 7.6."""
    return "" if value is None else f"{value.normalize():f}"


def mail(subject: str, address: str, row: str, column: str = "") -> str:
    """An address that begins a letter about a row, or a cell of it."""
    body = f"Pagina: {SITE}{address}\nRiga: {row}\n" + (f"Colonna: {column}\n" if column else "") + "\n"
    return f"mailto:info@example.org?subject={quote(f'Errore nel sito: {subject}')}&body={quote(body)}"


def of_stages(chart: Any) -> list[dict[str, str]]:
    """The four amounts of a project, from the table of its chart."""
    return [{"code": code, "name": name, "short": stage.name.message, "look": stage.look,
             "value": plain(stage.amount), "amount": ITALIAN.money(stage.amount), "brief": ITALIAN.brief(stage.amount),
             "share": str(cells[2]), "share_written": ITALIAN.number(cells[2])}
            for (code, name), stage, cells in zip(STAGES.items(), chart.body.stages, chart.cells, strict=True)]


def beside(other: dict[str, Any], with_place: bool = True) -> dict[str, str]:
    """A line about another project."""
    return {"code": other["project_code"], "folder": other["project_code"].lower(), "title": other["title"],
            "place": other["place"] if with_place else "", "paid": plain(other["paid_of_100"]),
            "paid_written": ITALIAN.number(other["paid_of_100"])}


def facts(project: dict[str, Any]) -> list[dict[str, str]]:
    """The card: what has a day says it twice, for people and for machines."""
    said = {**project, "axis": f"{project['axis']} – {project['axis_name']}"}
    return [{"name": name, "value": ITALIAN.day(said[field]) if field.endswith("_date") else said[field],
             "day": said[field] if field.endswith("_date") else ""} for field, name in FACTS.items()]


def money(project: dict[str, Any], chart: Any) -> dict[str, Any]:
    """What the page says of amounts."""
    known, stages = project["money"], of_stages(chart)
    day = known["row"]["observed_on"]
    headline = chart.title.message % {name: ITALIAN.number(value) for name, value in chart.title.values.items()}
    return {
        "stages": stages, "key": stages[::-1], "headline": headline, "taken": chart.taken,
        "alt": ". ".join([headline, *(f"{stage['short']}: {stage['brief']}" for stage in stages)]),
        "paid": plain(known["paid_of_100"]), "paid_written": ITALIAN.number(known["paid_of_100"]),
        "committed": plain(chart.cells[2][2]), "admitted": ITALIAN.brief(known["amounts"]["admitted"]),
        "difference": plain(known["difference"]), "difference_written": ITALIAN.money(known["difference"]),
        "observed": day, "observed_written": ITALIAN.day(day),
        "elapsed": project["elapsed"], "elapsed_written": ITALIAN.number(project["elapsed"]),
    }


def entry(related: Related, project: dict[str, Any], language: str, languages: list[str]) -> dict[str, Any]:
    """One page."""
    shown = related.context(project)
    project, code = shown["project"], project["project_code"]
    address, start, end = path_of(code, language), project["start_date"], project["end_date"]
    rows = {"projects": code, "funding": f"{code}|{project['money']['row']['observed_on']}"}
    return {
        "path": address, "address": address, "root": "../" * address.count("/"), "language": language,
        "language_name": LANGUAGES[language], "code": code, "folder": code.lower(), "title": project["title"],
        "others": [{"code": other, "name": LANGUAGES[other], "address": path_of(code, other)}
                   for other in languages if len(languages) > 1],
        "place": project["place"], "programme": project["programme"], "beneficiary": project["beneficiary"],
        "start": start, "start_written": ITALIAN.day(start), "end": end, "end_written": ITALIAN.day(end),
        "summary": project["text"]["summary"], "source": project["source_url"], **money(project, shown["chart"]),
        "facts": facts(project), "facts_count": len(FACTS) + 1,
        "gaps": [{"code": name, "words": GAPS[name]} for name, _read in project["gaps"]],
        "gaps_count": len(project["gaps"]),
        "findings": [{name: item[name] or "" for name in ("message", "because", "dataset", "column")}
                     for item in project["findings"]],
        "findings_count": len(project["findings"]),
        "compared": [beside(other) for other in project["compared"]],
        "near": [{"heading": NEAR[group["why"]], "more": group["more"],
                  "projects": [beside(other, group["why"] == "same_action") for other in group["projects"]]}
                 for group in project["near"]],
        "near_count": sum(group["count"] for group in project["near"]),
        "mail": mail(f"{project['title']} ({code})", address, f"projects {code}"),
        "report": [{"name": name, "address": mail(f"{table}, {column}", address, f"{table} {rows[table]}", column)}
                   for table, columns in REPORT.items() for column, name in columns.items()],
        "linked_json": json.dumps({**linked_data(project), "url": f"{SITE}{address}"}, default=float, sort_keys=True)
                           .replace("<", "\\u003c"),
    }


def entries(release: Release, languages: list[str]) -> list[dict[str, Any]]:
    """Every page of a project, language by language."""
    found = []
    for language in languages:
        projects = known_projects(release, language)
        related = Related(release, language, projects)
        found += [entry(related, project, language, languages) for project in projects]
    return found


if __name__ == "__main__":
    made = entries(read_release(Path(sys.argv[1])), sys.argv[2].split(","))
    Path(sys.argv[3]).write_text(json.dumps(made, ensure_ascii=False, default=float), "utf-8")
