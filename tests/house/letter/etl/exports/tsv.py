"""Tab-separated values."""

from etl.exports.model import Format, tables
from etl.meta.model import Draft


def tsv_files(draft: Draft) -> dict[str, bytes]:
    """NAME.tsv of each dataset."""
    return {
        f"{dataset.name}.tsv": "".join("\t".join(row) + "\n" for row in [dataset.columns, *table.rows]).encode()
        for dataset, table in tables(draft)
    }


TSV = Format("tsv", {"it": "TSV", "en": "TSV"}, {"it": "Con tabulazioni.", "en": "With tabs."},
             "{name}.tsv", "text/tab-separated-values", "TSV", tsv_files)
