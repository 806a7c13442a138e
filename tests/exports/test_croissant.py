"""Croissant: every table with types, keys and references that lead somewhere; rows as the tables have them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.pages import base_of
from support.readers import told_by

from etl.exports.rdf.bodies import Names


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="session")
def said(built_site: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(built_site / "dati" / "croissant.json")
    return found


def test_every_table_is_a_record_set_with_its_key_and_columns(built_site: Path, said: dict[str, Any]) -> None:
    sets = {item["@id"]: item for item in said["recordSet"]}
    fields = {field["@id"] for item in sets.values() for field in item["field"]}
    assert len(fields) == sum(len(item["field"]) for item in sets.values())
    sources = {(field["source"]["fileObject"]["@id"], field["source"]["extract"]["jsonPath"])
               for item in sets.values() for field in item["field"] if "source" in field}
    for resource in read(built_site / "dati" / "datapackage.json")["resources"]:
        schema, made = resource["schema"], sets[resource["name"]]
        assert [field["name"] for field in made["field"]] == [field["name"] for field in schema["fields"]]
        assert [key["@id"].partition("/")[2] for key in made["key"]] == schema["primaryKey"]
        led = {field["name"]: (field["references"]["fileObject"]["@id"], field["references"]["extract"]["jsonPath"])
               for field in made["field"] if "references" in field}
        assert set(led.values()) <= sources
        named = {field["name"]: re.findall(r"Codes: (\S+)[.]$", field["description"]) for field in made["field"]}
        assert {to for found in named.values() for to in found} <= set(sets)
        assert {name for name, to in named.items() if to} == {
            field["name"] for field in schema["fields"] if "categories" in field or "itemCategories" in field}
        for key in schema.get("foreignKeys", []):
            if len(key["fields"]) == 1:
                to = key["reference"]
                assert led[key["fields"][0]] == (f"{to['resource']}.json", f"$.records[*].{to['fields'][0]}")


def test_codes_have_their_words_and_files_their_fingerprint(built_site: Path, said: dict[str, Any]) -> None:
    status = next(item for item in said["recordSet"] if item["@id"] == "desks/status.codes")
    assert {row["desks/status.codes/value"] for row in status["data"]} >= {"operating"}
    listed = {item["path"]: item["sha256"] for item in read(built_site / "dati" / "files.json")["files"]}
    assert {item["@id"]: item["sha256"] for item in said["distribution"]} == {
        path: value for path, value in listed.items() if path.endswith(".json") and path[:-5] in
        {item["@id"] for item in said["recordSet"]}}
    assert said["@id"] == str(Names(base_of(built_site)).dataset(""))
    assert f"releases/{said['version']}/" in said["citeAs"]


def test_its_own_program_reads_every_row(built_site: Path, said: dict[str, Any]) -> None:
    found = told_by("load_croissant.py", built_site / "dati")
    assert found["errors"] == []
    assert set(found["rows"]) == {item["@id"] for item in said["recordSet"]}
    resources = read(built_site / "dati" / "datapackage.json")["resources"]
    expected = {resource["name"]: resource["rows"] for resource in resources}
    assert {name: found["rows"][name] for name in expected} == expected
    assert found["istat_lengths"] == [6], "a code has lost its nought"
