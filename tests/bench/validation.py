"""Part of `make bench`: our check of a schema beside Frictionless alone, Polars, and DuckDB's bare reading.

Use: python tests/bench/validation.py [ROWS …]. Fifteen columns (patterns, a closed list, dates, numbers, a key, a
foreign key), one row in a hundred spoilt in one cell. Each in a process of its own, imports included.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from contenders import ROOT, TOOLS, install
from results import note

from etl.runtime.tables import csv_bytes

ENGINES = ("ours", "polars", "duckdb", "frictionless")
TIMES, MOST_MEGABYTES = 15, 600
PATTERNS = {"code": r"[A-Z]{2}[0-9]\.[0-9]\.[0-9]\.[a-z][0-9]+", "cup": "[A-Z][0-9]{2}[A-Z][0-9]{11}",
            "url": "https?://.+"}
COLUMNS = "id code cup stage city start end programmed admitted paid share open url title owner".split()
TYPES = {"start": "date", "end": "date", "programmed": "number", "admitted": "number", "paid": "number",
         "share": "integer", "open": "boolean"}


def field(name: str) -> dict[str, Any]:
    """One column of the schema."""
    rules: dict[str, Any] = {"required": True} if name in ("id", "city", "title") else {}
    if name in PATTERNS:
        rules["pattern"] = PATTERNS[name]
    if name == "stage":
        rules["enum"] = ["planned", "running", "closed"]
    if TYPES.get(name) in ("number", "integer"):
        rules["minimum"] = 0
    return {"name": name, "type": TYPES.get(name, "string"), "constraints": rules}


def row(number: int, chance: random.Random) -> list[str]:
    """An invented project, one in a hundred with a mistake."""
    def day() -> str:
        return f"20{chance.randrange(10, 30)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"

    def euro() -> str:
        return f"{chance.randrange(10**7)}.{chance.randrange(100):02}"

    cup = f"B{chance.randrange(10, 99)}G{chance.randrange(10**10, 10**11)}"
    cells = [f"r{number}", f"ZZ3.1.1.b{chance.randrange(999)}", cup, chance.choice(["planned", "running", "closed"]),
             f"Città {chance.randrange(14)}", day(), day(), euro(), euro(), "", str(chance.randrange(100)),
             chance.choice(["true", "false"]), f"https://example.org/{number}", f"Progetto inventato, {number}",
             f"o{chance.randrange(1000)}"]
    if chance.random() < 0.01:
        cells[chance.choice([1, 2, 3, 5, 7, 10, 12, 14])] = "#ERRORE"
    return cells


def make(folder: Path, count: int) -> None:
    """A package with a table of projects and one of their owners."""
    chance = random.Random(2026)  # noqa: S311 - the same invented table each time
    (folder / "owners.csv").write_bytes(csv_bytes(["owner"], [[f"o{number}"] for number in range(1000)]))
    with (folder / "projects.csv").open("wb") as file:
        for start in range(0, count, 10_000):
            rows = [row(number, chance) for number in range(start, min(start + 10_000, count))]
            data = csv_bytes(COLUMNS, rows)
            file.write(data if start == 0 else data.partition(b"\n")[2])
    key = {"fields": ["owner"], "reference": {"resource": "owners", "fields": ["owner"]}}
    schemas = {"projects": {"fields": list(map(field, COLUMNS)), "primaryKey": ["id"], "foreignKeys": [key]},
               "owners": {"fields": [field("owner")], "primaryKey": ["owner"]}}
    resources = [
        {"name": name, "type": "table", "path": f"{name}.csv", "scheme": "file", "format": "csv", "encoding": "utf-8",
         "dialect": {"delimiter": ","}, "schema": schema} for name, schema in schemas.items()
    ]
    profile = "https://datapackage.org/profiles/2.0/datapackage.json"
    about = {"$schema": profile, "name": "bench", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(about), "utf-8")


def one(engine: str, folder: Path, count: int) -> None:
    """In a process of its own: check once; print how many cells are wrong, and peak megabytes."""
    from etl.checks import schema
    from etl.meta.model import Dataset

    if engine == "duckdb":
        import duckdb

        columns = dict.fromkeys(COLUMNS, "VARCHAR")
        table = duckdb.read_csv(f"{folder}/projects.csv", columns=columns, auto_detect=False, header=True)
        wrong = len(table.filter("title IS NULL").fetchall())
    else:
        schema.ROW_LIMIT = count
        known = {item["name"]: Dataset(item["name"], item["schema"], {}, None, ())
                 for item in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
        lines: dict[str, list[int | None]] = {"projects": list(range(2, count + 2)), "owners": list(range(2, 1002))}
        check = schema.check_package if engine == "ours" else schema.judge
        wrong = sum(item.count for item in check(folder / "datapackage.json", known, lines))
    print(wrong, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(engine: str, folder: Path, count: int) -> tuple[float, int, float]:
    """(seconds, wrong cells, peak megabytes) of a whole process."""
    command = [sys.executable, __file__, "--one", engine, str(folder), str(count)]
    if engine == "polars":
        command = [str(TOOLS / "venv" / "bin" / "python"), str(Path(__file__).with_name("with_polars.py")), str(folder)]
    start = time.perf_counter()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    wrong, peak = run.stdout.split()
    return time.perf_counter() - start, int(wrong), float(peak)


def main(counts: list[int]) -> int:
    """Print a table for each number of rows, and keep the figures."""
    install()
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), count)
            found = {engine: measured(engine, Path(folder), count) for engine in ENGINES}
        print(f"{count:,} rows × {len(COLUMNS)} columns; seconds, wrong cells, peak memory of the whole process")
        for engine, (seconds, wrong, peak) in found.items():
            told = "reads only" if engine == "duckdb" else f"{wrong:,} wrong"
            print(f"{engine:14} {seconds:8.2f} s {told:>14} {peak:7.0f} MB", flush=True)
        times = found["frictionless"][0] / found["ours"][0]
        same = found["frictionless"][1] == found["ours"][1]
        print(f"{'':14} {times:.1f} × as fast as Frictionless, {'the same' if same else 'OTHER'} findings")
        note(f"check of {count:,} rows: numbers of findings other than Frictionless'", float(not same), 0)
        if count == max(counts):
            name = f"check of {count:,} rows"
            note(f"{name}: times as fast as Frictionless", times, TIMES, least=True)
            note(f"{name}: memory", found["ours"][2], MOST_MEGABYTES, unit=" MB")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main([int(word) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000]))
