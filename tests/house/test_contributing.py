"""The two recipes of CONTRIBUTING.md, done step by step in a copy of the repository."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.release import example
from support.repository import ROOT, copy_repository

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What a contributor has after cloning, without the environment."""
    return copy_repository(tmp_path)


def abitare(root: Path, *command: str) -> str:
    """What the command prints; it must succeed."""
    words = [sys.executable, "-m", "etl", command[0], "--root", str(root), "--date", "2026-11-25", *command[1:]]
    run = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_correct_the_hours_of_a_desk(copy: Path) -> None:
    path = copy / "datasets/source/desk_hours.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    desk = example("desk_hours", lambda row: row["opens"])["desk_id"]
    mine = [row for row in rows if row["desk_id"] == desk and row["opens"]]
    mine[0].update(opens="06:15", closes="06:45", source_url="https://example.org/", source_date="2026-11-25")
    rows.append({**mine[0], "weekday": "su"})
    # Excel's «CSV UTF-8» starts with a BOM and ends lines with CRLF.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    abitare(copy, "check")
    abitare(copy, "build")
    for page in ("sportelli", "en/desks"):
        html = (copy / "build/site" / page / desk / "index.html").read_text("utf-8")
        assert html.count("<td>06:15–06:45</td>") == 2
    published = (copy / "datasets/release/desk_hours.csv").read_bytes()
    assert f"{desk},opening,su,{mine[0]['week_of_month']},06:15,06:45".encode() in published
    assert not published.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in published


def test_add_a_dataset(copy: Path) -> None:
    schema = json.loads((copy / "schemas/rent_rooms.json").read_text("utf-8"))
    schema["fields"][1].update(name="families", title="Famiglie", title_en="Families", type="integer", example=12)
    (copy / "schemas/waiting_lists.json").write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    about = (copy / "datasets/rent_rooms.toml").read_text("utf-8").split("[[expectations]]")[0]
    about = re.sub(r"(\[title\]\n)it = .*\nen = .*", r'\1it = "Liste di attesa"\nen = "Waiting lists"', about)
    about = re.sub(r"(?m)^min = \d+", "min = 1", about)
    (copy / "datasets/waiting_lists.toml").write_text(about, "utf-8")
    header = ",".join(field["name"] for field in schema["fields"])
    row = f"3,12,https://example.org/liste,2026-11-01{',' * (len(schema['fields']) - 4)}"
    (copy / "datasets/source/waiting_lists.csv").write_text(f"{header}\n{row}\n", "utf-8")
    abitare(copy, "check")
    about = (copy / "release.toml").read_text("utf-8")
    major, minor = re.search(r'(?m)^version = "(\d+)\.(\d+)"', about).groups()  # type: ignore[union-attr]
    wanted = f'version = "{major}.{int(minor) + 1}"'
    words = [sys.executable, "-m", "etl", "build", "--root", str(copy), "--date", "2026-11-25"]
    refused = subprocess.run(words, cwd=copy, capture_output=True, text=True)
    assert refused.returncode == 2
    assert f"Write {wanted}" in refused.stderr
    (copy / "release.toml").write_text(about.replace(f'version = "{major}.{minor}"', wanted), "utf-8")
    abitare(copy, "build")
    site = copy / "build/site"
    assert "Liste di attesa" in (site / "dati/waiting_lists/index.html").read_text("utf-8")
    assert "Waiting lists" in (site / "en/data/waiting_lists/index.html").read_text("utf-8")
    assert "/dati/waiting_lists/" in (site / "sitemap.xml").read_text("utf-8")
    assert json.loads((site / "dati/waiting_lists.json").read_text("utf-8"))["records"][0]["families"] == 12
    names = [r["name"] for r in json.loads((site / "dati/datapackage.json").read_text("utf-8"))["resources"]]
    assert "waiting_lists" in names


def test_the_owner_removes_the_notice_with_one_key(copy: Path) -> None:
    settings = copy / "mkdocs.yml"
    text = settings.read_text("utf-8")
    words = re.search(r"(?m)^  notice:\n    it: (.+)\n    en: (.+)\n", text)
    assert words
    settings.write_text(text.replace(words[0], ""), "utf-8")
    abitare(copy, "build")
    assert words[1] not in (copy / "build/site/index.html").read_text("utf-8")
    assert words[2] not in (copy / "build/site/en/index.html").read_text("utf-8")
    assert "site-notice" not in (copy / "build/site/index.html").read_text("utf-8")


def test_the_recipes_have_at_most_ten_steps() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    sections = re.split(r"^## ", text, flags=re.M)
    for title in ("Correggere gli orari di uno sportello", "Aggiungere una tabella"):
        section = next(part for part in sections if part.startswith(title))
        steps = re.findall(r"^(\d+)\. ", section, re.M)
        assert 3 <= len(steps) <= 10
        assert steps == [str(number) for number in range(1, len(steps) + 1)]
