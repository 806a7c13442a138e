"""`make bench`: OpenCoesione's table of all projects, two million invented rows with the real header, on both engines.

usage: national.py [ROWS]; the file is about 1.6 kB a row and is deleted afterwards. Spark is left out where it is not
installed (make spark); on several machines: docs/scale.md.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import processes
from results import ROOT, keep, load, note

from etl.national import recipe
from etl.national.distributed import spark_is_here

BLOCKS = 5_000
"""Different rows; only key and amounts differ further."""
MOST_MEGABYTES = 1_500
FEW_ROWS, SOME_ROWS = 50_000, 200_000
"""At the first both engines run: with more rows Spark on one machine only takes longer. At the other plain DuckDB."""
HERE = {"PYTHONPATH": str(ROOT)}


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


def command(engine: str, source: Path, folder: Path) -> list[str]:
    """What does the work: ours with an engine, or plain DuckDB."""
    if engine == "plain":
        return [sys.executable, str(ROOT / "tests" / "bench" / "plain_duckdb.py"), str(source), str(folder / engine)]
    return [sys.executable, "-m", "etl", "national", str(source), "--out", str(folder / engine), "--engine", engine]


def beside_plain(source: Path, folder: Path) -> None:
    """Ours and plain DuckDB in turns, each a process of its own."""
    found: dict[str, list[tuple[float, float]]] = {"duckdb": [], "plain": []}
    for engine in (*found, *found, *found):
        shutil.rmtree(folder / engine, ignore_errors=True)
        start, cost = time.perf_counter(), processes.cost(command(engine, source, folder), HERE, ROOT)
        found[engine].append((time.perf_counter() - start, cost.seconds))
    for number, what in enumerate(("time", "processor time")):
        ours, plain = (median(turn[number] for turn in found[engine]) for engine in ("duckdb", "plain"))
        print(f"{SOME_ROWS:,} rows, {what}: ours {ours:.1f} s, plain DuckDB {plain:.1f} s", flush=True)
        note(f"national table, {SOME_ROWS:,} rows: {what} / plain DuckDB's", ours / plain, 1.5)


def measured(engine: str, source: Path, folder: Path, rows: int) -> dict[str, bytes]:
    """One run; keeps time and memory, for docs/scale.md too, and gives the small files that it made."""
    shutil.rmtree(folder / engine, ignore_errors=True)
    start, cost = time.perf_counter(), processes.cost(command(engine, source, folder), HERE, ROOT)
    wall, most = time.perf_counter() - start, cost.megabytes
    item = {"engine": engine, "rows": rows, "seconds": wall, "megabytes": most, "read": source.stat().st_size,
            "processor": cost.seconds,
            "written": sum(path.stat().st_size for path in (folder / engine).rglob("*.parquet"))}
    found = load()
    others = [one for one in found.get("national", []) if (one["engine"], one["rows"]) != (engine, rows)]
    keep({**found, "national": sorted([*others, item], key=lambda one: (one["engine"], one["rows"]))})
    print(f"{rows:,} rows, {engine}: {wall:.0f} s, {item['processor']:.0f} s of processors, {most:.0f} MB", flush=True)
    return {path.name: path.read_bytes() for path in (folder / engine).glob("*.*")}


def main(rows: int) -> int:
    """Print and keep the figures."""
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        folder = Path(name)
        write(folder / "some.csv", SOME_ROWS)
        beside_plain(folder / "some.csv", folder)
        measured("duckdb", folder / "some.csv", folder, SOME_ROWS)
        write(folder / "some.csv", FEW_ROWS)
        small = measured("duckdb", folder / "some.csv", folder, FEW_ROWS)
        if spark_is_here():
            other = measured("spark", folder / "some.csv", folder, FEW_ROWS)
            note("engines that give other results", float(small != other), 0)
        (folder / "some.csv").unlink()
        write(folder / "all.csv", rows)
        measured("duckdb", folder / "all.csv", folder, rows)
        note(f"national table, {rows:,} rows: memory of DuckDB",
             next(one["megabytes"] for one in load()["national"] if one["rows"] == rows), MOST_MEGABYTES, unit=" MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000))
