"""How the data are made: from each source, through the recipes, to the pages; what is not known; how to cite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.domain.figures import FIGURES
from etl.domain.pinned import pinned, pinned_whole
from etl.meta.model import Page, Release
from etl.meta.view import Row, as_json, resources, rows
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched
from etl.web.pages.data.sketches import empty_cells

LITTLE = 0.5  # a column with fewer cells filled than this is told among what is not known
NOT_KNOWN = frozenset({"note", "other_sources"})
"""Columns that are rightly empty nearly always."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The one page. What pages read is known once all are made: its lineage is worked out when it is rendered."""
    return [kind.page(language, unknown=unknown(release, language), figures=figures(release),
                      released=release.package["created"][:10], pinned=pinned_whole(release),
                      more=lambda: {"datasets": lineage(release, language, kind.name)})]


def figures(release: Release) -> list[Row]:
    """The figures that this release can have, each with the columns that it reads by table."""
    there = set(resources(release.package))
    return [{"id": figure.id, "reads": sorted(figure.reads.items())} for figure in FIGURES.values()
            if there.issuperset(figure.reads)]


def lineage(release: Watched, language: str, itself: str) -> list[dict[str, Any]]:
    """One entry per dataset: its source, the datasets that its recipe reads, the kinds of pages that it is on.

    itself: the kind of the page that tells it, which reads every dataset.
    """
    return [
        {
            "name": resource["name"],
            "title": say(about["title"], language),
            "source": say(about["source"]["title"], language),
            "derived": about["source"]["kind"] == "derived",
            "because": say(about["source"]["fetch"]["because"], language) if "fetch" in about["source"] else "",
            "inputs": resource.get("madeFrom", []),
            "pages": sorted(release.used.get(resource["name"], set()) - {itself}),
        }
        for resource in release.package["resources"]
        for about in (release.declarations[resource["name"]],)
    ]


def unknown(release: Release, language: str) -> list[Row]:
    """The columns of which we know less than half, by dataset: what is missing, and how much."""
    found = []
    for resource in release.package["resources"]:
        missing, count = empty_cells(release, resource["name"]), len(rows(release, resource["name"]))
        optional = [item for item in resource["schema"]["fields"]
                    if not item.get("constraints", {}).get("required") and item["name"] not in NOT_KNOWN]
        little = [
            {"title": item["title" if language == "it" else "title_en"], "name": item["name"],
             "missing": missing[item["name"]] / count}
            for item in optional if count and (count - missing[item["name"]]) / count < LITTLE
        ]
        if little:
            found.append({"name": resource["name"], "columns": little, "rows": count,
                          "title": say(release.declarations[resource["name"]]["title"], language)})
    return found


def citation(release: Release, name: str, title: str, publisher: str, site: str) -> dict[str, Any]:
    """How to cite a dataset, or the whole release (no name): an item of CSL-JSON that leads to what will not change.

    site: the address of the site.
    """
    released = release.package["created"][:10]
    what = pinned(release, name) if name else pinned_whole(release)
    return {
        "id": f"{release.package['name']}-{name or 'dati'}-{released}",
        "type": "dataset", "title": title, "version": release.package["version"],
        "author": [{"literal": publisher}], "publisher": publisher, "URL": site + what.path, "language": "it",
        "issued": {"date-parts": [[int(part) for part in released.split("-")]]},
        "note": f"CC BY 4.0; {what.hashed}: sha256 {what.sha256}" if what.sha256 else "CC BY 4.0",
    }


def as_csl(item: Mapping[str, Any]) -> bytes:
    """A CSL-JSON file with one item."""
    return as_json([item])


def as_bibtex(item: Mapping[str, Any]) -> bytes:
    """The same as BibTeX; braces keep names and titles as they are."""
    year, month, day = item["issued"]["date-parts"][0]
    fields = {
        "author": f"{{{item['author'][0]['literal']}}}", "title": f"{{{item['title']}}}", "year": year,
        "date": f"{year:04}-{month:02}-{day:02}", "publisher": f"{{{item['publisher']}}}",
        "version": item["version"], "url": item["URL"], "note": item["note"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{item['id']},\n{lines}}}\n".encode()


KINDS = (
    Kind("method", {"it": "trasparenza/metodo", "en": "transparency/method"}, N_("Come sono fatti i dati"), pages,
         ("trust/method.html",), under="transparency"),
)
