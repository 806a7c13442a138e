"""Translations older than the Italian text that they come from: found in the table, and marked on the page."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import Any

from support.catalogs import CATALOG
from support.release import example
from support.repository import ROOT

from etl.checks.translations import check_translations
from etl.meta.model import Release
from etl.meta.view import fingerprint, texts
from etl.runtime.tables import read_release
from etl.web.rendering import site_settings

LANGUAGES = set(site_settings(ROOT, None).extra["languages"])
TEXTS = CATALOG["service_texts"]


def table() -> list[tuple[int, dict[str, str]]]:
    with (ROOT / "datasets" / "source" / "service_texts.csv").open(encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), 2))


def test_the_committed_translations_are_all_up_to_date() -> None:
    assert check_translations(TEXTS, table()) == []
    assert {row["language"] for _, row in table()} <= LANGUAGES


def test_a_changed_italian_text_makes_its_translations_old_and_says_what_to_write() -> None:
    for code in LANGUAGES:
        example("service_texts", lambda row, code=code: row["language"] == code)
    rows = table()
    service = rows[0][1]["service_id"]
    original = next(row for _, row in rows if (row["service_id"], row["language"]) == (service, "it"))
    original["summary"] += " Da oggi serve anche un modulo."
    found = check_translations(TEXTS, rows)
    others = LANGUAGES - {"it"}
    assert {item.rows[0].key for item in found} == {f"{service}|{code}" for code in others}
    assert all(fingerprint(original) in item.remedy["it"] for item in found)
    original["source_url"] = "https://example.org/"
    assert check_translations(TEXTS, rows) == found  # a new source changes no word


def test_translations_without_a_mark_are_told_once_and_not_called_old() -> None:
    """With a new language, each of its rows was said to be older than an Italian text that nobody had changed."""
    rows = table()
    new = [(line, {**row, "language": "de", "translated_from": ""}) for line, row in rows if row["language"] == "it"]
    found = check_translations(TEXTS, rows + new)
    told = [(item.check, item.severity, item.count) for item in found]
    assert told == [("translation-unmarked", "warning", len(new))]
    originals = {row["service_id"]: fingerprint(row) for _, row in rows if row["language"] == "it"}
    assert [row.value for row in found[0].rows] == [originals[row["service_id"]] for _, row in new]


def test_the_page_marks_an_old_translation_and_only_that() -> None:
    example("service_texts", lambda row: row["language"] == "es")
    release = read_release(ROOT / "datasets" / "release")
    said = texts(release, "service_texts", "service_id", "es")
    assert [name for name, text in said.items() if text["outdated"]] == []
    name = next(iter(said))
    changed = texts(with_new_summary(release, name), "service_texts", "service_id", "es")
    assert [key for key, text in changed.items() if text["outdated"]] == [name]
    assert changed[name]["summary"] == said[name]["summary"]


def test_what_a_translation_lacks_is_italian_and_says_so() -> None:
    example("service_texts", lambda row: row["language"] == "es" and row["audience"])
    release = read_release(ROOT / "datasets" / "release")
    rows = [{**row, "audience": None} if row["language"] == "es" else row for row in release.records["service_texts"]]
    less = replace(release, records={**release.records, "service_texts": rows})
    said, italian = (texts(less, "service_texts", "service_id", code) for code in ("es", "it"))
    assert {name: text["audience"] for name, text in said.items()} == {
        name: text["audience"] for name, text in italian.items()}
    assert all(("audience" in text["italian"]) == bool(text["audience"]) for text in said.values())
    assert not any("summary" in text["italian"] for text in said.values())


def with_new_summary(release: Release, service: str) -> Release:
    records: list[dict[str, Any]] = [
        {**row, "summary": "Un riassunto nuovo."} if (row["service_id"], row["language"]) == (service, "it") else row
        for row in release.records["service_texts"]
    ]
    return replace(release, records={**release.records, "service_texts": records})


