"""What a newcomer does to a town by the rows of CONTRIBUTING.md: each change keeps to its own."""

from __future__ import annotations

import json
from typing import Any

from support.letter import ADDED, Copy

LAST = "    fr: {name: Français, locale: fr_FR}\n"
"""The last language of the town in mkdocs.yml."""


def fact(copy: Copy) -> None:
    """Correct a fact, and say something on every page."""
    rows = copy.rows("desk_hours")
    rows[0].update(opens="06:15", closes="06:45")
    copy.write_rows("desk_hours", [*rows, {**rows[0], "weekday": "su"}])
    copy.keeps_to("correct a fact")
    copy.append("city.toml", '\n[notice]\nit = "Chiuso per ferie."\nen = "Closed for holidays."\n')
    copy.keeps_to("say something on every page, or no longer")


def families(schema: dict[str, Any]) -> None:
    schema["fields"][1].update(name="families", title="Famiglie", title_en="Families", type="integer", example=12)


def counts(schema: dict[str, Any]) -> None:
    place = next(field for field in schema["fields"] if field["name"] == "istat_code")
    number = {"name": "desks", "type": "integer", "title": "Sportelli", "title_en": "Desks", "example": 2,
              "description": "Quanti sportelli.", "description_en": "How many desks."}
    schema.update(fields=[{**place, "constraints": {"required": True}}, number], primaryKey=["istat_code"])
    schema.pop("foreignKeys")


def datasets(copy: Copy) -> None:
    """Add a dataset, and one that is computed."""
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
    copy.keeps_to("add a dataset")


def column(copy: Copy) -> None:
    """Add a column, shown on a page."""
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
    copy.keeps_to("add a column, shown on a page")


def check(copy: Copy) -> None:
    """Add a check."""
    copy.append("datasets/desks.toml", (ADDED / "check.toml").read_text("utf-8"))
    copy.keeps_to("add a check")


def export(copy: Copy) -> None:
    """Add an output format."""
    registry, after = "etl/exports/__init__.py", "from etl.exports.sqlite import SQLITE\n"
    copy.add("etl/exports/tsv.py")
    copy.edit(registry, after, f"{after}from etl.exports.tsv import TSV\n")
    copy.edit(registry, "    ARCHIVE,\n)", "    ARCHIVE,\n    TSV,\n)")
    copy.keeps_to("add an output format")


def kind_of_page(copy: Copy) -> None:
    """Add a kind of page."""
    copy.add("etl/web/pages/desks/numbers.py")
    copy.add("site/theme/desks/numbers.html")
    copy.words({"Numeri utili": ("Useful numbers", "Numéros utiles"), "Chi risponde": ("Who answers", "Qui répond")})
    copy.keeps_to("add a kind of page")


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


def partial_language(copy: Copy) -> None:
    """Add a language that has the path of a person in need."""
    copy.edit("mkdocs.yml", LAST, f"{LAST}    ca: {{name: Català, locale: ca_ES, partial: true}}\n")
    speak(copy, "ca", "es", Servicios="Serveis")
    copy.keeps_to("add a language")


def full_language(copy: Copy) -> None:
    """Add a language that has every page."""
    copy.edit("mkdocs.yml", LAST, f"{LAST}    pt: {{name: Português, locale: pt_PT}}\n")
    speak(copy, "pt", "fr", Services="Serviços")
    for path in copy.path("site/content/fr").iterdir():
        copy.write(f"site/content/pt/{path.name}", path.read_text("utf-8"))
    copy.keeps_to("add a language")
