"""What the checks found and what sources say against each other; how complete, fresh and valid each table is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.exports.rdf.score import MOST
from etl.meta.model import Page, Release
from etl.meta.view import Row, by_key, grouped, key_of, resources, rows, short
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.data.sketches import empty_cells
from etl.web.pages.desks import sheet as of_desk
from etl.web.pages.services import sheet as of_service
from etl.web.pages.trust.checks import declared, findings
from etl.web.pages.trust.providers import providers
from etl.web.pages.trust.told import amounts, titles

SEVERITIES = ("rejected", "warning")
ON_SHEETS = {"service_texts": of_service.ASKED, "desks": of_desk.ASKED}
"""Table -> the columns that readers ask of, whose gaps the pages of services and desks fold and this page counts."""
DIFFERS = "sources-differ"


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page: findings of the last run by dataset; how many there are; where sources differ."""
    money, words = of_money(release), titles(release, language)
    made = [{**row, "about_money": any((row["dataset"], name) in money for name in named(row)),
             "columns": ", ".join(words.get((row["dataset"], name), name) for name in named(row))}
            for row in findings(release, language)]
    found, fresh = grouped(made, "dataset"), by_key(rows(release, "sources"), "dataset")
    return [kind.page(
        language, differences=differences(release, language), most=MOST, gaps=gaps(release),
        counts={severity: sum(row["severity"] == severity for row in made) for severity in SEVERITIES},
        about_money=sum(row["about_money"] for row in made), affected=sum(row["rows"] for row in made),
        providers=providers(release),
        read=sum(resource["rows"] for resource in release.package["resources"]),
        datasets=[measured(release, resource, found.get(resource["name"], []), fresh, language)
                  for resource in release.package["resources"]],
    )]


def of_money(release: Release) -> set[tuple[str, str]]:
    """(dataset, column) of amounts and of what is worked out from them: the numbers of tables that hold euro."""
    holding = {table for table, _ in amounts(release)}
    return {(table, field["name"]) for table, resource in resources(release.package).items() if table in holding
            for field in resource["schema"]["fields"] if field["type"] == "number"}


def named(finding: Row) -> list[str]:
    """The columns that a finding is about."""
    return finding["column"].split(", ") if finding["column"] else []


def measured(
    release: Release, resource: Row, found: list[Row], fresh: dict[str, Row], language: str
) -> dict[str, Any]:
    """A dataset with its rows, findings, declared checks and measures. fresh: what is known of each source."""
    name, about = resource["name"], release.declarations[resource["name"]]
    return {
        "name": name, "title": say(about["title"], language), "rows": resource["rows"], "findings": found,
        "about_money": [row for row in found if row["about_money"]],
        "about_others": [row for row in found if not row["about_money"]],
        "checks": [{**check, "found": result(check, found)} for check in declared(about, language)],
        "complete": completeness(len(rows(release, name)), empty_cells(release, name)),
        "valid": validity(resource, found),
        "fresh": fresh.get(name, {}), "score": release.scores.get(name),
    }


def result(check: Row, found: list[Row]) -> int:
    """How many rows a declared check found in the last run."""
    return sum(row["rows"] for row in found
               if row["check"] == check["check"] and (row["column"] or "") == check["columns"])


def completeness(count: int, empty: Mapping[str, int]) -> float | None:
    """Share of the cells of so many rows that hold something; None without rows. empty: how many do not, by column."""
    cells = count * len(empty)
    return (cells - sum(empty.values())) / cells if cells else None


def validity(resource: Row, found: list[Row]) -> float | None:
    """Share of the rows that were read and not left out; a row left out is one finding of its own."""
    left_out = sum(row["rows"] for row in found if row["severity"] == "rejected")
    total = resource["rows"] + left_out
    return resource["rows"] / total if total else None


def gaps(release: Release) -> list[Row]:
    """What the sheets of services and desks do not say, the most missed first: table, column, its share without a
    value (`cells_missing`). A column that a table has not, or always fills, is left out."""
    found = [{"dataset": name, "column": column, "share": sum(row[column] is None for row in known) / len(known)}
             for name, columns in ON_SHEETS.items() if (known := rows(release, name))
             for column in columns if column in known[0]]
    return sorted((gap for gap in found if gap["share"]), key=lambda gap: -gap["share"])


def differences(release: Release, language: str) -> list[Row]:
    """Published cells of which another source says something else: both values with their sources, and why."""
    open_ones = {(row["dataset"], row["column"]) for row in rows(release, "quality") if row["check"] == DIFFERS}
    tables = resources(release.package)
    told = []
    for other in rows(release, "other_values"):
        name, field = other["dataset"], other["field"]
        if (name, field) in open_ones:
            own = next(row for row in rows(release, name)
                       if key_of(row, tables[name]["schema"]["primaryKey"]) == other["key"])
            amount = field.endswith("_eur")
            told.append({**other, "ours": own[field], "own": own, "amount": amount,
                         "value": short(Decimal(other["value"])) if amount else other["value"],
                         "note": other.get(f"note_{language}") or other["note_it"],
                         "words": titles(release, language)[name, field],
                         "title": say(release.declarations[name]["title"], language)})
    return told


KINDS = (
    Kind("quality", {"it": "trasparenza/qualita", "en": "transparency/quality"}, N_("Qualità dei dati"), pages,
         ("trust/quality.html",), requires=("quality",), empty=True, words=N_("qualità"), under="transparency"),
)
