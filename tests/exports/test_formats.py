"""Every format holds the canonical table: read back by other libraries, with hostile text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.catalogs import CATALOG, MINIATURE
from support.drafts import downloads, draft_of, row_of
from support.excel_csv import read_back
from support.release import NAME
from support.repository import ROOT
from support.round_trips import READERS, from_csv, from_duckdb

from etl.exports import FORMATS
from etl.exports.canonical import typed_rows
from etl.exports.model import Format
from etl.releases.printed import with_history
from etl.runtime.tables import contents_of, csv_bytes, parse_csv

BY_NAME = {form.name: form for form in FORMATS}


def path_in(site: Path, form: Format, dataset: str) -> Path:
    return site / "dati" / (form.path_of(dataset) or f"{NAME}.sqlite")


@pytest.mark.parametrize("name", CATALOG)
@pytest.mark.parametrize("form", READERS)
def test_every_dataset_comes_back_from_every_format(built_site: Path, form: str, name: str) -> None:
    dataset = CATALOG[name]
    canonical = (built_site / "dati" / f"{name}.csv").read_bytes()
    expected = from_csv(dataset, canonical)
    assert READERS[form](dataset, path_in(built_site, BY_NAME[form], name).read_bytes()) == expected
    if form == "excel-csv":
        assert read_back(dataset, (built_site / "dati" / f"{name}.excel.csv").read_bytes()) == canonical
    if form == "parquet":
        assert from_duckdb(dataset, str(built_site / "dati" / f"{name}.parquet")) == expected


@pytest.mark.parametrize("name", CATALOG)
def test_rows_that_are_not_parsed_are_those_of_the_json(name: str) -> None:
    printed, written = ((ROOT / "datasets" / "release" / f"{name}.{kind}").read_bytes() for kind in ("csv", "json"))
    rows = [cells for _, cells in parse_csv(printed.decode())[1:]]
    assert repr(list(typed_rows(CATALOG[name], rows))) == repr(contents_of(written)["records"])  # digits too: 1.50


def csvw_of(folder: Path, name: str) -> Any:
    """What csvw says of a table, as its program `csvwvalidate` asks it: a process for each would take longer."""
    from csvw import CSVW

    return CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True, strict=True)


@pytest.mark.parametrize("name", CATALOG)
def test_csvw_finds_nothing(built_site: Path, name: str) -> None:
    judged = csvw_of(built_site / "dati", name)
    assert judged.is_valid, judged.warnings


def test_csvw_sees_a_wrong_value(built_site: Path, tmp_path: Path) -> None:
    for name in ("funding.csv", "funding.csv-metadata.json"):
        (tmp_path / name).write_bytes((built_site / "dati" / name).read_bytes())
    text = (tmp_path / "funding.csv").read_text("utf-8")
    (tmp_path / "funding.csv").write_text(re.sub(r",\d+\.\d\d,", ",-1.x,", text, count=1), "utf-8")
    with pytest.raises(UserWarning, match=r"-1\.x"):
        assert csvw_of(tmp_path, "funding").is_valid


def test_the_archive_holds_everything_and_its_checksums_are_right(built_site: Path) -> None:
    with zipfile.ZipFile(built_site / "dati" / f"{NAME}.zip") as archive:
        names = archive.namelist()
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert set(names) == {*sums, "SHA256SUMS"}
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums} == sums
        assert {f"{name}.{end}" for name in CATALOG for end in ("csv", "json")} <= set(names)
        readme = archive.read("LEGGIMI-README.txt").decode()
    package = json.loads((built_site / "dati" / "datapackage.json").read_text("utf-8"))
    said = (package["version"], package["created"][:10], package["licenses"][0]["path"], "Come citare", "How to cite")
    assert [word for word in said if word not in readme] == []


def test_the_manifest_tells_size_rows_and_checksum_of_every_file(built_site: Path) -> None:
    data = built_site / "dati"
    listed = json.loads((data / "files.json").read_text("utf-8"))["files"]
    for item in listed:
        content = (data / item["path"]).read_bytes()
        assert (item["bytes"], item["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), item["path"]
        if item["format"] == "csv":
            assert item["rows"] == len(list(csv.reader(io.StringIO(content.decode(), newline="")))) - 1
    assert {item["format"] for item in listed} == {form.name for form in FORMATS if form.listed}


def test_nul_is_refused_where_people_write() -> None:
    from etl.checks.structure import check_structure

    rooms = MINIATURE["rooms"]
    row = ["a\0b" if name == "name" else "x" for name in rooms.source_columns]
    _, found = check_structure(rooms, csv_bytes(rooms.source_columns, [row]))
    assert ("control-character", "name", "critical") in {(item.check, item.column, item.severity) for item in found}


@pytest.mark.parametrize("name", ["x" * 40_000, "\U0001f600" * 20_000])
def test_what_excel_cannot_hold_gets_no_workbook_and_no_entry(name: str) -> None:
    rooms = MINIATURE["rooms"]
    draft = draft_of(rooms, [row_of(rooms, name=name)])
    files = downloads(with_history(draft, Path("none")))
    assert "rooms.xlsx" not in files
    assert "rooms.xlsx" not in {item["path"] for item in json.loads(files["files.json"])["files"]}


def test_numbers_that_excel_would_round_stay_text() -> None:
    rooms = MINIATURE["rooms"]
    draft = draft_of(rooms, [row_of(rooms, seats="12345678901234567")])
    files = downloads(with_history(draft, Path("none")))
    assert READERS["xlsx"](rooms, files["rooms.xlsx"])[0][rooms.columns.index("seats")] == 12345678901234567


def test_programs_find_nothing_before_the_files_are_listed() -> None:
    draft = draft_of(MINIATURE["rooms"], [])
    assert [form.name for form in FORMATS if not form.listed and form.write(draft)] == []


def test_files_do_not_depend_on_the_day_that_they_are_made() -> None:
    rooms = MINIATURE["rooms"]
    draft = draft_of(rooms, [row_of(rooms)])
    release = with_history(draft, Path("none"))
    assert downloads(replace(release, date=date(2027, 1, 1))) == downloads(release)
