"""`abitare init`, as a person of an invented town: in a clone, and for a repository that takes a wheel."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml
from support.repository import ROOT, copy_repository

from etl.commands.init import described, in_languages
from etl.meta import places
from etl.meta.errors import DeclarationError
from etl.meta.view import digest
from etl.releases.beginning import NOT_IN_A_WHEEL, built_wheel
from etl.runtime.source_tables import EXAMPLE

pytestmark = pytest.mark.slow
DATE = "2026-11-29"
OWN = "https://www.borgofinto.example/"
TOWN = (
    "--place", "Borgo Finto", "--place", "en=Mock Borough", "--istat", "004999", "--province", "CN",
    "--owner", "Comune di Borgo Finto", "--website", OWN, "--language", "it",
    "--language", "en", "--language", "fr",
)
OF_MILAN = ("Milan", "MI3", "PON Metro", "Lombard", "Ambrogio", "015146", "F205")
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'
PACKED = {".woff2", ".pf_index", ".pf_fragment", ".pf_meta", ".pagefind", ".xlsx", ".zip", ".parquet", ".pdf"}


def run(*command: str | Path, cwd: Path, program: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; program: the clone whose etl it is to import."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if program:
        environment["PYTHONPATH"] = str(program)
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)


def abitare(clone: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "etl", *words, cwd=clone, program=clone)


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=Town", "-c", "user.email=town@example.org", *words], cwd=folder, check=True,
                   capture_output=True)


def names_of_milan(site: Path) -> list[str]:
    """Files of a site that hold a word of Milan."""
    return [f"{path.relative_to(site)}: {word}" for path in sorted(site.rglob("*"))
            if path.is_file() and path.suffix not in PACKED for word in OF_MILAN
            if word.encode() in path.read_bytes()]


@pytest.fixture
def clone(tmp_path: Path, built_site: Path) -> Path:
    """What a person has who has just cloned the repository."""
    folder = copy_repository(tmp_path / "clone", built=built_site)
    for name in ("skeleton", "docs", ".github"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    for name in ("README.md", "CHANGELOG.md", "publiccode.yml", ".gitignore", "city.toml"):
        shutil.copy(ROOT / name, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Clone")
    return folder


def test_a_clone_becomes_another_city(clone: Path) -> None:
    before = {path.relative_to(clone) for path in (clone / "etl").rglob("*.py")}
    done = abitare(clone, "init", *TOWN)
    assert done.returncode == 0, done.stderr
    checked = abitare(clone, "check", "--date", DATE)
    assert (checked.returncode, "0 errori" in checked.stderr) == (0, True), checked.stdout
    built = abitare(clone, "build", "--date", DATE)
    assert built.returncode == 0, built.stderr
    site = clone / "build" / "site"
    assert names_of_milan(site) == []
    assert [path.name for path in site.glob("dati/*.csv") if EXAMPLE in path.read_text("utf-8")] == []
    assert {path.relative_to(clone) for path in (clone / "etl").rglob("*.py")} == before
    changed = run("git", "diff", "--name-only", "--", "etl", "schemas", "datasets/*.toml", "site/theme", cwd=clone)
    assert changed.stdout == "", "init changes nothing of the program"
    readme = (clone / "README.md").read_text("utf-8")
    assert readme.startswith("<!-- city -->\n# Borgo Finto Casa")
    assert "## Commands" in readme


def test_every_table_begins_with_an_example(clone: Path) -> None:
    assert abitare(clone, "init", *TOWN).returncode == 0
    for path in sorted((clone / "datasets" / "source").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            addresses = [row["source_url"] for row in csv.DictReader(file)]
        # The city itself is a body, and its site the source of that: the two rows that are true from the first day.
        own = {"organisations": [OWN], "source_documents": [EXAMPLE, OWN]}
        assert addresses == own.get(path.stem, [EXAMPLE]), path.name
    noted = json.loads(abitare(clone, "check", "--date", DATE, "--format", "json").stdout)
    examples = [item for item in noted if item["check"] == "example-row"]
    assert {item["severity"] for item in examples} == {"note"}
    assert len(examples) == len(list((clone / "datasets" / "source").glob("*.csv"))) - 1
    assert all(EXAMPLE in item["remedy_it"] and EXAMPLE in item["remedy_en"] for item in examples)


def test_uncommitted_work_is_refused(clone: Path) -> None:
    (clone / "note.txt").write_text("mine")
    refused = abitare(clone, "init", *TOWN)
    assert refused.returncode == 2
    assert "uncommitted work (note.txt, 1 in all)" in refused.stderr
    assert (clone / "datasets" / "release").is_dir(), "nothing was touched"
    shutil.rmtree(clone / ".git")
    assert "not under git" in abitare(clone, "init", *TOWN).stderr


@pytest.mark.parametrize(("words", "said"), [
    (("--istat", "12"), 'example: --istat 001272'),
    (("--province", "Cuneo"), 'example: --province TO'),
    (("--language", "it", "--language", "de"), "--language de: has no words yet"),
    (("--address", "borgo"), "--address borgo: not right"),
])
def test_a_wrong_answer_is_refused_in_one_line(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = run(sys.executable, "-m", "etl", "init", tmp_path / "town", *TOWN, *words, cwd=ROOT, program=ROOT)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "town").exists()


def test_what_no_option_says_is_asked(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "etl", "init", tmp_path / "town", "--place", "Borgo Finto"], cwd=ROOT, input="004999\n",
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert asked.returncode == 2
    assert "ISTAT code of the municipality (001272)" in asked.stderr
    assert asked.stderr.endswith("abitare: --province is missing; example: --province TO\n")
    assert not (tmp_path / "town").exists()


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run(sys.executable, "-m", "etl", "init", tmp_path, *TOWN, cwd=ROOT, program=ROOT)
    assert (done.returncode, "is not empty" in done.stderr) == (2, True)


def test_names_in_languages() -> None:
    assert in_languages("place", ["Torino", "en=Turin", "fr=Turin"]) == {"it": "Torino", "en": "Turin", "fr": "Turin"}
    assert in_languages("place", ["Torino"]) == {"it": "Torino", "en": "Torino"}
    with pytest.raises(DeclarationError, match="needs a name in Italian"):
        in_languages("place", ["en=Turin"])
    with pytest.raises(DeclarationError, match="the first language is Italian"):
        described(["en", "it"])


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The folder of the programs of an environment outside the clone: the locked libraries, and none of our own."""
    venv.create(tmp_path / "machine", symlinks=True)
    site_packages = next((tmp_path / "machine" / "lib").glob("python3*/site-packages"))
    (site_packages / "locked.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return tmp_path / "machine" / "bin"


def install(machine: Path, *what: str | Path) -> None:
    """Install a wheel as people do."""
    pip = [sys.executable, "-m", "pip", "--python", machine / "python", "install", "--quiet", "--no-deps",
           "--disable-pip-version-check"]
    done = run(*pip, *what, cwd=machine)
    assert done.returncode == 0, done.stderr


def test_a_city_takes_the_program_as_a_wheel(
    tmp_path: Path, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    shutil.copytree(ROOT, program, ignore=NOT_IN_A_WHEEL)
    shutil.copytree(ROOT / ".github", program / ".github")
    monkeypatch.setattr(places, "PROGRAM", program)
    first = built_wheel(tmp_path / "first")
    install(machine, first)

    town = tmp_path / "town"
    made = run(machine / "abitare", "init", town, *TOWN, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert f"--hash=sha256:{digest(first.read_bytes())}" in (town / "requirements.txt").read_text("utf-8")
    install(machine, "--force-reinstall", "--requirement", town / "requirements.txt")
    workflow = yaml.safe_load((town / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    assert list(workflow["jobs"]) == ["data"]
    assert not [path for path in town.rglob("*.py") if ".github" not in path.parts]
    own_things(town)
    build(machine, town, "0.1.0")
    site = town / "build" / "site"
    assert names_of_milan(site) == []
    assert [path.read_text("utf-8") for path in site.glob("assets/logo.*.svg")] == [ICON]
    assert "Everything in a table" in (site / "en" / "data" / "index.html").read_text("utf-8")
    assert "https://www.borgofinto.example/stanze" in (site / "dati" / "parking.csv").read_text("utf-8")

    settings = (program / "pyproject.toml").read_text("utf-8")
    (program / "pyproject.toml").write_text(settings.replace('version = "0.1.0"', 'version = "0.1.1"'), "utf-8")
    install(machine, built_wheel(tmp_path / "second"))
    build(machine, town, "0.1.1")


def own_things(town: Path) -> None:
    """What a city has for itself: a picture and a word in the place of the program's, and a table of its own."""
    for folder in ("site/assets", "site/locale/en/LC_MESSAGES", "schemas"):
        (town / folder).mkdir(parents=True)
    (town / "site" / "assets" / "logo.svg").write_text(ICON, "utf-8")
    (town / "site" / "locale" / "en" / "LC_MESSAGES" / "own.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Dati aperti"\nmsgstr "Everything in a table"\n', "utf-8")
    shutil.copy(ROOT / "schemas" / "rent_rooms.json", town / "schemas" / "parking.json")
    shutil.copy(ROOT / "datasets" / "rent_rooms.toml", town / "datasets" / "parking.toml")
    table = (town / "datasets" / "source" / "rent_rooms.csv").read_text("utf-8")
    mine = table.replace(EXAMPLE, "https://www.borgofinto.example/stanze")
    (town / "datasets" / "source" / "parking.csv").write_text(mine, "utf-8")
    documents = town / "datasets" / "source" / "source_documents.csv"
    known = documents.read_text("utf-8")
    own = [known.splitlines()[-1].replace(OWN, OWN + page, 1) for page in ("stanze", "accordo.pdf")]
    documents.write_text(known + "".join(f"{row}\n" for row in own), "utf-8")


def build(machine: Path, town: Path, version: str) -> None:
    """Check and build a city with the program that is installed, and see that the receipt names it."""
    checked = run(machine / "abitare", "check", "--date", DATE, cwd=town)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = run(machine / "abitare", "build", "--date", DATE, cwd=town)
    assert built.returncode == 0, built.stderr
    receipt = json.loads((town / "build" / "site" / "release.json").read_text("utf-8"))
    assert f"{places.COMMAND}=={version}" in receipt["inputs"]
    verified = run(machine / "abitare", "verify", "build/site", cwd=town)
    assert verified.returncode == 0, verified.stdout
