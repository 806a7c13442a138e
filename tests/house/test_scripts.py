"""What the workflows run, run here: the same scripts and targets."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from support.borgo import CACHE
from support.repository import ROOT, in_languages

from etl.releases.diff import plain

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path, town: Path) -> Path:
    """The repository of the invented town as a checkout of its own, with our Makefile, scripts and environment."""
    target = tmp_path / "clone"
    shutil.copytree(town, target, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(ROOT / ".github" / "scripts", target / ".github" / "scripts")
    for name in ("Makefile", ".gitignore"):
        shutil.copy(ROOT / name, target)
    (target / "datasets" / "inbox").mkdir()
    in_languages(target, "it")
    git(target, "init", "--quiet", "--initial-branch=main")
    commit(target, "first")
    # What was checked before need not be checked again.
    shutil.copytree(town / CACHE, target / CACHE, ignore=shutil.ignore_patterns("pages*"))
    (target / ".venv").symlink_to(Path(sys.executable).parents[1])
    return target


def first_desk(clone: Path) -> dict[str, str]:
    with (clone / "datasets/source/desks.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a target of the Makefile in the clone, with the program that is tested."""
    command = ["make", "--no-print-directory", "--assume-old=.venv/site.stamp", *words]
    created = json.loads((folder / "datasets/release/datapackage.json").read_text("utf-8"))["created"]
    day = str(int(datetime.fromisoformat(created).timestamp()))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": day}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


HOURS = "Codice,Tipo,Giorno,Apre,Chiude,Fonte,Data della fonte\n{desk},{kind},sabato,6.30,7,{url},2025\n"


def test_a_file_in_the_inbox_updates_its_table_and_the_comment_says_so(clone: Path) -> None:
    desk = first_desk(clone)
    path = clone / "datasets" / "inbox" / "orari degli sportelli.csv"
    path.write_text(HOURS.format(desk=desk["desk_id"], kind="opening", url="https://example.org/"), "utf-8")
    run = make(clone, "inbox")
    assert run.returncode == 0, run.stdout + run.stderr
    assert not path.exists()
    assert f"{desk['desk_id']},opening,sa,,06:30,07:00,,,https://example.org/,2025" in (
        clone / "datasets/source/desk_hours.csv").read_text("utf-8")
    comment = (clone / "build/inbox/comment.md").read_text("utf-8")
    assert "va bene / it holds" in comment
    assert git(clone, "status", "--porcelain", "datasets").splitlines() == [
        " M datasets/source/desk_hours.csv", " M datasets/source/source_documents.csv"]
    sources = (clone / "datasets/source/source_documents.csv").read_text("utf-8")
    assert "\nhttps://example.org/,,,page,,,\n" in sources
    said = make(clone, "diff", "BASE=HEAD").stdout
    assert "**Orari degli sportelli**: 1 righe nuove, 0 cambiate, 0 tolte" in said
    assert plain(desk["name"]) in said


def test_a_file_that_does_not_hold_stays_with_its_reasons(clone: Path) -> None:
    path = clone / "datasets" / "inbox" / "desk_hours.csv"
    path.write_text(HOURS.format(desk="x", kind="boh", url="@tutti"), "utf-8")
    before = (clone / "datasets/source/desk_hours.csv").read_bytes()
    run = make(clone, "inbox")
    assert run.returncode != 0
    assert path.exists()
    assert (clone / "datasets/source/desk_hours.csv").read_bytes() == before
    names = {item.name for item in (clone / "build/inbox").iterdir()}
    assert names == {"comment.md", "inbox.json", "desk_hours.csv.html", "desk_hours.csv.annotated.xlsx"}
    beside = {item.name for item in (clone / "datasets/inbox/report").iterdir()}
    assert beside == {"desk_hours.csv.html", "desk_hours.csv.annotated.xlsx"}
    comment = (clone / "build/inbox/comment.md").read_text("utf-8")
    assert "da correggere" in comment
    assert "@tutti" not in comment


def test_personal_data_are_not_copied_into_the_reports(clone: Path) -> None:
    path = clone / "datasets" / "inbox" / "desks.csv"
    path.write_text("Codice;Nome;Cognome\nsportello-x;Maria Prova;Prova\n", "utf-8")
    assert make(clone, "inbox").returncode != 0
    made = {item.name: item.read_text("utf-8") for item in (clone / "build/inbox").iterdir()}
    assert set(made) == {"comment.md", "inbox.json", "desks.csv.html"}
    assert [item.name for item in (clone / "datasets/inbox/report").iterdir()] == ["desks.csv.html"]
    assert not [name for name, text in made.items() if "Maria Prova" in text]
