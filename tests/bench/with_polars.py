"""The same rules as the schema of validation.py, written by hand for Polars. usage: with_polars.py FOLDER

Run with the Python of the bench's own environment; prints how many cells are wrong, and peak megabytes.
"""

from __future__ import annotations

import resource
import sys

import polars as pl

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
RULES = {
    "id": pl.col("id") != "", "city": pl.col("city") != "", "title": pl.col("title") != "",
    "code": pl.col("code").str.contains(r"^[A-Z]{2}[0-9]\.[0-9]\.[0-9]\.[a-z][0-9]+$"),
    "cup": pl.col("cup").str.contains(r"^[A-Z][0-9]{2}[A-Z][0-9]{11}$"),
    "url": pl.col("url").str.contains(r"^https?://.+$"),
    "stage": pl.col("stage").is_in(["planned", "running", "closed"]),
    "open": pl.col("open").is_in(["true", "false"]),
    **{name: pl.col(name).str.contains(DAY) & pl.col(name).str.to_date(strict=False).is_not_null()
       for name in ("start", "end")},
    **{name: pl.col(name).str.contains(NUMBER) & (pl.col(name).cast(pl.Float64, strict=False) >= 0)
       for name in ("programmed", "admitted", "paid")},
    "share": pl.col("share").str.contains("^-?[0-9]+$") & (pl.col("share").cast(pl.Int64, strict=False) >= 0),
}
EMPTY_IS_RIGHT = set(RULES) - {"id", "city", "title"}

folder = sys.argv[1]
table = pl.scan_csv(f"{folder}/projects.csv", infer_schema=False).with_columns(pl.all().fill_null(""))
owners = pl.read_csv(f"{folder}/owners.csv", infer_schema=False)["owner"].to_list()
wrong = [
    (~(rule | (pl.col(name) == "")) if name in EMPTY_IS_RIGHT else ~rule).sum().alias(name)
    for name, rule in RULES.items()
]
wrong += [(~pl.col("owner").is_in([*owners, ""])).sum().alias("owner"), pl.col("id").is_duplicated().sum().alias("key")]
found = table.select(wrong).collect(engine="streaming")
print(sum(found.row(0)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
