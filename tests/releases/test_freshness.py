"""What is said of the sources: on their page, in their dataset, in the findings; and that a reading is no release."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from support.golden import files_of
from support.once import once
from support.repository import OF_PAGES, copy_repository

from etl.commands.build import build
from etl.commands.check import check
from etl.meta.errors import DeclarationError
from etl.sources.lock import after_failure, after_success, write_lock
from etl.sources.model import FailedSourceError

pytestmark = pytest.mark.slow
READ = {f"https://example.org/{name}": {"date": "2026-11-20", "status": 200, "bytes": size, "sha256": name * 64}
        for name, size in (("a", 10), ("b", 5))}
OPTIONS = {"every_days": 7}


AUTOMATIC = {"projects": (7, ["project_code"]), "funding": (7, ["project_code", "observed_on"]),
             "milestones": (30, ["milestone_id"]), "documents": (7, ["document_id"])}
"""Tables that come by themselves: every how many days, and their keys."""
DECLARED = """
[datasets.{name}.source.fetch]
connector = "programme-page"
document = {{ issuer = "Ente inventato", kind = "project_page" }}
address = "https://example.org/{name}"
hosts = ["example.org"]
merge = "update"
every_days = {days}
because = {{ it = "Righe inventate.", en = "Invented rows." }}
[[datasets.{name}.source.fetch.rows]]
{rows}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, looks: Path) -> Path:
    """A city, built, with a source that is fine, one that fails, one late, one never read; people write the others."""
    return once(tmp_path_factory, "freshness", lambda folder: build_late(folder, looks))


def build_late(folder: Path, looks: Path) -> None:
    copy = shutil.copytree(looks.parents[1], folder, ignore=OF_PAGES)
    for made in ("build/site", "datasets/release"):  # its first one is of the day below
        shutil.rmtree(copy / made)
    with (copy / "city.toml").open("a", encoding="utf-8") as city:
        city.writelines(DECLARED.format(name=name, days=days, rows="\n".join(f'{key} = "code"' for key in keys))
                        for name, (days, keys) in AUTOMATIC.items())
    fine = after_success(None, OPTIONS, READ, True, date(2026, 11, 20))
    late = after_success(None, OPTIONS, {}, False, date(2026, 9, 1))
    fault = FailedSourceError("source-timeout", found="https://example.org/a")
    firewall = FailedSourceError("source-web-page", found="https://example.org/a")
    slow = after_failure(late, OPTIONS, fault, date(2026, 11, 20))
    failing = after_failure(slow, OPTIONS, firewall, date(2026, 11, 24))
    write_lock(copy / "datasets/source/sources.lock",
               {"version": 1, "sources": {"projects": fine, "funding": failing, "milestones": late}})
    assert build(copy, None, None, date(2026, 11, 25), str) is not None


def test_the_dataset_the_findings_and_the_page(known: Path) -> None:
    release = known / "datasets" / "release"
    with (release / "sources.csv").open(encoding="utf-8") as file:
        rows = {row["dataset"]: row for row in csv.DictReader(file)}
    fine, failing, late = rows["projects"], rows["funding"], rows["milestones"]
    assert (fine["state"], fine["bytes"], fine["due_on"], fine["every_days"]) == ("ok", "15", "2026-11-29", "7")
    assert re.fullmatch("[0-9a-f]{64}", fine["sha256"])
    assert (failing["state"], failing["failing_since"], failing["failures"]) == ("web_page", "2026-11-20", "2")
    assert (failing["checked_on"], failing["succeeded_on"]) == ("2026-11-24", "2026-09-01")
    assert failing["problem_it"].startswith("Gli indirizzi rispondono, ma con una pagina che non è quella dei dati")
    assert (rows["documents"]["state"], rows["desks"]["way"], rows["desks"]["state"]) == ("never", "people", "")
    assert late["due_on"] == "2026-10-03"
    with (release / "quality.csv").open(encoding="utf-8") as file:
        found = {(row["dataset"], row["check"]): row for row in csv.DictReader(file)}
    assert found["funding", "source-web-page"]["severity"] == "warning"
    assert found["milestones", "source-overdue"]["message_it"].endswith("entro il 2026-10-03.")
    said = (
        ("trasparenza/fonti", "È così dal", "Dà una pagina web al posto dei dati", "Ultimo giorno buono"),
        ("en/transparency/sources", "So since", "Gives a web page in place of data", "Last good day"),
    )
    for address, *words in said:
        html = (known / "build/site" / address / "index.html").read_text("utf-8")
        assert [text for text in words if text not in html] == []
        assert '<time datetime="2026-09-01">' in html
        assert '<time datetime="2026-11-29">' in html
        assert '<time datetime="2026-11-20">' in html
    for page in ("trasparenza", "dati/projects"):
        assert "trasparenza/fonti/" in (known / "build/site" / page / "index.html").read_text("utf-8")


def test_one_more_reading_is_no_new_release(known: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(known, tmp_path / "copy", ignore=shutil.ignore_patterns("site"), symlinks=True)
    path = copy / "datasets" / "source" / "sources.lock"
    before = json.loads((copy / "datasets/release/datapackage.json").read_text("utf-8"))
    lock = json.loads(path.read_text("utf-8"))
    lock["sources"]["projects"] = after_success(lock["sources"]["projects"], OPTIONS, {}, False, date(2026, 11, 26))
    write_lock(path, lock)
    files = files_of(copy, copy / "datasets" / "release", date(2026, 11, 26))
    after = json.loads(files["datapackage.json"])
    assert (after["version"], after["created"]) == (before["version"], before["created"])
    assert b"2026-11-26" in files["sources.csv"]


def test_a_broken_lock_stops_the_build(tmp_path: Path) -> None:
    copy = copy_repository(tmp_path)
    (copy / "datasets/source/sources.lock").write_text("{")
    with pytest.raises(DeclarationError, match=r"sources\.lock"):
        check(copy, date(2026, 11, 25))
