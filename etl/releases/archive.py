"""The releases of the past: kept in datasets/versions, published under dati/releases/VERSION/, within a size budget.

A release is its canonical CSVs, its descriptor and the charts of its story. Nothing in it changes later, with one
exception that the law asks for: what should never have been published (a removal of kind `erased`, the table
`erasures`) goes from every release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from etl.domain.pinned import CHARTS
from etl.meta.model import Draft
from etl.meta.view import as_json, digest, rows_of
from etl.releases.erasures import ERASURES, erased_cells
from etl.releases.forget import ALWAYS, Forgotten, says
from etl.releases.forget import without as leave
from etl.releases.history import REMOVALS
from etl.releases.owned import DESCRIPTOR, INDEX
from etl.releases.versions import parse, reasons_of
from etl.runtime.aside import aside
from etl.runtime.files import names
from etl.runtime.tables import csv_bytes, parse_csv

CROSSWALK = "crosswalk.csv"
FOLDER = "releases"
BUDGET = 25_000_000
"""Bytes of all past releases together. The oldest go first; the list of versions still names them."""
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
"""What an SVG says of itself."""
RENAMES = ("release_date", "dataset", "before", "after")
Files = dict[str, bytes]


def releases(root: Path, release: Draft) -> tuple[Files, Mapping[str, bytes]]:
    """(what stands in datasets/versions after this build, what the site publishes), each by path in its folder.

    release: with its descriptor and the files that are kept. The release before is among the past ones as soon as this
    one is another version.
    """
    folder = root / "datasets" / "versions"
    known: list[dict[str, Any]] = json.loads((folder / INDEX).read_text("utf-8")) if (folder / INDEX).exists() else []
    packages = {path.parent.name: read(path.parent) for path in folder.glob(f"*/{DESCRIPTOR}")}
    now = release.package
    before = read(root / "datasets" / "release")
    if before and (version := json.loads(before[DESCRIPTOR])["version"]) != now["version"]:
        packages[version] = before
    packages.pop(now["version"], None)
    gone = forgotten(release)
    if gone.cells:
        packages = {version: without(files, gone) for version, files in packages.items()}
    packages = within_budget(packages)
    lines = {line["version"]: line for line in known} | {version: line(files) for version, files in packages.items()}
    listed = [item | {"kept": item["version"] in packages} | why(release, item["version"])
              for _, item in sorted(lines.items(), key=lambda item: parse(item[0]), reverse=True)]
    past = under(packages)
    current = aside(release.files).moved({name: name for name in release.files
                                          if name in (DESCRIPTOR, *paths(now)) or name.startswith(CHARTS)})
    newest = line(current) | {"kept": True} | why(release, now["version"])
    index = [newest, *(item for item in listed if item["version"] != now["version"])]
    published = aside(past, current.moved({name: f"{now['version']}/{name}" for name in current}),
                      {INDEX: as_json(index), CROSSWALK: crosswalk(release)})
    return past | {INDEX: as_json(listed)}, published.moved({path: f"{FOLDER}/{path}" for path in published})


def paths(package: Mapping[str, Any]) -> list[str]:
    return [item["path"] for item in package["resources"]]


def under(packages: Mapping[str, Files]) -> Files:
    return {f"{version}/{name}": data for version, files in packages.items() for name, data in files.items()}


def read(folder: Path) -> Files:
    """The descriptor, the CSVs and the charts of the release in a folder; empty where there is none."""
    if not (folder / DESCRIPTOR).exists():
        return {}
    descriptor = (folder / DESCRIPTOR).read_bytes()
    charts = [CHARTS + name for name in names(folder / CHARTS)]
    return {DESCRIPTOR: descriptor,
            **{path: (folder / path).read_bytes() for path in (*paths(json.loads(descriptor)), *charts)}}


def charts_before(root: Path, release: Draft) -> Files:
    """The charts that stand in datasets/release, if its tables are those of this release: what was drawn stays,
    whatever a newer program, or another day, would draw. Empty where they are to be drawn."""
    before = read(root / "datasets" / "release")
    if not before or any(before.get(path) != release.files[path] for path in paths(release.package)):
        return {}
    return {name: data for name, data in before.items() if name.startswith(CHARTS)}


def line(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the list of versions says of a release."""
    package = json.loads(files[DESCRIPTOR])
    tables = [{"name": item["name"], "path": item["path"], "rows": item["rows"], "bytes": item["bytes"],
               "sha256": item["hash"].removeprefix("sha256:")} for item in package["resources"]]
    return {"version": package["version"], "created": package["created"], "replaces": package.get("replaces", ""),
            "rows": sum(item["rows"] for item in tables), "bytes": sum(len(data) for data in files.values()),
            "sha256": digest(files[DESCRIPTOR]), "tables": tables, "charts": charts(files)}


def charts(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """What the list of versions says of the files of charts; an SVG says its title, which is that of its CSV too."""
    titles = {name.removesuffix(".svg"): unescape(found[1].decode("utf-8")) for name, data in files.items()
              if name.startswith(CHARTS) and (found := TITLE.search(data))}
    return [{"path": name, "title": titles.get(name.rpartition(".")[0], name), "bytes": len(data),
             "sha256": digest(data)} for name, data in sorted(files.items()) if name.startswith(CHARTS)]


def why(release: Draft, version: str) -> dict[str, Any]:
    """{"reason": what release.toml says of the first release with these two numbers}; nothing where it says nothing."""
    return {"reason": said} if (said := reasons_of(release.about).get(version)) else {}


def within_budget(packages: Mapping[str, Files], budget: int = BUDGET) -> dict[str, Files]:
    """The newest releases that fit."""
    fitting, total = {}, 0
    for version in sorted(packages, key=parse, reverse=True):
        total += sum(len(data) for data in packages[version].values())
        if total > budget:
            break
        fitting[version] = packages[version]
    return fitting


def forgotten(draft: Draft) -> Forgotten:
    """What no release of the past may say: rows with a removal of kind `erased`, and what was erased after its day."""
    removed = {(row["dataset"], row["key"], ""): ALWAYS for row in rows_of(draft, REMOVALS) if row["kind"] == "erased"}
    return Forgotten(removed | erased_cells(rows_of(draft, ERASURES)))


def without(files: Files, what: Forgotten) -> Files:
    """A past release without what must be forgotten; its descriptor says how many rows of a table are gone. Its charts
    go as soon as a table changes: what they draw cannot be looked for cell by cell."""
    package = json.loads(files[DESCRIPTOR])
    made, tables = dict(files), what.before(package["created"][:10]).tables
    for item in package["resources"]:
        name, whole = item["name"], files[item["path"]].decode("utf-8")
        if name not in tables and not what.marks and not says(whole, what.values):
            continue
        header, *rows = [cells for _, cells in parse_csv(whole)]
        left = leave(name, header, rows, item["schema"], what.before(package["created"][:10]), past=True)
        if left != rows:
            data = csv_bytes(header, left)
            made[item["path"]] = data
            item |= {"rows": len(left), "bytes": len(data), "hash": f"sha256:{digest(data)}"}
            item |= {"erased": item.get("erased", 0) + len(rows) - len(left)} if len(left) < len(rows) else {}
    if made == files:
        return files
    return {name: data for name, data in made.items() if not name.startswith(CHARTS)} | {
        DESCRIPTOR: as_json(package, 2)}


def crosswalk(draft: Draft) -> bytes:
    """Which column is which after a change of name: release_date, dataset, before, after."""
    renamed = [row for row in rows_of(draft, "changes") if row["kind"] == "column_renamed"]
    return csv_bytes(RENAMES, [[row[name] for name in RENAMES] for row in renamed])
