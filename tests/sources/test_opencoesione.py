"""The bulk file of OpenCoesione: exactly the rows of the programme, whatever is in the others."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from support.opencoesione import CODE, HEADER, filtered

from etl.sources.model import Batch, FailedSourceError, Request, Response
from etl.sources.opencoesione import Wanted, read

INPUT = Path(__file__).parents[3] / "shared" / "data" / "input"
LARGE = INPUT / "opencoesione_progetti_esteso_sample10_20240229.csv"
OLD = INPUT / "opencoesione_progetti_beni_confiscati_20181031.csv"


class OneFile:
    """Gives one file for every address."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        assert (kind, conditional) == ("zip", True)
        return Response(url, 200, "", None, self.path, "", self.path.stat().st_size)


def asked(path: Path, **options: object) -> Batch:
    given_ = {"address": "https://x.example.org/p.zip", "programme": CODE, **options}
    return read(Request("opencoesione", given_, [], OneFile(path), date(2026, 11, 25)))


needs_shared = pytest.mark.skipif(not LARGE.exists(), reason="../shared is not here: the real files cannot be tried")


@needs_shared
def test_the_real_ten_rows() -> None:
    batch = asked(LARGE, programme="2014IT05M9OP001")
    assert len(batch.records) == 5
    first = next(r for r in batch.records if r["COD_LOCALE_PROGETTO"] == "1ANPALVAO1C001")
    assert (first["COD_COMUNE"], first["DATA_AGGIORNAMENTO"]) == ("002007003", "20240229")
    assert len(first) == 199 + 2
    several = next(r for r in batch.records if r["COD_LOCALE_PROGETTO"] == "1ANPALINP-CLP-00002")
    assert several["COD_COMUNE"].split("|")[:2] == ["001000000", "002000000"]
    # Letters encoded twice are mended; the one text that lost a letter for good is reported.
    assert "Persone di età compresa tra 25 e 29 anni\xa0(Maschi)" in first.values()
    (told,) = batch.findings
    assert (told.check, told.rows[0].value) == ("bulk-letters", "ENAIP VALLÃ©E DÂ AOSTE S.C.S.")
    spoiled = {row.value for row in told.rows}
    assert {v for record in batch.records for v in record.values() if "Ã" in v} <= spoiled
    with pytest.raises(FailedSourceError) as error:
        asked(LARGE)
    assert error.value.check == "source-nothing-found"


@needs_shared
def test_the_real_290_rows_which_have_the_title_of_the_programme_only() -> None:
    batch = asked(OLD, programme="PON FESR FSE CITTA' METROPOLITANE")
    (record,) = batch.records
    assert (record["COD_LOCALE_PROGETTO"], record["CUP"]) == ("1AGCOE395", "D67I15000000005")
    assert (record["FINANZ_TOTALE_PUBBLICO"], record["TOT_PAGAMENTI"], record["PO_OBIETTIVO_OPERATIVO"]) == (
        "1826654,07", "", "")
    assert len(asked(OLD, programme="PON FESR FSE LEGALITA'").records) > 10


def test_lists_places_and_blanks() -> None:
    text = f"""{HEADER}
A;C1; ;X:::{CODE};001272:::001156;TORINO:::BUSTO;1,00
B;C2;T;{CODE}9;001272;TORINO;2,00
C;C3;T;{CODE};003001272;TORINO;3,00
D;C4;{CODE};Y;001272;TORINO;4,00
E;C5;T;{CODE};063049;NAPOLI;5,00
"""
    records, bulk = filtered(text)
    assert [record["COD_LOCALE_PROGETTO"] for record in records] == ["A", "C", "E"]
    assert (records[0]["OC_TITOLO_PROGETTO"], records[0]["COD_COMUNE"]) == ("", "001272|001156")
    assert bulk.lines == 6
    for places in ({"001272"}, {"torino"}):
        assert [r["COD_LOCALE_PROGETTO"] for r in filtered(text, Wanted(CODE, frozenset(places)))[0]] == ["A", "C"]


def test_letters_quotes_and_line_breaks() -> None:
    text = f'''{HEADER}
A;C;CITTÃ\u0080 E PIÃ\u00b9;{CODE};;;
B;C;LAVORI "CASA" E 7" DI;{CODE};;;
C;C;"DUE
RIGHE; E ""ALTRO""";{CODE};;;
D;C;"MAI CHIUSE;{CODE};;;
E;C;troppe;celle;{CODE};;;;;;
F;C;CittÃ  d;{CODE};;;
'''
    records, bulk = filtered(text)
    assert {record["COD_LOCALE_PROGETTO"]: record["OC_TITOLO_PROGETTO"] for record in records} == {
        "A": "CITTÀ E PIù", "B": 'LAVORI "CASA" E 7" DI', "C": 'DUE\nRIGHE; E "ALTRO"', "D": '"MAI CHIUSE',
        "F": "CittÃ  d",
    }
    assert [row.line for row in bulk.damaged] == [7]
    assert [(row.line, row.key) for row in bulk.spoiled] == [(8, "F")]
    latin = filtered(f"{HEADER}\nA;C;Citt\xe0;{CODE};;;\n".encode("latin-1"))
    assert latin[0][0]["OC_TITOLO_PROGETTO"] == "Citt?"
    assert latin[1].spoiled[0].line == 2


def test_columns_and_archives_that_are_not_right(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(FailedSourceError) as error:
        asked(path)
    assert error.value.check == "source-columns"
    for names in (["a.csv", "b.csv"], ["a.txt"], []):
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        with pytest.raises(FailedSourceError) as error:
            asked(path)
        assert error.value.check == "source-layout"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p.csv", f"\ufeff{HEADER}\r\nA;C;T;{CODE};;;\r\n")
    assert asked(path).records == [
        {"COD_LOCALE_PROGETTO": "A", "CUP": "C", "OC_TITOLO_PROGETTO": "T", "OC_CODICE_PROGRAMMA": CODE,
         "COD_COMUNE": "", "DEN_COMUNE": "", "TOT_PAGAMENTI": "", "@url": "https://x.example.org/p.zip",
         "@date": "2026-11-25"}]


@pytest.mark.slow
def test_memory_stays_that_of_a_few_blocks(tmp_path: Path) -> None:
    """A file of 280 MB in a process of its own: its peak is far below the size of the file."""
    path = tmp_path / "large.csv"
    row = f"A{'x' * 1400};C;T;ALTRO;;;\n".encode()
    with path.open("wb") as file:
        file.write(HEADER.encode() + b"\n")
        for _ in range(200):
            file.write(row * 1000)
            file.write(f"B;C;T;{CODE};;;\n".encode())
    program = (
        "import sys, tracemalloc; from etl.sources.opencoesione import *; tracemalloc.start()\n"
        f"with open(sys.argv[1], 'rb') as f: n = len(list(filter_bulk(f, Wanted('{CODE}'), Bulk())))\n"
        "print(n, tracemalloc.get_traced_memory()[1])"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    count, peak = map(int, run.stdout.split())
    assert count == 200
    assert peak < 50_000_000, f"{peak} bytes"
