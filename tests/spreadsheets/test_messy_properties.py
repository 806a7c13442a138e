"""People's files, each fault alone and in pairs, as CSV, XLSX, ODS and XLSB: read right, or refused by name."""

from __future__ import annotations

from itertools import combinations

import pytest
from support.messy import BYTES_ONLY, FAULTS, NAMES, SHEETS_ONLY, File, dataset
from support.properties import HealthCheck, given, settings, st, tries
from support.xlsb import xlsb

from etl.spreadsheets.read.importer import Imported, import_book
from etl.spreadsheets.read.sheets import read_book

TRIALS = {"trials": dataset()}
REFUSALS = {
    # What may be refused, and only so: nobody can tell what these pairs meant.
    "double-encoded", "encoding-unknown", "encoding-mixed", "delimiter",
}


def as_xlsb(file: File) -> bytes:
    return xlsb([[file.value(text) if text else None for text in row] for row in file.grid()])


MAKERS = {"csv": File.as_csv, "xlsx": File.as_xlsx, "ods": File.as_ods, "xlsb": as_xlsb}
PAIRED = ("csv", "xlsx", "ods")  # an .xlsb is opened twice, and by the same reader as an .ods


def made(kind: str, faults: tuple[str, ...]) -> tuple[File, Imported]:
    """A file with these faults, and what the importer says of it."""
    file = File()
    for fault in faults:
        FAULTS[fault](file)
    book = read_book(f"prove.{kind}", MAKERS[kind](file))
    return file, import_book(book, TRIALS)


def fits(kind: str, fault: str) -> bool:
    return fault not in ((SHEETS_ONLY if kind == "csv" else BYTES_ONLY) | (set() if kind == "xlsx" else SHEETS_ONLY))


def cells(imported: Imported) -> list[list[str]]:
    return [[row.get(name, "") for name in NAMES] for row in imported.rows]


def refused(imported: Imported) -> set[str]:
    return {item.check for item in imported.findings if item.severity == "critical"}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_clean_file_is_read_without_a_word(kind: str) -> None:
    file, imported = made(kind, ())
    assert cells(imported) == file.expected
    assert [item.check for item in imported.findings] == []
    assert imported.lines == [2, 3, 4]


@pytest.mark.parametrize(("kind", "fault"), [(k, f) for k in MAKERS for f in FAULTS if fits(k, f)])
def test_each_fault_alone_is_read_right_and_told(kind: str, fault: str) -> None:
    file, imported = made(kind, (fault,))
    assert not refused(imported), imported.findings
    assert cells(imported) == file.expected
    silent = {"bom", "utf-16", "semicolon", "tab", "unix lines", "two heading rows", "line breaks in headings",
              "capitals in headings", "other words in headings", "empty columns at the end", "merged cells",
              "thousands of empty rows"}
    assert imported.findings or fault in silent, "an assumption was made and not told"


@pytest.mark.parametrize("kind", PAIRED)
def test_faults_in_pairs_are_read_right_or_refused(kind: str) -> None:
    wrong, turned_away = [], []
    for pair in combinations([fault for fault in FAULTS if fits(kind, fault)], 2):
        file, imported = made(kind, pair)
        if refused(imported):
            turned_away.append((pair, refused(imported)))
        elif cells(imported) != file.expected:
            wrong.append((pair, cells(imported)))
    assert wrong == []
    assert [item for item in turned_away if not item[1] <= REFUSALS] == []
    assert len(turned_away) < 12


@settings(max_examples=tries(15), suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PAIRED), st.lists(st.sampled_from(sorted(FAULTS)), max_size=8, unique=True))
def test_any_heap_of_faults_is_never_read_wrong(kind: str, faults: list[str]) -> None:
    file, imported = made(kind, tuple(fault for fault in faults if fits(kind, fault)))
    assert refused(imported) or cells(imported) == file.expected
