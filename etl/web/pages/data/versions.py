"""The releases of the data: the list, and a page for each with its files, at an address that stays."""

from __future__ import annotations

from typing import Any

from etl.domain.pinned import Pinned, descriptor_of, reasons
from etl.meta.model import Page
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The list; none in a preview without a build."""
    if not release.versions:
        return []
    return [kind.page(language, versions=release.versions, current=release.package["version"],
                      reasons={version: say(why, language) for version, why in reasons(release).items()})]


def versions(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each version that is kept."""
    return [version_page(kind, release, language, line) for line in release.versions if line["kept"]]


def version_page(kind: Kind, release: Watched, language: str, line: Any) -> Page:
    """One release: its tables as they were."""
    tables = [
        {**table, "title": say(about["title"], language) if (about := release.declarations.get(table["name"]))
         else table["name"], "kilobytes": max(1, round(table["bytes"] / 1000))}
        for table in line["tables"]
    ]
    drawings = [{"title": each["title"], "svg": each["path"], "csv": f"{each['path'].removesuffix('svg')}csv"}
                for each in line.get("charts", ()) if each["path"].endswith(f".{language}.svg")]
    why = reasons(release).get(line["version"])
    return kind.page(language, line["version"], title=line["version"], line=line, tables=tables, drawings=drawings,
                     current=release.package["version"], reason=say(why, language) if why else "",
                     pinned=Pinned(line["version"], descriptor_of(line["version"]), line.get("sha256", ""),
                                   line["bytes"]))


KINDS = (
    Kind("releases", {"it": "dati/releases", "en": "data/releases"}, N_("Versioni dei dati"), pages,
         ("data/releases.html",), words=N_("versioni"), under="data"),
    Kind("version", {"it": "dati/releases", "en": "data/releases"}, "", versions, ("data/version.html",),
         words=N_("versioni"), under="releases", listed=False),
)
