"""metadata.json: what Datasette shows of the SQLite database: licence, sources, columns in words, what to filter by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.exports.ddl import BEFORE, EURO, stored_as, views
from etl.exports.dictionary import about_release
from etl.exports.measures import unit
from etl.exports.model import Format, tables
from etl.meta.model import Dataset, Draft, Field, Table
from etl.meta.view import as_json

DESCRIPTION = {
    "_release": "Titolo, versione, licenza, come citare / Title, version, licence, how to cite",
    "_columns": "Il dizionario: che cosa vuol dire ogni colonna / The dictionary: what each column means",
    "_codes": "I codici delle colonne, in parole / The codes of the columns, in words",
    "_findings": "Gli avvisi sulle righe, con la colonna in parole / The warnings about rows, with the column in words",
}
CENTS = "Qui in centesimi / Here in cents."
NAMED = ("name", "title", "name_it", "title_it", "word")
"""Columns by whose words Datasette shows a row that others point to; the first that a table has."""
FACETS = 3


def metadata_files(draft: Draft) -> dict[str, bytes]:
    """metadata.json, for `datasette NAME.sqlite --metadata metadata.json`."""
    about = about_release(draft)
    whole = {
        "title": about["title_it"], "description": f"{about['description_it']} {about['cite_it']}",
        "license": about["licence_title"], "license_url": about["licence_url"],
        "source": f"{about['title_it']}, versione {about['version']}", "source_url": about["permanent_url"],
        "about": about["title_it"], "about_url": about["site"],
    }
    described = {name: said for dataset, table in tables(draft) for name, said in of_dataset(draft, dataset, table)}
    own = {name: {"description": words, "hidden": True} for name, words in DESCRIPTION.items()}
    databases = {about["name"]: {**whole, "tables": {**described, **own}}}
    return {"metadata.json": as_json({**whole, "databases": databases})}


def of_dataset(draft: Draft, dataset: Dataset, table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, what is said) of the table of a dataset and of its views."""
    stored = stored_as(dataset, table)
    said = about_table(draft, dataset)
    label = next((name for name in NAMED if name in dataset.columns), None)
    yield dataset.name, {**said, "columns": {stored[field.name]: words(field, stored) for field in dataset.fields},
                         "sort": stored[dataset.key[0]], "facets": facets(dataset),
                         **({"label_column": label} if label else {})}
    made = "\n".join(views(dataset, stored))
    for end, how in ((EURO, "importi in euro / amounts in euro"), (BEFORE, "con i nomi di prima / with former names")):
        if f'"{dataset.name}{end}"' in made:
            yield dataset.name + end, {**said, "title": f"{said['title']}: {how}"}


def about_table(draft: Draft, dataset: Dataset) -> dict[str, Any]:
    """Title, description, licence and source of a table."""
    about, licence = dataset.about, draft.package["licenses"][0]
    source = about["source"]
    return {
        "title": f"{about['title']['it']} / {about['title']['en']}",
        "description": f"{about['description']['it']} / {about['description']['en']}",
        "license": licence["title"], "license_url": licence["path"], "source": source["title"]["it"],
        **({"source_url": source["url"]} if source.get("url") else {}),
    }


def words(field: Field, stored: Mapping[str, str]) -> str:
    """What Datasette says of a column: its title, the unit in which the database holds it, its description."""
    about, counted = field.descriptor, unit(field)["it"]
    title = f"{about['title']} / {about['title_en']}"
    if stored[field.name] != field.name:
        return f"{title}. {about['description']} {CENTS}"
    return f"{title} ({counted}). {about['description']}" if counted else f"{title}. {about['description']}"


def facets(dataset: Dataset) -> list[str]:
    """The first columns with a closed list of codes: what people filter by."""
    return [field.name for field in dataset.fields if field.categories and not field.several][:FACETS]


DATASETTE = Format(
    "datasette", {"it": "Descrizione per Datasette", "en": "Metadata for Datasette"},
    {"it": "Accanto al file SQLite: licenza, fonti, colonne in parole e filtri già scelti.",
     "en": "Beside the SQLite file: licence, sources, columns in words, and filters to begin with."},
    "", "application/json", "", metadata_files,
)
