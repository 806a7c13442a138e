"""A planned erasure is carried out: in the tables, the history, the past versions, the inbox, the site, the caches.

All that stands in datasets/ changes in one step, or not at all; what can be made again (build/) goes as a whole.
Whatever stops it, the same command goes on where it was: the plan stays until no file says the value any more.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from etl.domain.citing import TABLE
from etl.domain.pinned import CHARTS
from etl.meta.model import Dataset
from etl.meta.view import as_json, record
from etl.releases.archive import Files, line
from etl.releases.archive import without as release_without
from etl.releases.erase_plan import JOURNAL, Plan
from etl.releases.erasures import ERASURES
from etl.releases.forget import Forgotten, says, without
from etl.releases.merge import with_sources
from etl.releases.owned import DESCRIPTOR, INDEX
from etl.releases.proposals import FILE as PROPOSALS
from etl.releases.proposals import as_csv
from etl.releases.said import Repository
from etl.releases.scan import cells_saying, filled, saying
from etl.releases.server import erasures
from etl.runtime import staging
from etl.runtime.files import names, write_together
from etl.runtime.lock import REPOSITORY
from etl.runtime.receipt import RECEIPT, is_ours
from etl.runtime.source_tables import source_rows, table_bytes
from etl.runtime.tables import csv_bytes, parse_csv
from etl.spreadsheets.read.importer import import_book, load

SITE = Path("build", "site")
MADE_AGAIN = (Path("build", "cache"), Path("build", "fetch"), Path("build", "error.txt"))
"""What holds copies of values, and is made again when it is missed."""
INBOX, REPORT, EXPLANATION, LOCK = "inbox", "report", "README.md", Path("source", "sources.lock")


def take_out(here: Repository, plan: Plan) -> list[str]:
    """Take everything out of datasets/, in one step. Gives the files of the inbox that went with it, and the folders of
    charts: no chart stays of a release whose tables change."""
    what, folder = plan.forgotten, here.root / "datasets"
    put = sources(here, plan) | waiting(here, what) | lock(here, plan)
    waits = {*saying(folder / INBOX, plan.values), *handed_in(here, plan)} - {EXPLANATION}
    gone = [f"{INBOX}/{name}" for name in sorted(waits)]
    packages = {place: release_without(files, what) for place, files in here.packages.items()}
    parts: dict[str, Files] = {}
    if "release" in packages:
        parts["release"] = current(folder / "release", here.packages["release"], packages["release"], plan)
    past = {f"{place.removeprefix('versions/')}/{name}": data for place, files in packages.items()
            if place != "release" for name, data in files.items()}
    if (folder / "versions").is_dir():
        parts["versions"] = past | listed(folder / "versions", packages)
    write_together(folder, parts, put, gone)
    drawn = {f"{place}/{CHARTS}" for place, files in here.packages.items() if set(files) - set(packages[place])}
    return gone + sorted(drawn)


def sources(here: Repository, plan: Plan) -> Files:
    """The source tables that change, with the new rows of the registers."""
    made: Files = {}
    for name, dataset in here.sources.items():
        path = here.root / "datasets" / "source" / f"{name}.csv"
        if not path.exists():
            continue
        header, *rows = [cells for _, cells in parse_csv(path.read_text("utf-8-sig"))]
        left = without(name, header, rows, dataset.schema, plan.forgotten)
        left += new_rows(dataset, header, left, plan)
        if left != rows:
            made[f"source/{name}.csv"] = csv_bytes(header, left)
    return made | cited(here, plan, made)


def new_rows(dataset: Dataset, header: list[str], rows: list[list[str]], plan: Plan) -> list[list[str]]:
    """The row that a register gets, unless it has it already."""
    row = plan.register.get(dataset.name)
    if row is None:
        return []
    known = {tuple(record(header, cells)[name] for name in dataset.key) for cells in rows}
    fresh = tuple(row[name] for name in dataset.key) not in known
    return [[row.get(column, "") for column in header]] if fresh else []


def cited(here: Repository, plan: Plan, made: Files) -> Files:
    """The table of sources, where the registers name one that is new to it."""
    if TABLE not in here.sources or f"source/{TABLE}.csv" in made:
        return {}
    known = source_rows(here.root, here.sources[TABLE])
    whole = with_sources(known, plan.register.values(), {})
    return {f"source/{TABLE}.csv": table_bytes(here.sources[TABLE], whole)} if len(whole) > len(known) else {}


def waiting(here: Repository, what: Forgotten) -> Files:
    """The proposals without those about what is erased."""
    cells = set(what.cells)
    left = [item for item in here.proposals if not (
        {item.cell, (*item.cell[:2], "")} & cells or set(item.key.split("|")) & set(what.marks)
        or says(f"{item.today} {item.said} {item.typed} {item.note}", what.values))]
    return {PROPOSALS.name: as_csv(left)} if len(left) < len(here.proposals) else {}


def handed_in(here: Repository, plan: Plan) -> list[str]:
    """The files of the inbox, by name, that say something in an erased cell, or an erased row, with what people read of
    them. They are read as the inbox reads them: each of their sheets, with headings in people's words."""
    folder = here.root / "datasets" / INBOX
    tables, cells = {cell[0] for cell in plan.cells}, set(plan.cells)
    keys = {name: here.datasets[name].key for name in tables}
    files = [name for name in names(folder) if name != EXPLANATION] if folder.is_dir() else []

    def tells(name: str) -> bool:
        book = load(folder / name, here.datasets)
        return any(filled(row, cells, keys, table, plan.keep)
                   for table in tables for row in import_book(book, here.datasets, table).rows)

    found = [name for name in files if not (folder / name).is_symlink() and tells(name)]
    return [name for name in files if name in found or name.startswith(tuple(f"{REPORT}/{one}." for one in found))]


def lock(here: Repository, plan: Plan) -> Files:
    """What is known of the sources, without what was said of erased rows and values."""
    path = here.root / "datasets" / LOCK
    if not path.exists():
        return {}
    said, what = json.loads(path.read_text("utf-8")), plan.forgotten
    keys = {cell[:2] for cell in what.cells}

    def stays(item: dict[str, Any]) -> bool:
        about = {(item["dataset"], row["key"]) for row in item["rows"]}
        return not about & keys and not says(json.dumps(item, ensure_ascii=False), what.values)

    for entry in said["sources"].values():
        entry["told"] = [item for item in entry["told"] if stays(item)]
    return {LOCK.as_posix(): as_json(said, sort_keys=True)}


def current(folder: Path, before: Files, after: Files, plan: Plan) -> Files:
    """The files of the release of today: of tables that change only the CSV stays, the next build writes the rest."""
    changed = {name.partition(".")[0] for name in after if after[name] != before[name]}
    changed |= {name.partition(".")[0] for name in saying(folder, plan.values)}
    others = {name: (folder / name).read_bytes() for name in names(folder) if name not in before
              and ("/" in name or name.partition(".")[0] not in changed)}
    return others | after


def listed(folder: Path, packages: dict[str, Files]) -> Files:
    """The list of past versions, with the sizes and checksums that they have now."""
    path = folder / INDEX
    if not path.exists():
        return {}
    known = json.loads(path.read_text("utf-8"))
    now = {item["version"]: item for place, files in packages.items() if place != "release"
           and DESCRIPTOR in files for item in (line(files),)}
    return {INDEX: as_json([item | now.get(item["version"], {}) for item in known])}


def clear(root: Path, plan: Plan) -> None:
    """Remove what is made again: caches, what people read of the last readings, the site, if it is one of ours and was
    made before this erasure."""
    for name in MADE_AGAIN:
        path = root / name
        for inner in path.iterdir() if path.is_dir() else [path]:
            shutil.rmtree(inner) if inner.is_dir() and not inner.is_symlink() else inner.unlink(missing_ok=True)
    site = staging.place(root / SITE)
    with staging.lock(site, "erase"):
        staging.sweep(site)
        if site.exists() and plan.register[ERASURES]["erasure_id"] not in erasures(site):
            staging.may_replace(site, RECEIPT, is_ours(site))
            with staging.staged(site) as folder:
                site.replace(folder / "gone")


def left(here: Repository, plan: Plan) -> list[str]:
    """The files of the repository that say it still, by name; none when the erasure is whole."""
    aside = [here.root / JOURNAL, here.root / REPOSITORY]
    found = saying(here.root, plan.values, aside)
    keys = {name: dataset.key for name, dataset in here.datasets.items()}
    said = cells_saying(here.root / "datasets", plan.cells, keys, plan.keep)
    waits = (f"{INBOX}/{name}" for name in handed_in(here, plan))
    return sorted({*found, *(f"datasets/{name}" for name in (*said, *waits))})


def end(root: Path) -> None:
    """Forget the plan: nothing is left."""
    (root / JOURNAL).unlink(missing_ok=True)

