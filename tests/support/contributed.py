"""A copy of the repository in which people did what CONTRIBUTING.md says, each thing to the letter, built once."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from etl.sources.lock import after_failure, after_success, write_lock
from etl.sources.model import FailedSourceError
from support.release import example
from support.repository import copy_repository

DAY = "2026-11-25"
READ = {f"https://example.org/{name}": {"date": "2026-11-20", "status": 200, "bytes": size, "sha256": name * 64}
        for name, size in (("a", 10), ("b", 5))}
OPTIONS = {"every_days": 7}
ELEVENTH = '''"""Tab-separated values."""

from etl.exports.model import Format, tables
from etl.meta.model import Draft


def tsv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.tsv of each dataset."""
    return {
        f"{dataset.name}.tsv": "".join("\\t".join(row) + "\\n" for row in [dataset.columns, *table.rows]).encode()
        for dataset, table in tables(draft)
    }


TSV = Format("tsv", {"it": "TSV", "en": "TSV"}, {"it": "Con tabulazioni.", "en": "With tabs."},
             "{name}.tsv", "text/tab-separated-values", "TSV", tsv_files)
'''


def abitare(root: Path, *command: str, code: int = 0) -> str:
    """What the command of the copy says; it must end with this code."""
    words = [sys.executable, "-m", "etl", command[0], "--root", str(root), "--date", DAY, *command[1:]]
    run = subprocess.run(words, cwd=root, capture_output=True, text=True)
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


def correct_hours(copy: Path) -> None:
    """The first desk with hours opens early on its day, and on Sunday too, as Excel would save it."""
    path = copy / "datasets/source/desk_hours.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    desk = example("desk_hours", lambda row: row["opens"])["desk_id"]
    mine = next(row for row in rows if row["desk_id"] == desk and row["opens"])
    mine.update(opens="06:15", closes="06:45", source_url="https://example.org/", source_date=DAY)
    rows.append({**mine, "weekday": "su"})
    # Excel's «CSV UTF-8» starts with a BOM and ends lines with CRLF.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def add_dataset(copy: Path) -> None:
    """A table of waiting lists."""
    schema = json.loads((copy / "schemas/rent_rooms.json").read_text("utf-8"))
    schema["fields"][1].update(name="families", title="Famiglie", title_en="Families", type="integer", example=12)
    (copy / "schemas/waiting_lists.json").write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    about = (copy / "datasets/rent_rooms.toml").read_text("utf-8").split("[[expectations]]")[0]
    about = re.sub(r"(\[title\]\n)it = .*\nen = .*", r'\1it = "Liste di attesa"\nen = "Waiting lists"', about)
    about = re.sub(r"(?m)^min = .*", "min = 1", about)
    (copy / "datasets/waiting_lists.toml").write_text(about, "utf-8")
    header = ",".join(field["name"] for field in schema["fields"])
    row = f"3,12,https://example.org/liste,2026-11-01{',' * (len(schema['fields']) - 4)}"
    (copy / "datasets/source/waiting_lists.csv").write_text(f"{header}\n{row}\n", "utf-8")


def add_format(copy: Path) -> None:
    """One file, and one line in the registry."""
    (copy / "etl/exports/tsv.py").write_text(ELEVENTH, "utf-8")
    listing = copy / "etl/exports/__init__.py"
    text = listing.read_text("utf-8")
    assert "    ARCHIVE,\n)" in text
    listing.write_text(text.replace("    ARCHIVE,\n)", "    ARCHIVE,\n    TSV,\n)").replace(
        "from etl.exports.xlsx", "from etl.exports.tsv import TSV\nfrom etl.exports.xlsx"), "utf-8")


def remove_notice(copy: Path) -> None:
    """The owner takes the key of the notice away."""
    settings = copy / "city.toml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?m)^\[notice\]\n(?:.+\n)+", "", text), "utf-8")


def read_sources(copy: Path) -> None:
    """One source is fine, one fails, one is late; the others were never read."""
    fine = after_success(None, OPTIONS, READ, True, date(2026, 11, 20))
    late = after_success(None, OPTIONS, {}, False, date(2026, 9, 1))
    fault = FailedSourceError("source-timeout", found="https://example.org/a")
    failing = after_failure(after_failure(late, OPTIONS, fault, date(2026, 11, 20)), OPTIONS, fault, date(2026, 11, 24))
    write_lock(copy / "datasets/source/sources.lock",
               {"version": 1, "sources": {"projects": fine, "funding": failing, "allocations": late}})


def raise_version(copy: Path) -> None:
    """The build refuses a new table in an old version, and says what to write."""
    released = json.loads((copy / "datasets/release/datapackage.json").read_text("utf-8"))["version"]
    major, minor, _ = released.split(".")
    wanted = f'version = "{major}.{int(minor) + 1}"'
    path = copy / "release.toml"
    for declared in (f'version = "{major}.{minor}"', wanted):
        path.write_text(re.sub(r'(?m)^version = ".*"', declared, path.read_text("utf-8")), "utf-8")
        if declared != wanted:
            assert f"Write {wanted}" in abitare(copy, "build", code=2)


def contribute(folder: Path) -> None:
    """Copy, change, check, build."""
    copy = copy_repository(folder)
    for change in (correct_hours, add_dataset, add_format, remove_notice, read_sources):
        change(copy)
    abitare(copy, "check")
    raise_version(copy)
    abitare(copy, "build")
