"""The header of a table: the columns of the publisher, or what is wrong."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from etl.meta.errors import InvalidDataError
from etl.national.recipe import columns


def check_header(source: object, line: bytes) -> None:
    """Refuse a file whose first line names other columns, or in another order, and say which."""
    try:
        header = next(csv.reader([line.decode("utf-8-sig")], delimiter=";"), [])
    except UnicodeDecodeError as error:
        raise InvalidDataError(f"{source}: not UTF-8. Save it as UTF-8 and try again.") from error
    if header != columns():
        raise InvalidDataError(f"{source}: {unlike(header)} Columns have to be in the order of the publisher.")


def check_columns(source: object, names: Sequence[str]) -> None:
    """Refuse a Parquet file with other columns, and say which; their order means nothing there."""
    if sorted(names) != sorted(columns()):
        raise InvalidDataError(f"{source}: {unlike(names)}")


def unlike(header: Sequence[str]) -> str:
    """What is wrong with a header."""
    lacking, other = sorted(set(columns()) - set(header)), sorted(set(header) - set(columns()))
    return (f"the header is not that of OpenCoesione's extended file. Missing: {', '.join(lacking[:5]) or '-'}. "
            f"Not known: {', '.join(other[:5]) or '-'}.")
