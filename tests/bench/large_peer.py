"""The script that a large table is measured against: pandas reads it, and the libraries write the formats of ours.

usage: large_peer.py CSV FOLDER. What it leaves out: every check, the order of rows, both languages' words, checksums.
"""

from __future__ import annotations

import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter


def workbook(frame: pd.DataFrame, path: Path) -> None:
    """XlsxWriter in constant memory: numbers as numbers, all else as texts."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        for place, name in enumerate(frame.columns):
            sheet.write_string(0, place, name, head)
        writers = [sheet.write_number if pd.api.types.is_numeric_dtype(frame[name]) else sheet.write_string
                   for name in frame.columns]
        for number, row in enumerate(frame.itertuples(index=False, name=None), 1):
            for place, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value == value:  # a missing number is none
                    write(number, place, value)


def database(frame: pd.DataFrame, path: Path) -> None:
    """A table of SQLite."""
    with sqlite3.connect(path) as base:
        frame.to_sql("rows", base, index=False)


def archive(folder: Path, path: Path) -> None:
    """CSV and JSON in one ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("rows.csv", "rows.json"):
            packed.write(folder / name, name)


def main(source: Path, folder: Path) -> None:
    """Read, write, and print the processor seconds of each step."""
    folder.mkdir()
    frames: list[Any] = []
    texts = {name: str for name in pd.read_csv(source, nrows=0).columns if name not in ("amount_eur", "people")}
    steps: dict[str, Callable[[], object]] = {
        "read": lambda: frames.append(pd.read_csv(source, dtype=texts)),
        "csv": lambda: frames[0].to_csv(folder / "rows.csv", index=False),
        "excel-csv": lambda: frames[0].to_csv(folder / "rows.excel.csv", index=False, sep=";", decimal=","),
        "json": lambda: frames[0].to_json(folder / "rows.json", orient="records", force_ascii=False),
        "xlsx": lambda: workbook(frames[0], folder / "rows.xlsx"),
        "xlsx-en": lambda: workbook(frames[0], folder / "rows.en.xlsx"),
        "parquet": lambda: pq.write_table(pa.Table.from_pandas(frames[0]), folder / "rows.parquet", compression="zstd"),
        "sqlite": lambda: database(frames[0], folder / "rows.sqlite"),
        "zip": lambda: archive(folder, folder / "rows.zip"),
    }
    for name, step in steps.items():
        start = time.process_time()
        step()
        print(f"{name:10} {time.process_time() - start:6.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
