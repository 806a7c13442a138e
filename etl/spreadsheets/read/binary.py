"""Excel's binary workbooks, .xls and .xlsb -> sheets of cells; refused where calamine would leave something out."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from etl.spreadsheets.read.archive import RefusedFileError, members
from etl.spreadsheets.read.calamine import read_calamine
from etl.spreadsheets.read.grid import too_many
from etl.spreadsheets.read.model import Book

WEIGH = Path(__file__).with_name("weigh.py")
SECONDS = 60
ERRORS, MERGED = "celle con un errore, come #RIF! / cells with an error, such as #REF!", "celle unite / merged cells"
CODE = rb"[\x00\x07\x0f\x17\x1d\x24]"  # every error but #N/A, which means what an empty cell means
XLS = re.compile(rb"\x05\x02\x08\x00.{6}" + CODE + rb"\x01|\x06\x00.{8}\x02." + CODE + rb"...\xff\xff", re.DOTALL)
"""Records of a cell that is an error and of a formula that gives one: kind, length, place and style, what it is."""
XLSB, AREA = (3, 11), 176
"""The same in an .xlsb, and the record of a merged area, by their kinds."""


def read_binary(name: str, kind: Literal["xls", "xlsb"], data: bytes) -> Book:
    """Every sheet of a workbook; raises RefusedFileError."""
    weigh(kind, data)
    if kind == "xls" and XLS.search(data):
        raise RefusedFileError("file-unsure", ERRORS)
    for part in members(data, "xl/worksheets/", ".bin") if kind == "xlsb" else ():
        for record, body in records(part):
            if record == AREA or (record in XLSB and re.match(CODE, body[8:9])):
                raise RefusedFileError("file-unsure", MERGED if record == AREA else ERRORS)
    return read_calamine(name, kind, data)


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of what follows each other in a part of an .xlsb; both numbers before it may take some bytes."""
    at = 0
    while at < len(part):
        numbers = []
        for _ in range(2):
            number = shift = 0
            while True:
                number |= (part[at] & 127) << shift
                at, shift = at + 1, shift + 7
                if part[at - 1] < 128:
                    break
            numbers.append(number)
        kind, size = numbers
        yield kind, part[at : at + size]
        at += size


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
