"""Rows of CONTRIBUTING.md, “Where each kind of change goes”, followed to the letter in a copy of an invented town.

A change touches the files that its row names and no other, which `keeps_to` looks at; then the site of several changes
is built, and a test for each looks where users look. “Use it for another city” is followed in
tests/commands/test_init.py.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.borgo import LANGUAGES
from support.letter import ADDED, CONTRIBUTING, SITE, TODAY, Copy, beginning
from support.newcomer import check, column, datasets, export, fact, full_language, kind_of_page, partial_language
from support.once import once
from support.replay import Answer, serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def base(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "letter", lambda folder: beginning(folder, town))


@pytest.fixture
def copy(base: Path, tmp_path: Path) -> Copy:
    shutil.copytree(base, tmp_path / "copy")
    return Copy(tmp_path / "copy", base)


@pytest.fixture(scope="module")
def changed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a copy after these changes, each of which kept to its own rows, built once."""
    return after(base, tmp_path_factory, fact, check, column, export, kind_of_page, full_language)


@pytest.fixture(scope="module")
def larger(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after others: a language with the path of a person in need wants no words of a new column."""
    return after(base, tmp_path_factory, datasets, partial_language)


def after(base: Path, places: pytest.TempPathFactory, *changes: Callable[[Copy], None]) -> Path:
    def change_and_build(folder: Path) -> None:
        copy = Copy(shutil.copytree(base, folder), base)
        for change in changes:
            change(copy)
        copy.build_all()

    return once(places, f"letter-{changes[0].__name__}", change_and_build) / SITE


def page(site: Path, *parts: str) -> str:
    return site.joinpath(*parts, "index.html").read_text("utf-8")


def records(site: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "dati" / f"{table}.json").read_text("utf-8"))["records"]
    return found


def test_correct_a_fact_and_say_something_on_every_page(changed: Path, town: Path) -> None:
    for place in ("sportelli", "en/desks", "fr/sportelli"):
        assert page(changed, place, "agenzia-casa").count("<td>06:15–06:45</td>") == 2, place
    published = (changed / "dati" / "desk_hours.csv").read_bytes()
    assert b"agenzia-casa,opening,su,,06:15,06:45" in published
    assert not published.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in published
    assert {row["weekday"] for row in records(changed, "desk_hours") if row["opens"] == "06:15"} == {"mo", "su"}
    assert "06:15" in page(changed, "trasparenza", "novita")
    assert "site-notice" not in page(town, "build", "site")
    for place, words in (("", "Chiuso per ferie."), ("sportelli", "Chiuso per ferie."), ("en", "Closed for holidays.")):
        assert words in page(changed, place), place


def test_add_a_dataset_and_one_that_is_computed(larger: Path) -> None:
    assert "Liste di attesa" in page(larger, "dati", "waiting_lists")
    assert "Waiting lists" in page(larger, "en", "data", "waiting_lists")
    for form in ("csv", "excel.csv", "xlsx", "json", "parquet", "csv-metadata.json"):
        assert (larger / "dati" / f"waiting_lists.{form}").stat().st_size, form
        assert f'dati/waiting_lists.{form}"' in page(larger, "dati", "waiting_lists"), form
    sitemap = (larger / "sitemap.xml").read_text("utf-8")
    for place in ("/dati", "/en/data", "/fr/dati"):
        assert f"{place}/waiting_lists/</loc>" in sitemap, place
    assert records(larger, "waiting_lists")[0]["families"] == 12
    package = json.loads((larger / "dati" / "datapackage.json").read_text("utf-8"))
    assert package["version"] == "1.1.0"
    assert "waiting_lists" in [item["name"] for item in package["resources"]]
    assert [row["desks"] for row in records(larger, "desk_counts")] == [3, 1]
    assert "Desks by place" in page(larger, "en", "data", "desk_counts")
    assert 'id="from-desk_counts"' in page(larger, "trasparenza", "metodo")


def test_add_a_column(changed: Path) -> None:
    said = {"sportelli": "Dove si parcheggia", "en/desks": "Where to park", "fr/sportelli": "Où se garer"}
    for place, words in said.items():
        assert re.search(rf"{words}</dt>\s*<dd[^>]*>piazza del Mercato", page(changed, place, "agenzia-casa")), place
    assert "Parking" in page(changed, "en", "data", "desks")
    assert [row["parking"] for row in records(changed, "desks")].count("piazza del Mercato") == 1


def test_add_a_check(changed: Path) -> None:
    assert "Lo sportello non ha un sito." in page(changed, "trasparenza", "qualita")
    assert "The desk has no site." in page(changed, "en", "transparency", "quality")
    assert "The desk has no site." in (changed / "dati" / "quality.csv").read_text("utf-8")


def test_add_an_export(changed: Path) -> None:
    assert (changed / "dati" / "desks.tsv").read_text("utf-8").startswith("desk_id\tname\t")
    listed = json.loads((changed / "dati" / "files.json").read_text("utf-8"))["files"]
    assert {item["path"] for item in listed if item["format"] == "tsv"} >= {"desks.tsv", "services.tsv"}
    for place in ("dati", "en/data", "fr/dati"):
        assert 'dati/desks.tsv"' in page(changed, place, "desks"), place
    assert "file-type/TSV" in (changed / "dati" / "catalog.ttl").read_text("utf-8")


def test_add_a_kind_of_page(changed: Path) -> None:
    for home, place, listed, title, words in (
        ("", "numeri", "cerca", "Numeri utili", "Chi risponde"),
        ("en/", "numbers", "search", "Useful numbers", "Who answers"),
        ("fr/", "numeri", "cerca", "Numéros utiles", "Qui répond"),
    ):
        made = page(changed, home, place)
        assert [text for text in (f"<h1>{title}</h1>", words, "0171 5550101") if text not in made] == []
        trail = re.search(r'class="breadcrumb.*?</ol>', made, re.S)
        assert trail, home
        assert title in trail[0]
        assert (place, title) in re.findall(r'class="nav-link" href="[^"]*?(\w+)/"[^>]*>([^<]*)<', page(changed, home))
        assert f">{title}</a></li>" in page(changed, home, listed)
        assert f"/{home}{place}/</loc>" in (changed / "sitemap.xml").read_text("utf-8")
    method = page(changed, "trasparenza", "metodo").partition('id="from-desks"')[2].partition("</section>")[0]
    assert "Numeri utili" in method


def test_add_a_language_with_the_path_of_a_person_in_need(larger: Path) -> None:
    sheet = page(larger, "ca", "servizi", "fondo-morosita")
    assert '<html lang="ca"' in sheet
    assert "(ca)" in sheet
    assert "Serveis" in page(larger, "ca")
    assert not (larger / "ca" / "dati").exists()
    assert 'hreflang="ca"' in page(larger, "servizi", "fondo-morosita")
    assert "/ca/servizi/fondo-morosita/</loc>" in (larger / "sitemap.xml").read_text("utf-8")


def test_add_a_language_that_has_every_page(changed: Path) -> None:
    count = {code: len(list((changed / code).rglob("index.html"))) for code in (*LANGUAGES[1:], "pt")}
    assert len(set(count.values())) == 1
    assert count["pt"] > 50
    assert "Serviços" in page(changed, "pt")
    assert "(pt)" in page(changed, "pt", "servizi", "fondo-morosita")
    assert '<html lang="pt"' in page(changed, "pt", "dati", "desks")
    assert (changed / "pt" / "a-propos" / "index.html").exists()


def test_add_a_kind_of_source(copy: Copy) -> None:
    registry = "etl/sources/connectors.py"
    copy.add("etl/sources/lines.py")
    copy.edit(registry, "import ckan, files, opencoesione", "import ckan, files, lines, opencoesione")
    copy.edit(registry, '    "file": files.read,\n', '    "file": files.read,\n    "lines": lines.read,\n')
    copy.keeps_to("add a kind of source")
    with serving() as server:
        address = server.put("/desks.txt", Answer(b"agenzia-casa=0171 5550199\n"))
        declared = (ADDED / "fetch.toml").read_text("utf-8")
        copy.append("datasets/desks.toml", declared.replace("ADDRESS", address))
        copy.keeps_to("add an automatic source")
        fetched = copy.python(str(ADDED / "fetch.py"), TODAY)
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    assert "desks: aggiornata / updated (+0, ~1)" in fetched.stdout
    assert {row["desk_id"]: row["phone"] for row in copy.rows("desks")}["agenzia-casa"] == "0171 5550199"


def test_the_recipes_have_at_most_ten_steps() -> None:
    sections = re.split(r"^## ", CONTRIBUTING, flags=re.M)
    for title in ("Correggere gli orari di uno sportello", "Aggiungere una tabella"):
        section = next(part for part in sections if part.startswith(title))
        steps = re.findall(r"^(\d+)\. ", section, re.M)
        assert 3 <= len(steps) <= 10
        assert steps == [str(number) for number in range(1, len(steps) + 1)]
