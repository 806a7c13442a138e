"""A table of all projects in miniature, odd and faulty, and what a run of `abitare national` makes of it."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from etl.national import recipe
from support.repository import ROOT, SOON_OVER

ROWS = 3_000
SOON = {"JDK_JAVA_OPTIONS": " ".join(SOON_OVER)}
"""For whoever starts Spark."""
REGIONS = [("012", "LAZIO"), ("015", "CAMPANIA"), ("001:::012", "PIEMONTE:::LAZIO"), ("", "")]
FAULTS = {
    "FINANZ_TOTALE_PUBBLICO": ["1.000,00", "12,345", "mille", "1e5", "٣"], "TOT_PAGAMENTI": ["12.50", "12,5 ", "+1"],
    "OC_DATA_INIZIO_PROGETTO": ["20230231", "2023-01-01", "20231301", "19990101 ", "20230101\t"],
    "COD_LOCALE_PROGETTO": ["", " "], "OC_TOTALE_INDICATORI": ["-1", "1,0"],
}


def rows() -> Iterator[dict[str, str]]:
    """Invented rows with odd but right cells; one in ten has a fault, and some keys come twice."""
    chance = random.Random(7)  # noqa: S311 - the same rows each time
    for number in range(ROWS):
        code, region = chance.choice(REGIONS)
        row = dict.fromkeys(recipe.columns(), "") | {
            "COD_LOCALE_PROGETTO": f"9PROVA{number - (number % 97 == 5)}", "COD_REGIONE": code, "DEN_REGIONE": region,
            "OC_TITOLO_PROGETTO": chance.choice(["L'edificio; \"nuovo\"", "Via È 3\\n", " spazi ", "a|b", "-"]),
            "OC_TEMA_SINTETICO": chance.choice(["Abitare", "", "Salute"]), "OC_COD_TEMA_SINTETICO": chance.choice("07"),
            "FINANZ_TOTALE_PUBBLICO": chance.choice(["", f"{number},1", f"{number * 7},35", "9999999999999,99", "-3"]),
            "TOT_PAGAMENTI": chance.choice([" ", "0,10", f"{number},05"]),
            "OC_DATA_INIZIO_PROGETTO": chance.choice(["20230101", "20240229", ""]), "OC_TOTALE_INDICATORI": "3",
        }
        if number % 10 == 3:
            column = chance.choice(list(FAULTS))
            row[column] = chance.choice(FAULTS[column])
        yield row


def write_rows(path: Path) -> Path:
    """The file of the rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, recipe.columns(), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    return path


def wrong(row: dict[str, str]) -> list[str]:
    """The faults of a row, told in Python."""
    return [name for name, values in FAULTS.items() if row[name] in values]


def told(folder: Path) -> dict[str, Any]:
    """Everything that a run made: its small files, and its Parquet as sorted rows."""
    small = {path.name: path.read_text("utf-8") for path in folder.glob("[!.]*.*") if path.is_file()}
    parts = sorted(path.name for path in (folder / "projects").iterdir() if path.is_dir())
    table = duckdb.read_parquet(f"{folder}/projects/*/*.parquet", hive_partitioning=True)
    table = table.order("COD_LOCALE_PROGETTO")
    return {**small, "parts": parts, "columns": table.columns, "types": list(map(str, table.types)),
            "rows": table.fetchall()}


def run(source: Path, out: Path, engine: str, *only: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: what Spark loads must not be seen by other tests."""
    asked = [word for words in only for word in ("--only", words)]
    command = [sys.executable, "-m", "etl", "national", str(source), "--out", str(out), "--engine", engine, *asked]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | SOON)
