"""A repository with N invented projects beside the real data: sources, declarations, theme and program.

Codes hold INVENTATO, and every title and city says that it is invented.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from etl.checks.persons import clues
from etl.commands.check import check
from etl.exports.alone import DATA
from etl.exports.manifest import export
from etl.meta.settings import SiteConfig
from etl.releases.gate import gate
from etl.releases.printed import with_history
from etl.runtime.files import write_into
from etl.web.pages import folders

WORDS_PER_TEXT, VOCABULARY = 200, 5_000
CITIES, ACTIONS = 14, 24
SYLLABLES = "ca sa ab ri lo gi to no me ra de la pi vi ta co mu ne fa se".split()
COPIED = ("etl", "site", "schemas", "datasets", "requirements")
SOURCE = "https://example.org/inventato"
TODAY = date(2026, 11, 1)


def vocabulary(rng: random.Random) -> tuple[list[str], list[float]]:
    """Invented words and how often each comes: the n-th most frequent 1/n as often as the first, as in a language.

    None is a word that names of persons are told by.
    """
    words = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(VOCABULARY)} - clues())
    rng.shuffle(words)
    return words, [1 / place for place in range(1, len(words) + 1)]


def text_of(rng: random.Random, known: tuple[list[str], list[float]], count: int) -> str:
    """A text of `count` words in sentences of ten."""
    text = rng.choices(known[0], known[1], k=count)
    sentences = [" ".join(text[i : i + 10]).capitalize() + "." for i in range(0, count, 10)]
    return " ".join(sentences)


Tables = dict[str, list[dict[str, object]]]


def invented(count: int) -> Iterator[Tables]:
    """The rows of each project by table."""
    rng = random.Random(31)  # noqa: S311 - invented words, the same in every run
    known = vocabulary(rng)
    for number in range(count):
        action = number % ACTIONS
        code = f"0INVENTATO{number}"
        admitted = round(rng.uniform(50_000, 5_000_000), 2)
        about = {"project_code": code, "source_url": SOURCE, "source_date": "2026-10-31"}
        yield {
            "projects": [{
                **about, "programme": "PON Metro 2014-2020", "city": f"Città inventata {number % CITIES + 1}",
                "axis": action % 4 + 1, "action": f"{action % 4 + 1}.{action // 4 + 1}.1",
                "beneficiary": "Ente inventato", "start_date": f"{2015 + number % 7}-03-01", "end_date": "2023-12-31",
                "page_url": SOURCE,
            }],
            "project_texts": [
                {**about, "language": language, "title": f"{title} {number}",
                 "summary": text_of(rng, known, WORDS_PER_TEXT)}
                for language, title in (("it", "Progetto inventato"), ("en", "Invented project"))
            ],
            "funding": [{
                **about, "observed_on": "2026-10-31", "programmed_eur": f"{admitted:.2f}",
                "admitted_eur": f"{admitted:.2f}", "committed_eur": f"{admitted * 0.9:.2f}",
                "paid_eur": f"{admitted * rng.random() * 0.9:.2f}",
            }],
        }


def make_repository(real: Path, folder: Path, count: int) -> None:
    """A copy of the repository `real` with `count` invented projects more and nothing published yet."""
    folder.mkdir(parents=True)
    for name in COPIED:
        left = shutil.ignore_patterns("__pycache__", "release", "versions")
        shutil.copytree(real / name, folder / name, ignore=left)
    for name in ("mkdocs.yml", "city.toml", "release.toml"):
        shutil.copy(real / name, folder / name)
    source: Tables = {"source_documents": [{"source_url": SOURCE, "issuer": "Ente inventato", "kind": "page"}]}
    projects = [source, *invented(count)]
    for table in ("source_documents", "projects", "project_texts", "funding"):
        path = folder / "datasets" / "source" / f"{table}.csv"
        with path.open("r+", encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
            file.seek(0, 2)
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writerows(row for project in projects for row in project.get(table, ()))


def make_release(real: Path, folder: Path, count: int) -> None:
    """What `abitare build` would hand to the site for such a repository, in `folder`/data."""
    repository = folder / "repository"
    make_repository(real, repository, count)
    draft = check(repository, TODAY)
    gate(draft.findings)
    made = with_history(draft, repository / "datasets" / "release")
    export(made, SiteConfig("https://bench.example.org/", {"it": {}}, folders=folders("it")), folder / "exported")
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "exported" / DATA).rename(folder / "data")
    for path, data in made.files.items():
        write_into(folder / "data", path, data)


def cut(data: Path, folder: Path, count: int) -> None:
    """The release of `make_release` with its first `count` invented projects only, and no real ones, in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(data / "datapackage.json", folder)
    for resource in json.loads((data / "datapackage.json").read_text("utf-8"))["resources"]:
        content = json.loads((data / f"{resource['name']}.json").read_text("utf-8"))
        if resource["name"] not in OF_ALL:
            content["records"] = [row for row in content["records"] if first(project_of(row), count)]
        (folder / f"{resource['name']}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")


OF_ALL = ("programme_axes", "source_documents")
"""What pages of projects show of tables that are about no project. Of the others they show rows of projects, and the
other generators are given no more either."""


def project_of(row: dict[str, str | None]) -> str:
    """The code of the project that a row is about, a finding about one included; "" of any other row."""
    return (row.get("project_code") or row.get("row_key") or "").partition("|")[0]


def first(code: str, count: int) -> bool:
    """Whether a code is of one of the first invented projects."""
    number = code.removeprefix("0INVENTATO")
    return number.isdigit() and int(number) < count
