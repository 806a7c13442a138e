"""`make bench`: OpenCoesione's table of all projects, two million invented rows with the real header, on both engines.

usage: national.py [ROWS]; the file is about 1.4 kB a row and is deleted afterwards. Spark is left out where it is not
installed (make spark).
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import processes
from results import ROOT, note

from etl.national import recipe
from etl.national.engines import spark_is_here

BLOCKS = 5_000
"""Different rows; only key and amounts differ further."""
MOST_MEGABYTES = 2_500
SPARK_ROWS = 200_000
"""At this size both engines are compared: at two million Spark on one machine only takes longer."""


def block(number: int, chance: random.Random) -> str:
    """A row without its key: codes, titles, amounts with a comma, days, many empty cells."""
    cells = []
    for field in recipe.schema()["fields"][1:]:
        filled = chance.random() < 0.6
        if field.get("kind") == "amount":
            cell = f"{chance.randrange(10**7)},{chance.randrange(100):02}"
        elif field.get("kind") == "day":
            cell = f"20{chance.randrange(10, 26)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        elif field.get("constraints"):
            cell = str(chance.randrange(9))
        else:
            cell = f"TESTO INVENTATO NUMERO {number}"[: chance.randrange(4, 28)]
        cells.append(cell if filled else "")
    region = recipe.columns().index("COD_REGIONE") - 1
    cells[region] = f"{chance.randrange(1, 21):03}"
    if number % 100 == 0:
        cells[recipe.columns().index("TOT_PAGAMENTI") - 1] = "1.234,5"
    return ";".join(cells)


def write(path: Path, rows: int) -> None:
    """The file; one row in a hundred has a wrong amount."""
    chance = random.Random(2026)  # noqa: S311 - the same invented file each time
    blocks = [block(number, chance) for number in range(BLOCKS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(recipe.columns()) + "\n")
        for number in range(rows):
            file.write(f"9PROVA{number};{blocks[number % BLOCKS]}\n")


def run(engine: str, source: Path, folder: Path) -> tuple[float, float]:
    """(seconds, megabytes) of a run; seconds with the memory looked at, which costs next to nothing."""
    command = [sys.executable, "-m", "etl", "national", str(source), "--out", str(folder / engine), "--engine", engine]
    start = time.perf_counter()
    most = processes.megabytes(command, {}, ROOT)
    return time.perf_counter() - start, most


def main(rows: int) -> int:
    """Print and keep the figures."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        folder = Path(name)
        write(folder / "all.csv", rows)
        size = (folder / "all.csv").stat().st_size / 1e9
        seconds, megabytes = run("duckdb", folder / "all.csv", folder)
        print(f"{rows:,} rows × {len(recipe.columns())} columns, {size:.1f} GB: DuckDB {seconds:.0f} s, "
              f"{rows / seconds:,.0f} rows/s", flush=True)
        note(f"national table, {rows:,} rows: memory of DuckDB", megabytes, MOST_MEGABYTES, unit=" MB")
        (folder / "all.csv").unlink()
        if spark_is_here():
            write(folder / "some.csv", SPARK_ROWS)
            for engine in ("duckdb", "spark"):
                seconds, megabytes = run(engine, folder / "some.csv", folder)
                print(f"{SPARK_ROWS:,} rows, {engine}: {seconds:.0f} s, {megabytes:.0f} MB", flush=True)
            small = [{path.name: path.read_bytes() for path in (folder / engine).glob("*.*")}
                     for engine in ("duckdb", "spark")]
            note("engines that give other results", float(small[0] != small[1]), 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000))
