"""The Parquet file of each dataset: typed columns, codes as categories, words, licence and citation in the metadata."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from etl.exports.dictionary import about_release, citation
from etl.exports.measures import unit
from etl.exports.model import Format, is_money, tables
from etl.meta.model import Dataset, Draft, Field, Table
from etl.runtime.by_column import by_column, whole

ROW_GROUP = 100_000
FIRST_DAY = "1970-01-01"


def parquet_files(draft: Draft) -> dict[str, bytes]:
    """NAME.parquet: days, times, truth and numbers as such, money as decimals with two places, codes as categories."""
    return {f"{dataset.name}.parquet": parquet(draft, dataset, table) for dataset, table in tables(draft)}


def parquet(draft: Draft, dataset: Dataset, table: Table) -> bytes:
    """The bytes of one file; zstd, whole pages readable by column. Required columns are declared so."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [column_of(field, text) for field, text in zip(dataset.fields, texts(dataset, table), strict=True)]
    fields = [pa.field(field.name, array.type, not field.required, told(field))
              for field, array in zip(dataset.fields, arrays, strict=True)]
    schema = pa.schema(fields, metadata=notes(draft, dataset))
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd", row_group_size=ROW_GROUP)
    return out.getvalue()


def texts(dataset: Dataset, table: Table) -> Iterator[Any]:
    """The columns of a table as Arrow's texts, in pieces: one holds at most 2 GB of text."""
    import pyarrow as pa

    for column in by_column(table.rows, len(dataset.fields)).held:
        pieces = [whole(column[start:start + ROW_GROUP]).cast(pa.string())
                  for start in range(0, len(column), ROW_GROUP)]
        yield pa.chunked_array(pieces, pa.string())


def notes(draft: Draft, dataset: Dataset) -> dict[str, str]:
    """What the file says of itself: title, version, licence, address, how to cite, its Table Schema."""
    about, title = about_release(draft), dataset.about["title"]
    cite = citation(draft, title)
    return {
        "title": title["it"], "title_en": title["en"], "version": about["version"], "released": about["released_on"],
        "licence": about["licence"], "licence_url": about["licence_url"], "permanent_url": about["permanent_url"],
        "cite": cite["it"], "cite_en": cite["en"], "table_schema": json.dumps(dataset.schema, ensure_ascii=False),
    }


def told(field: Field) -> dict[str, str]:
    """What the file says of a column, in both languages."""
    about, counted = field.descriptor, unit(field)
    words = {name: about[name] for name in ("title", "title_en", "description", "description_en")}
    return {**words, **({"unit": counted["it"], "unit_en": counted["en"]} if counted["it"] else {})}


def column_of(field: Field, text: Any) -> Any:
    """One column with its type, read from the text of its cells by Arrow itself; an empty cell is null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pc.any(empty := pc.equal(text, "")).as_py():
        text = pc.if_else(empty, pa.scalar(None, pa.string()), text)
    if field.type == "boolean":
        return pc.equal(text, "true")
    if field.categories and not field.several:
        return text.dictionary_encode()
    if field.type == "time":  # Arrow reads no time of day by itself, but a moment
        text = pc.binary_join_element_wise(f"{FIRST_DAY}T", text, "").cast(pa.timestamp("s"))
    for kind in kinds(field):
        try:
            return text.cast(kind)
        except pa.ArrowInvalid:  # too large, or more than two decimals: kept as it is, rather than cut or rounded
            continue
    return text


def kinds(field: Field) -> tuple[Any, ...]:
    """The types that hold a column, the narrowest first; none for a text."""
    import pyarrow as pa

    if is_money(field):
        return pa.decimal128(18, 2), pa.float64()
    return {
        "integer": (pa.int32(), pa.int64()), "number": (pa.float64(),), "year": (pa.int16(),), "date": (pa.date32(),),
        "time": (pa.time32("s"),), "datetime": (pa.timestamp("s"),),
    }.get(field.type, ())


PARQUET = Format(
    "parquet", {"it": "Parquet", "en": "Parquet"},
    {"it": "Per chi analizza grandi tabelle con Python, R o DuckDB.",
     "en": "For analysis of large tables with Python, R or DuckDB."},
    "{name}.parquet", "application/vnd.apache.parquet", "OCTET", parquet_files, alone=True,
)
