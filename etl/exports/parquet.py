"""The Parquet file of each dataset: typed columns, texts in dictionaries, the schema's words in the metadata."""

from __future__ import annotations

import io
import json
from typing import Any

from etl.exports.model import Format, is_money, tables
from etl.meta.model import Dataset, Draft, Field, Table

KINDS = {"integer": "int64", "number": "float64", "boolean": "bool"}
ROW_GROUP = 100_000


def parquet_files(draft: Draft) -> dict[str, bytes]:
    """NAME.parquet: money as decimals with two places, other numbers as they are typed, everything else as text."""
    return {f"{dataset.name}.parquet": parquet(draft, dataset, table) for dataset, table in tables(draft)}


def parquet(draft: Draft, dataset: Dataset, table: Table) -> bytes:
    """The bytes of one file; zstd, whole pages readable by column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*table.rows, strict=True)) or [()] * len(dataset.columns)
    arrays = [column_of(field, values) for field, values in zip(dataset.fields, columns, strict=True)]
    notes = {"title": dataset.about["title"]["it"], "licence": draft.package["licenses"][0]["path"],
             "version": draft.package["version"], "table_schema": json.dumps(dataset.schema, ensure_ascii=False)}
    schema = pa.schema([pa.field(field.name, array.type) for field, array in zip(dataset.fields, arrays, strict=True)],
                       metadata=notes)
    out = io.BytesIO()
    texts = [field.name for field in dataset.fields if field.type not in KINDS]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd", row_group_size=ROW_GROUP,
                   use_dictionary=texts)
    return out.getvalue()


def column_of(field: Field, values: Any) -> Any:
    """One column with its type, read from the text of its cells by Arrow itself; an empty cell is null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.array(values, pa.string())
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    if field.type == "boolean":
        return pc.equal(text, "true")
    if is_money(field):
        try:
            return text.cast(pa.decimal128(18, 2))
        except pa.ArrowInvalid:  # more than two decimals: kept as they are, rather than rounded
            return text.cast(pa.float64())
    return text.cast(KINDS[field.type]) if field.type in KINDS else text


PARQUET = Format(
    "parquet", {"it": "Parquet", "en": "Parquet"},
    {"it": "Per chi analizza grandi tabelle con Python, R o DuckDB.",
     "en": "For analysis of large tables with Python, R or DuckDB."},
    "{name}.parquet", "application/vnd.apache.parquet", "", parquet_files,
)
