"""Part of `make bench`: processor seconds and peak memory of each format for 100,000 and 1,000,000 rows, beside pandas'
writers.

Use: python tests/bench/formats.py [ROWS …]. Every writer runs in a process of its own on the same invented table of
projects; only ratios within one run are to be compared with another run. Peak memory holds what the table was made of,
about 1 kB a row as Python texts.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from results import note

from etl.exports import FORMATS
from etl.exports.datapackage import DESCRIPTOR
from etl.meta.catalog import load_catalog
from etl.meta.model import Draft, Table
from etl.meta.view import as_json
from etl.releases.printed import package_of
from etl.runtime.by_column import by_column

ROOT = Path(__file__).parents[2]
NAME = "projects"
ABOUT = {"name": "bench", "title": {"it": "Prova", "en": "Trial"},
         "description": {"it": "Inventata.", "en": "Invented."}}
TIMES = 1.5
MEGABYTE = 1024 if sys.platform != "darwin" else 1024**2
PANDAS: dict[str, tuple[str, str]] = {
    "csv": ("to_csv", "pandas.to_csv"), "json": ("to_json", "pandas.to_json"), "xlsx": ("to_excel", "pandas.to_excel"),
    "parquet": ("to_parquet", "pandas.to_parquet"), "sqlite": ("to_sql", "pandas.to_sql"),
}
"""Our format -> the writer of pandas that makes the same kind of file."""


def table(count: int) -> Draft:
    """A draft with `count` invented projects: codes, texts, dates and numbers as in the real table."""
    rng = random.Random(2026)  # noqa: S311 - the same invented table each time
    dataset = load_catalog(ROOT)[NAME]
    kinds = [(field.name, field.type, field.kind, field.descriptor.get("constraints", {}).get("enum"))
             for field in dataset.fields]
    words = [f"Progetto inventato «{number}», con virgola" for number in range(997)]
    rows = []
    for number in range(count):
        row = []
        for name, kind, more, codes in kinds:
            if name == "project_code":
                row.append(f"ZZ3.1.1.b{number:07}")
            elif codes:
                row.append(str(rng.choice(codes)))
            elif kind == "integer":
                row.append(str(rng.randrange(10)))
            elif kind == "number":
                row.append(f"{rng.randrange(10**7)}.{rng.randrange(100):02}")
            elif kind == "date" or more == "partial-date":
                row.append(f"20{rng.randrange(10, 30)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}")
            elif more == "url":
                row.append(f"https://example.org/{number}")
            else:
                row.append(words[rng.randrange(len(words))])
        rows.append(row)
    held = by_column(rows, len(dataset.columns))  # as a build hands its tables on
    draft = Draft(ABOUT, {NAME: dataset}, {NAME: Table(held, [None] * count)}, [], date(2026, 11, 25))
    package = package_of(replace(draft, files={f"{NAME}.csv": b""}), None)
    return replace(draft, package=package, files={DESCRIPTOR: as_json(package, 2)})


def ours(name: str, draft: Draft) -> Callable[[], int]:
    """A function that writes one of our formats and gives the bytes."""
    form = next(form for form in FORMATS if form.name == name)
    if name == "zip":  # it packs what is made already
        made = {path: data for kept in FORMATS if kept.kept for path, data in kept.write(draft).items()}
        draft = replace(draft, files={**draft.files, **made})
    return lambda: sum(map(len, form.write(draft).values()))


def pandas_writer(name: str, draft: Draft) -> Callable[[], int]:
    """The same with pandas, from a frame with types, into a file."""
    import sqlite3
    import tempfile

    import pandas as pd

    dataset = draft.datasets[NAME]
    frame = pd.DataFrame(draft.tables[NAME].rows, columns=dataset.columns)
    for field in dataset.fields:
        if field.type in ("integer", "number"):
            frame[field.name] = pd.to_numeric(frame[field.name])
    folder = Path(tempfile.mkdtemp())
    path = folder / f"out.{name}"

    def write() -> int:
        if name == "sqlite":
            with sqlite3.connect(path) as database:
                frame.to_sql(NAME, database, index=False)
        else:
            options: dict[str, Any] = {"csv": {"index": False}, "json": {"orient": "records"},
                                       "xlsx": {"index": False, "engine": "xlsxwriter"}, "parquet": {}}[name]
            getattr(frame, PANDAS[name][0])(path, **options)
        size = path.stat().st_size
        path.unlink()
        folder.rmdir()
        return size

    return write


def spent() -> float:
    """Processor seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def one(maker: str, name: str, count: int) -> None:
    """In a process of its own: write once; print processor seconds, bytes and peak megabytes."""
    draft = table(count)
    write = (ours if maker == "ours" else pandas_writer)(name, draft)
    start = spent()
    size = write()
    print(spent() - start, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)


def measured(maker: str, name: str, count: int) -> tuple[float, float, float]:
    """(seconds, megabytes of file, peak megabytes)."""
    run = subprocess.run([sys.executable, __file__, "--one", maker, name, str(count)], cwd=ROOT, capture_output=True,
                         text=True, check=True)
    seconds, size, peak = map(float, run.stdout.split())
    return seconds, size / 1e6, peak


def main(counts: list[int]) -> None:
    """Print a table for each number of rows."""
    for count in counts:
        print(f"{count:,} rows × {len(load_catalog(ROOT)[NAME].columns)} columns; seconds, file, peak memory")
        for form in FORMATS:
            if not form.path and form.name not in ("sqlite", "zip"):
                continue
            seconds, size, peak = measured("ours", form.name, count)
            if not size:
                print(f"{form.name:10} no file: the table has nothing for it, or does not fit")
                continue
            line = f"{form.name:10} {seconds:8.2f} s {size:8.1f} MB {peak:7.0f} MB"
            if form.name in PANDAS:
                other, other_size, other_peak = measured("pandas", form.name, count)
                line += (f"   {PANDAS[form.name][1]:18} {other:8.2f} s {other_size:8.1f} MB {other_peak:7.0f} MB"
                         f"   ours / pandas = {seconds / other:.2f}")
                note(f"{form.name} of {count:,} rows: processor time / {PANDAS[form.name][1]}", seconds / other, TIMES)
            print(line, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
