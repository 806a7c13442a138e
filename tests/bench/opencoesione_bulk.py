"""The bulk file of OpenCoesione: our filter beside pandas.read_csv of the whole file, in one run, as a ratio.

Use: python tests/bench/opencoesione_bulk.py [ROWS]. The rows are invented, about 1.6 kB each; the header is the real
one where ../shared is, else one of as many columns. A million rows make 1.6 GB, which are deleted afterwards.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REAL = Path(__file__).parents[3] / "shared/data/input/opencoesione_progetti_esteso_sample10_20240229.csv"
COLUMNS = 199
CODE, OTHER = "2014IT16M2OP004", "2014IT05M9OP001"
NAMED = {0: "COD_LOCALE_PROGETTO", 1: "CUP", 2: "OC_TITOLO_PROGETTO", 14: "OC_CODICE_PROGRAMMA", 49: "COD_COMUNE",
         50: "DEN_COMUNE", 100: "TOT_PAGAMENTI"}
OURS = """
import sys, resource
from etl.sources.opencoesione import Bulk, Wanted, filter_bulk
with open(sys.argv[1], "rb") as file:
    found = sum(1 for _ in filter_bulk(file, Wanted("2014IT16M2OP004"), Bulk()))
print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
PANDAS = """
import sys, resource, warnings
import pandas as pd
warnings.simplefilter("ignore")
table = pd.read_csv(sys.argv[1], sep=";", decimal=",")
found = (table["OC_CODICE_PROGRAMMA"] == "2014IT16M2OP004").sum()
print(found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write(path: Path, rows: int) -> None:
    """A file with codes, titles, amounts with a comma, dates and many empty cells; one row in 2,000 is wanted."""
    chance = random.Random(2026)  # noqa: S311 - the same invented file each time
    header = [NAMED.get(place, f"COLONNA_{place}") for place in range(COLUMNS)]
    if REAL.exists():
        with REAL.open(encoding="utf-8-sig") as file:
            header = file.readline().strip().split(";")
    assert (len(header), header[14]) == (COLUMNS, "OC_CODICE_PROGRAMMA")
    blocks = []
    for number in range(2000):
        cells = [""] * COLUMNS
        for place in range(3, COLUMNS):
            kind = place % 7
            if kind == 0:
                cells[place] = f"{chance.randrange(10**7)},{chance.randrange(100):02}"
            elif kind == 1:
                cells[place] = f"20{chance.randrange(10, 26)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
            elif kind == 2:
                cells[place] = "REALIZZAZIONE DI LAVORI PUBBLICI (OPERE ED IMPIANTISTICA)"[: chance.randrange(8, 55)]
        cells[2] = f"INTERVENTO DI PROVA NUMERO {number} PER LA CITTÀ"
        cells[14] = CODE if number == 999 else OTHER
        cells[49], cells[50] = "003015146", "MILANO"
        blocks.append(";".join(cells[2:]))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(header) + "\n")
        for number in range(rows):
            file.write(f"1PROVA{number};B{number % 99:02}C{number:011};{blocks[number % 2000]}\n")


def measured(program: str, path: Path) -> tuple[float, int, float]:
    """(seconds, rows found, peak in MB) of a program in a process of its own."""
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    found, peak = run.stdout.split()
    return time.perf_counter() - start, int(found), int(peak) / (1024 if sys.platform != "darwin" else 1024**2)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "progetti.csv"
        write(path, rows)
        size = path.stat().st_size / 1e6
        ours, pandas = measured(OURS, path), measured(PANDAS, path)
    assert ours[1] == pandas[1], "the two do not find the same rows"
    print(f"{rows} rows × {COLUMNS} columns, {size:.0f} MB, {ours[1]} rows of the programme")
    print(f"ours    {ours[0]:7.2f} s {ours[2]:7.0f} MB")
    times = pandas[0] / ours[0]
    print(f"pandas  {pandas[0]:7.2f} s {pandas[2]:7.0f} MB   ours is {times:.1f} times as fast (target: at least 5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
