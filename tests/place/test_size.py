"""How much Milan publishes: what tests of any city only compare with its tables is known here as a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.release import records

PARTIAL = ("es", "fr", "ar", "zh", "uk")
LANGUAGES = {"it", "en", *PARTIAL}


def test_there_are_many_pages_feeds_and_files_of_the_api(built_site: Path) -> None:
    pages = [path.relative_to(built_site).parts for path in built_site.rglob("index.html")]
    assert len([parts for parts in pages if parts[0] not in PARTIAL and not {"incorpora", "embed"} & set(parts)]) > 300
    assert len(list(built_site.rglob("*.atom"))) > 100
    assert len(list((built_site / "api").rglob("*.json"))) > 100


@pytest.mark.parametrize("language", PARTIAL)
def test_the_path_of_a_person_in_need_is_long(built_site: Path, language: str) -> None:
    assert len(list((built_site / language).rglob("*.html"))) > 45


@pytest.mark.parametrize("section", ["servizi", "sportelli", "progetti", "en/services", "en/desks", "en/projects"])
def test_each_section_has_pages(built_site: Path, section: str) -> None:
    assert len(list((built_site / section).glob("*/index.html"))) > 5


def test_some_desks_are_recent_and_some_are_to_be_checked() -> None:
    assert len({bool((row["recent_until"] or "") >= "2026-11-29") for row in records("desks")}) == 2


@pytest.mark.parametrize("name", ["service_texts", "desk_texts"])
def test_texts_are_in_every_language(name: str) -> None:
    assert {row["language"] for row in records(name)} == LANGUAGES


def test_no_table_from_which_tests_take_examples_is_empty() -> None:
    for name in ("desk_hours", "desk_services", "rent_rooms", "rent_rules", "indicators", "changes"):
        assert records(name), name
    assert {row["programme"] for row in records("projects")} >= {"PON Metro 2014-2020", "PN Metro Plus 2021-2027"}
    assert {row["axis"] or row["code_axis"] for row in records("projects")} >= {2, 3, 4}


def test_a_project_is_in_the_list_of_operations_with_its_amounts_and_its_place() -> None:
    row = next(row for row in records("operations_2014_2020") if row["codice_operazione"] == "MI3.1.1.b1")
    assert (row["spesa_ammissibile"], row["pagato"], row["cap"]) == (1514648.44, 449646.43, "Milano")
