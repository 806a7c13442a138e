"""What the workflows run, run here: the same scripts and targets, with a stand-in for the command of the code host."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from support.release import example
from support.repository import ROOT, in_full_languages

from etl.releases.diff import plain

pytestmark = pytest.mark.slow

SCRIPTS = ROOT / ".github" / "scripts"
GH = """#!{python}
import json, os, pathlib, sys
folder = pathlib.Path(os.environ["GH_FOLDER"])
with (folder / "calls.jsonl").open("a") as calls:
    given = sys.stdin.read() if "--input" in sys.argv else ""
    calls.write(json.dumps([sys.argv[1:], given]) + "\\n")
answer = folder / ("list.json" if "list" in sys.argv or "--paginate" in sys.argv else "none")
print(answer.read_text() if answer.exists() else "")
"""


@pytest.fixture
def gh(tmp_path: Path) -> Path:
    """A folder in which `gh` writes down how it was called, and reads what it must answer to a list."""
    command = tmp_path / "gh"
    command.write_text(GH.format(python=sys.executable))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def script(gh: Path, name: str, *words: str) -> list[list[Any]]:
    """The calls of gh that a script makes, as [words, standard input]."""
    environment = {**os.environ, "PATH": f"{gh}{os.pathsep}{os.environ['PATH']}", "GH_FOLDER": str(gh),
                   "GH_REPO": "city/data"}
    subprocess.run([sys.executable, SCRIPTS / name, *words], env=environment, check=True, capture_output=True)
    return [json.loads(line) for line in (gh / "calls.jsonl").read_text().splitlines()]


def source(dataset: str, state: str) -> dict[str, str]:
    said = {"dataset": dataset, "state": state, "address": "https://x.example/", "last_good": "2026-11-20",
            "state_it": f"{state} it", "state_en": f"{state} en"}
    words = {f"{kind}_{language}": f"{kind} {language}" for kind in ("message", "remedy") for language in ("it", "en")}
    return said | words if state not in ("updated", "unchanged", "waiting") else said


def test_one_issue_per_broken_source(gh: Path) -> None:
    (gh / "fetch.json").write_text(json.dumps([
        source("desks", "web_page"), source("projects", "failing"), source("funding", "updated"),
        source("services", "waiting"), source("allocations", "unchanged")]))
    (gh / "list.json").write_text(json.dumps([
        {"number": 7, "title": "The source of projects fails"}, {"number": 8, "title": "The source of funding fails"},
        {"number": 9, "title": "The source of services fails"}]))
    calls = [words for words, _ in script(gh, "source_issues.py", str(gh / "fetch.json"))]
    done = [words[:3] for words in calls if words[0] == "issue" and words[1] != "list"]
    assert done == [["issue", "create", "--title"], ["issue", "edit", "7"], ["issue", "close", "8"]]
    created = next(words for words in calls if words[:2] == ["issue", "create"])
    assert created[3] == "The source of desks fails"
    assert "message it" in created[-1]
    assert "web_page it" in created[-1]
    assert "Ultimo giorno buono: 2026-11-20" in created[-1]


def test_files_of_the_inbox_that_need_correcting_have_one_issue(gh: Path) -> None:
    def said(*files: dict[str, Any], opened: bool) -> list[list[str]]:
        (gh / "inbox.json").write_text(json.dumps(files))
        (gh / "list.json").write_text(json.dumps(
            [{"number": 4, "title": "Files in the inbox need correcting"}] if opened else []))
        (gh / "calls.jsonl").unlink(missing_ok=True)
        calls = [words for words, _ in script(gh, "inbox_issue.py", str(gh / "inbox.json"))]
        return [words for words in calls if words[0] == "issue" and words[1] != "list"]

    wrong, right = {"file": "a `@b`.xlsx", "holds": False, "errors": 3}, {"file": "c.csv", "holds": True, "errors": 0}
    (created,) = said(wrong, right, opened=False)
    assert created[:4] == ["issue", "create", "--title", "Files in the inbox need correcting"]
    assert "- `a ’@b’.xlsx`: 3 errori" in created[-1]
    assert "c.csv" not in created[-1]
    assert said(wrong, opened=True)[0][:3] == ["issue", "edit", "4"]
    assert said(right, opened=True)[0][:3] == ["issue", "close", "4"]
    assert said(opened=False) == []


def test_a_comment_is_made_once_and_then_updated(gh: Path) -> None:
    (gh / "comment.md").write_text("<!-- mark -->\nWords")
    (gh / "list.json").write_text(json.dumps([[{"id": 1, "body": "another"}], []]))
    made = script(gh, "comment.py", "12", str(gh / "comment.md"))[-1]
    assert made == [["api", "repos/city/data/issues/12/comments", "--input", "-"],
                    json.dumps({"body": "<!-- mark -->\nWords"})]
    (gh / "list.json").write_text(json.dumps([[{"id": 1, "body": "x"}], [{"id": 5, "body": "<!-- mark -->\nold"}]]))
    changed = script(gh, "comment.py", "12", str(gh / "comment.md"))[-1]
    assert changed[0] == ["api", "--method", "PATCH", "repos/city/data/issues/comments/5", "--input", "-"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The repository with what is not committed yet, as a checkout of its own with this environment."""
    target = tmp_path / "clone"
    kept = shutil.ignore_patterns(".git", ".venv", "build", "node_modules", "__pycache__", "*.egg-info", ".*_cache")
    shutil.copytree(ROOT, target, ignore=kept)
    in_full_languages(target)
    git(target, "init", "--quiet", "--initial-branch=main")
    commit(target, "first")
    # What was checked before need not be checked again.
    shutil.copytree(ROOT / "build" / "cache", target / "build" / "cache", ignore=shutil.ignore_patterns("pages*"))
    (target / ".venv").symlink_to(Path(sys.executable).parents[1])
    return target


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a target of the Makefile in the clone, with the program of the clone."""
    command = ["make", "--no-print-directory", "--assume-old=.venv/site.stamp", *words]
    created = json.loads((folder / "datasets/release/datapackage.json").read_text("utf-8"))["created"]
    day = str(int(datetime.fromisoformat(created).timestamp()))
    environment = {**os.environ, "PYTHONPATH": str(folder), "SOURCE_DATE_EPOCH": day}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


HOURS = "Codice,Tipo,Giorno,Apre,Chiude,Fonte,Data della fonte\n{desk},{kind},sabato,6.30,7,{url},2025\n"


def test_a_file_in_the_inbox_updates_its_table_and_the_comment_says_so(clone: Path) -> None:
    desk = example("desks")["desk_id"]
    path = clone / "datasets" / "inbox" / "orari degli sportelli.csv"
    path.write_text(HOURS.format(desk=desk, kind="opening", url="https://example.org/"), "utf-8")
    run = make(clone, "inbox")
    assert run.returncode == 0, run.stdout + run.stderr
    assert not path.exists()
    assert f"{desk},opening,sa,,06:30,07:00,,,https://example.org/,2025" in (
        clone / "datasets/source/desk_hours.csv").read_text("utf-8")
    comment = (clone / "build/inbox/comment.md").read_text("utf-8")
    assert "va bene / it holds" in comment
    assert git(clone, "status", "--porcelain", "datasets").splitlines() == [
        " M datasets/source/desk_hours.csv", " M datasets/source/source_documents.csv"]
    sources = (clone / "datasets/source/source_documents.csv").read_text("utf-8")
    assert "\nhttps://example.org/,,,page,,,\n" in sources
    said = make(clone, "diff", "BASE=HEAD").stdout
    assert "**Orari degli sportelli**: 1 righe nuove, 0 cambiate, 0 tolte" in said
    assert plain(example("desks")["name"]) in said


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
