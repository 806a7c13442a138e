"""Rows of CONTRIBUTING.md, “Where each kind of change goes”, followed to the letter in a copy of an invented town.

A test changes the files that its row names and no other, which `site` looks at; then it builds, and looks where users
look. “Use it for another city” is followed in tests/commands/test_init.py.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.borgo import LANGUAGES
from support.letter import ADDED, CONTRIBUTING, TODAY, Copy, beginning
from support.replay import Answer, serving

pytestmark = pytest.mark.slow
LAST = "    fr: {name: Français, locale: fr_FR}\n"
"""The last language of the town in mkdocs.yml."""


@pytest.fixture(scope="session")
def base(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return beginning(tmp_path_factory.mktemp("letter"), town)


@pytest.fixture
def copy(base: Path, tmp_path: Path) -> Copy:
    shutil.copytree(base, tmp_path / "copy")
    return Copy(tmp_path / "copy", base)


def page(site: Path, *parts: str) -> str:
    return site.joinpath(*parts, "index.html").read_text("utf-8")


def records(site: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "dati" / f"{table}.json").read_text("utf-8"))["records"]
    return found


def test_correct_a_fact_and_say_something_on_every_page(copy: Copy, base: Path) -> None:
    rows = copy.rows("desk_hours")
    rows[0].update(opens="06:15", closes="06:45")
    copy.write_rows("desk_hours", [*rows, {**rows[0], "weekday": "su"}])
    copy.keeps_to("correct a fact")
    copy.append("city.toml", '\n[notice]\nit = "Chiuso per ferie."\nen = "Closed for holidays."\n')
    site = copy.site("correct a fact", "say something on every page, or no longer")
    for place in ("sportelli", "en/desks", "fr/sportelli"):
        assert page(site, place, "agenzia-casa").count("<td>06:15–06:45</td>") == 2, place
    published = (site / "dati" / "desk_hours.csv").read_bytes()
    assert b"agenzia-casa,opening,su,,06:15,06:45" in published
    assert not published.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in published
    assert {row["weekday"] for row in records(site, "desk_hours") if row["opens"] == "06:15"} == {"mo", "su"}
    assert "06:15" in page(site, "trasparenza", "novita")
    assert "site-notice" not in page(base, "town", "build", "site")
    for place, words in (("", "Chiuso per ferie."), ("sportelli", "Chiuso per ferie."), ("en", "Closed for holidays.")):
        assert words in page(site, place), place


def families(schema: dict[str, Any]) -> None:
    schema["fields"][1].update(name="families", title="Famiglie", title_en="Families", type="integer", example=12)


def counts(schema: dict[str, Any]) -> None:
    place = next(field for field in schema["fields"] if field["name"] == "istat_code")
    number = {"name": "desks", "type": "integer", "title": "Sportelli", "title_en": "Desks", "example": 2,
              "description": "Quanti sportelli.", "description_en": "How many desks."}
    schema.update(fields=[{**place, "constraints": {"required": True}}, number], primaryKey=["istat_code"])
    schema.pop("foreignKeys")


def test_add_a_dataset_and_one_that_is_computed(copy: Copy) -> None:
    copy.schema("waiting_lists", "rent_rooms", families)
    copy.declaration("waiting_lists", "rent_rooms", "Liste di attesa", "Waiting lists")
    columns = [field["name"] for field in json.loads(copy.read("schemas/waiting_lists.json"))["fields"]]
    copy.write_rows("waiting_lists", [dict.fromkeys(columns, "") | {
        columns[0]: "3", "families": "12", "source_url": "https://www.borgofiorito.example/casa",
        "source_date": "2026-11-01"}])
    copy.schema("desk_counts", "desks", counts)
    copy.declaration("desk_counts", "city_funding", "Sportelli per Comune", "Desks by place")
    copy.add("etl/recipes/desk_counts.py")
    copy.next_version("1.1")
    site = copy.site("add a dataset")
    assert "Liste di attesa" in page(site, "dati", "waiting_lists")
    assert "Waiting lists" in page(site, "en", "data", "waiting_lists")
    for form in ("csv", "excel.csv", "xlsx", "json", "parquet", "csv-metadata.json"):
        assert (site / "dati" / f"waiting_lists.{form}").stat().st_size, form
        assert f'dati/waiting_lists.{form}"' in page(site, "dati", "waiting_lists"), form
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    for place in ("/dati", "/en/data", "/fr/dati"):
        assert f"{place}/waiting_lists/</loc>" in sitemap, place
    assert records(site, "waiting_lists")[0]["families"] == 12
    package = json.loads((site / "dati" / "datapackage.json").read_text("utf-8"))
    assert package["version"] == "1.1.0"
    assert "waiting_lists" in [item["name"] for item in package["resources"]]
    assert [row["desks"] for row in records(site, "desk_counts")] == [3, 1]
    assert "Desks by place" in page(site, "en", "data", "desk_counts")
    assert 'id="from-desk_counts"' in page(site, "trasparenza", "metodo")


def test_add_a_column(copy: Copy) -> None:
    def parking(schema: dict[str, Any]) -> None:
        column = {"name": "parking", "type": "string", "title": "Parcheggio", "title_en": "Parking",
                  "description": "Dove si parcheggia.", "description_en": "Where to park.", "kind": "text",
                  "example": "piazza del Mercato"}
        schema["fields"].insert([field["name"] for field in schema["fields"]].index("website"), column)

    copy.schema("desks", "desks", parking)
    first, *others = copy.rows("desks")
    columns = list(first)
    columns.insert(columns.index("website"), "parking")
    copy.write_rows("desks", [{name: row.get(name, "") for name in columns}
                              for row in [{**first, "parking": "piazza del Mercato"}, *others]])
    site_line = '  (_("Sito"), site_link()),\n'
    copy.edit("site/theme/desks/desk.html", site_line, f'{site_line}  (_("Dove si parcheggia"), desk.parking),\n')
    copy.words({"Dove si parcheggia": ("Where to park", "Où se garer")})
    copy.next_version("1.1")
    site = copy.site("add a column, shown on a page")
    said = {"sportelli": "Dove si parcheggia", "en/desks": "Where to park", "fr/sportelli": "Où se garer"}
    for place, words in said.items():
        assert re.search(rf"{words}</dt>\s*<dd[^>]*>piazza del Mercato", page(site, place, "agenzia-casa")), place
    assert "Parking" in page(site, "en", "data", "desks")
    assert [row["parking"] for row in records(site, "desks")].count("piazza del Mercato") == 1


def test_add_a_check(copy: Copy) -> None:
    copy.append("datasets/desks.toml", (ADDED / "check.toml").read_text("utf-8"))
    site = copy.site("add a check")
    assert "Lo sportello non ha un sito." in page(site, "trasparenza", "qualita")
    assert "The desk has no site." in page(site, "en", "transparency", "quality")
    assert "The desk has no site." in (site / "dati" / "quality.csv").read_text("utf-8")


def test_add_an_export(copy: Copy) -> None:
    registry, after = "etl/exports/__init__.py", "from etl.exports.sqlite import SQLITE\n"
    copy.add("etl/exports/tsv.py")
    copy.edit(registry, after, f"{after}from etl.exports.tsv import TSV\n")
    copy.edit(registry, "    ARCHIVE,\n)", "    ARCHIVE,\n    TSV,\n)")
    site = copy.site("add an output format")
    assert (site / "dati" / "desks.tsv").read_text("utf-8").startswith("desk_id\tname\t")
    listed = json.loads((site / "dati" / "files.json").read_text("utf-8"))["files"]
    assert {item["path"] for item in listed if item["format"] == "tsv"} >= {"desks.tsv", "services.tsv"}
    for place in ("dati", "en/data", "fr/dati"):
        assert 'dati/desks.tsv"' in page(site, place, "desks"), place
    assert "file-type/TSV" in (site / "dati" / "catalog.ttl").read_text("utf-8")


def test_add_a_kind_of_page(copy: Copy) -> None:
    copy.add("etl/web/pages/desks/numbers.py")
    copy.add("site/theme/desks/numbers.html")
    copy.words({"Numeri utili": ("Useful numbers", "Numéros utiles"), "Chi risponde": ("Who answers", "Qui répond")})
    site = copy.site("add a kind of page")
    for home, place, listed, title, words in (
        ("", "numeri", "cerca", "Numeri utili", "Chi risponde"),
        ("en/", "numbers", "search", "Useful numbers", "Who answers"),
        ("fr/", "numeri", "cerca", "Numéros utiles", "Qui répond"),
    ):
        made = page(site, home, place)
        assert [text for text in (f"<h1>{title}</h1>", words, "0171 5550101") if text not in made] == []
        trail = re.search(r'class="breadcrumb.*?</ol>', made, re.S)
        assert trail, home
        assert title in trail[0]
        assert (place, title) in re.findall(r'class="nav-link" href="[^"]*?(\w+)/"[^>]*>([^<]*)<', page(site, home))
        assert f">{title}</a></li>" in page(site, home, listed)
        assert f"/{home}{place}/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    method = page(site, "trasparenza", "metodo").partition('id="from-desks"')[2].partition("</section>")[0]
    assert "Numeri utili" in method


def speak(copy: Copy, code: str, like: str, **words: str) -> None:
    """Words of the program in a new language: those of another one, but for these; and the texts of the services."""
    for path in copy.path(f"site/locale/{like}/LC_MESSAGES").iterdir():
        text = path.read_text("utf-8")
        for theirs, own in words.items():
            text = text.replace(f'"{theirs}"', f'"{own}"')
        copy.write(f"site/locale/{code}/LC_MESSAGES/{path.name}", text)
    rows = copy.rows("service_texts")
    new = [{**row, "language": code, "title": f"{row['title']} ({code})"} for row in rows if row["language"] == "en"]
    copy.write_rows("service_texts", rows + new)


def test_add_a_language_with_the_path_of_a_person_in_need(copy: Copy) -> None:
    copy.edit("mkdocs.yml", LAST, f"{LAST}    ca: {{name: Català, locale: ca_ES, partial: true}}\n")
    speak(copy, "ca", "es", Servicios="Serveis")
    site = copy.site("add a language")
    sheet = page(site, "ca", "servizi", "fondo-morosita")
    assert '<html lang="ca"' in sheet
    assert "(ca)" in sheet
    assert "Serveis" in page(site, "ca")
    assert not (site / "ca" / "dati").exists()
    assert 'hreflang="ca"' in page(site, "servizi", "fondo-morosita")
    assert "/ca/servizi/fondo-morosita/</loc>" in (site / "sitemap.xml").read_text("utf-8")


def test_add_a_language_that_has_every_page(copy: Copy) -> None:
    copy.edit("mkdocs.yml", LAST, f"{LAST}    pt: {{name: Português, locale: pt_PT}}\n")
    speak(copy, "pt", "fr", Services="Serviços")
    for path in copy.path("site/content/fr").iterdir():
        copy.write(f"site/content/pt/{path.name}", path.read_text("utf-8"))
    site = copy.site("add a language")
    count = {code: len(list((site / code).rglob("index.html"))) for code in (*LANGUAGES[1:], "pt")}
    assert len(set(count.values())) == 1
    assert count["pt"] > 50
    assert "Serviços" in page(site, "pt")
    assert "(pt)" in page(site, "pt", "servizi", "fondo-morosita")
    assert '<html lang="pt"' in page(site, "pt", "dati", "desks")
    assert (site / "pt" / "a-propos" / "index.html").exists()


def test_add_a_kind_of_source(copy: Copy) -> None:
    registry = "etl/sources/__init__.py"
    copy.add("etl/sources/lines.py")
    copy.edit(registry, "import ckan, files, opencoesione", "import ckan, files, lines, opencoesione")
    copy.edit(registry, '    "file": files.read,\n', '    "file": files.read,\n    "lines": lines.read,\n')
    copy.keeps_to("add a kind of source")
    with serving() as server:
        address = server.put("/desks.txt", Answer(b"agenzia-casa=0171 5550199\n"))
        declared = (ADDED / "fetch.toml").read_text("utf-8")
        copy.append("datasets/desks.toml", declared.replace("ADDRESS", address))
        copy.keeps_to("add a kind of source", "add an automatic source")
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
