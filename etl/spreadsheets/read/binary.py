"""Excel's binary workbooks, .xls and .xlsb -> sheets: values by calamine, what it leaves out by their records."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Literal

from etl.spreadsheets.read.archive import RefusedFileError, opened
from etl.spreadsheets.read.biff import looks_of_xls
from etl.spreadsheets.read.calamine import read_calamine
from etl.spreadsheets.read.grid import too_many
from etl.spreadsheets.read.model import Book
from etl.spreadsheets.read.xlsb import looks_of_xlsb

WEIGH = Path(__file__).with_name("weigh.py")
SECONDS = 60


def read_binary(name: str, kind: Literal["xls", "xlsb"], data: bytes) -> Book:
    """Every sheet of a workbook; raises RefusedFileError."""
    weigh(kind, data)
    if kind == "xls":
        return read_calamine(name, kind, data, looks_of_xls(data))
    with opened(data) as archive:
        return read_calamine(name, kind, data, looks_of_xlsb(archive))


def weigh(kind: str, data: bytes) -> None:
    """Have the file opened beside this process first, within limits of memory and time."""
    try:
        run = subprocess.run([sys.executable, "-P", WEIGH], input=data, capture_output=True,  # noqa: S603 - our own
                             timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise RefusedFileError("file-broken", f"> {SECONDS} s") from error
    if run.returncode == 1:
        raise RefusedFileError("file-broken" if data.startswith(b"PK") else "file-locked", "XLSB")
    if run.returncode:
        raise too_many(kind.upper())
