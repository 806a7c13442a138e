"""What a workbook says beside its rows: dictionary, codes, sources, and how to cite it. One sheet each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.exports.dictionary import about_release, citation, reference
from etl.exports.worded import heading, title
from etl.meta.model import LANGUAGES, Dataset, Draft, Field, Table
from etl.meta.view import resources

Sheets = Mapping[str, Any]
SAID: Mapping[str, Sheets] = {
    "it": {
        "data": "Dati", "codes": "Codici", "dictionary": "Dizionario", "sources": "Fonti", "readme": "Leggimi",
        "codes_head": ("Colonna", "Codice", "Significato", "In inglese"),
        "dictionary_head": ("Intestazione", "Nome nei file", "Descrizione", "Tipo", "Nella chiave", "Obbligatoria",
                            "Rimanda a", "Esempio"),
        "sources_head": ("Fonte", "Indirizzo"), "yes": "sì",
        "types": {"string": "testo", "integer": "numero intero", "number": "numero", "boolean": "sì o no",
                  "date": "data", "time": "ora", "datetime": "data e ora", "year": "anno"},
        "readme_head": ("Titolo", "Descrizione", "Una riga è", "Righe", "Versione", "Rilasciata il", "Come citare",
                        "Indirizzo che non cambia", "Licenza", "Sito", "Colonne e codici"),
        "readme_note": "Le intestazioni e i codici sono in parole. Il foglio «Dizionario» dà il nome di ogni colonna "
                       "negli altri file, il foglio «Codici» il codice di ogni parola.",
    },
    "en": {
        "data": "Data", "codes": "Codes", "dictionary": "Dictionary", "sources": "Sources", "readme": "Read me",
        "codes_head": ("Column", "Code", "Meaning", "In Italian"),
        "dictionary_head": ("Heading", "Name in the files", "Description", "Type", "In the key", "Required",
                            "Refers to", "Example"),
        "sources_head": ("Source", "Address"), "yes": "yes",
        "types": {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no",
                  "date": "day", "time": "time of day", "datetime": "day and time", "year": "year"},
        "readme_head": ("Title", "Description", "One row is", "Rows", "Version", "Released on", "How to cite",
                        "Address that does not change", "Licence", "Site", "Columns and codes"),
        "readme_note": "Headings and codes are in words. The sheet “Dictionary” has the name of each column in the "
                       "other files, the sheet “Codes” the code of each word.",
    },
}


@dataclass(frozen=True)
class Beside:
    """A sheet beside the data: its name, headings, how wide its columns are, its rows of text."""

    name: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: list[Sequence[str]]


def beside(draft: Draft, dataset: Dataset, table: Table, language: str) -> Iterable[Beside]:
    """The sheets of a dataset after that of its rows; none of codes where it has no codes."""
    said = SAID[language]
    if found := [row for field in dataset.fields for row in codes(field, language)]:
        yield Beside(said["codes"], said["codes_head"], (30, 30, 60, 60), found)
    yield Beside(said["dictionary"], said["dictionary_head"], (34, 28, 70, 14, 12, 12, 32, 28),
                 [described(dataset, field, language) for field in dataset.fields])
    known = resources(draft.package)[dataset.name]["sources"]
    yield Beside(said["sources"], said["sources_head"], (90, 70),
                 [(item["title"], item.get("path", "")) for item in known])
    yield Beside(said["readme"], ("", ""), (30, 100), about(draft, dataset, table, language))


def codes(field: Field, language: str) -> Iterable[Sequence[str]]:
    """(heading, code, its words, its words in the other language) of each code of a column."""
    for code in field.categories:
        told = {LANGUAGES[0]: code["label"], "en": code.get("label_en", code["label"])}
        other = next(name for name in LANGUAGES if name != language)
        yield title(field, language), code["value"], told[language], told[other]


def described(dataset: Dataset, field: Field, language: str) -> Sequence[str]:
    """What the dictionary says of a column."""
    said, words = SAID[language], field.descriptor
    marked = (field.name in dataset.schema["primaryKey"], field.required)
    return (heading(field, language), field.name,
            words["description" if language == LANGUAGES[0] else f"description_{language}"],
            said["types"].get(field.type, field.type), *(said["yes"] if mark else "" for mark in marked),
            reference(dataset, field.name), str(words.get("example", "")))


def about(draft: Draft, dataset: Dataset, table: Table, language: str) -> list[Sequence[str]]:
    """What the table is, its version and licence, and how to cite it."""
    words, whole, said = dataset.about, about_release(draft), SAID[language]
    cells = (
        words["title"][language], words["description"][language], words["row"][language], str(len(table.rows)),
        whole["version"], whole["released_on"], citation(draft, words["title"])[language],
        f"{whole['permanent_url']}{dataset.name}.csv", f"{whole['licence_title']} ({whole['licence_url']})",
        whole["site"], said["readme_note"],
    )
    return list(zip(said["readme_head"], cells, strict=True))
