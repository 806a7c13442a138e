"""What national.py is compared with: a few lines of DuckDB that read the same file and write the same Parquet in parts.

usage: plain_duckdb.py FILE FOLDER. No row is checked: a wrong cell becomes an empty one, and nobody is told.
"""

from __future__ import annotations

import sys

import duckdb

from etl.national import recipe


def cell(name: str, kind: str) -> str:
    """A column with its type."""
    return {
        "amount": f"TRY_CAST(replace(\"{name}\", ',', '.') AS DECIMAL(18, 2)) AS \"{name}\"",
        "day": f"CAST(try_strptime(\"{name}\", '%Y%m%d') AS DATE) AS \"{name}\"",
    }.get(kind, f'"{name}"')


def main(source: str, folder: str) -> None:
    """Read and write."""
    cells = ", ".join(cell(field["name"], field.get("kind", "")) for field in recipe.schema()["fields"])
    base = duckdb.connect(config={"preserve_insertion_order": False})
    base.read_csv(source, delimiter=";", header=True, all_varchar=True).create_view("file")
    base.execute(f"COPY (SELECT {cells}, COD_REGIONE AS area FROM file) TO '{folder}' "  # noqa: S608 - our own names
                 "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (area))")


if __name__ == "__main__":
    main(*sys.argv[1:3])
