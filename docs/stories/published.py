"""What the stories share: a published table with its types, from a folder or the web, and how people write figures."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pandas as pd


def opened(site: str, path: str) -> bytes:
    """The bytes of a file of a site, whose address begins with http, or of its copy in a folder."""
    address = f"{site.rstrip('/')}/{path}"
    if address.startswith(("https://", "http://")):
        with urlopen(address) as answer:  # noqa: S310 - http is what it begins with
            return bytes(answer.read())
    return Path(address).read_bytes()


def table(site: str, name: str) -> pd.DataFrame:
    """A table of today's release: days are days, amounts exact decimals, codes text, empty cells missing."""
    found = pd.read_parquet(f"{site.rstrip('/')}/dati/{name}.parquet", dtype_backend="pyarrow")
    return found.astype({column: "string" for column, kind in found.dtypes.items() if "dictionary" in str(kind)})


def words(site: str, name: str, column: str) -> dict[str, str]:
    """Code -> what it means, of a column with codes."""
    fields = {field["name"]: field for field in json.loads(opened(site, f"dati/schemas/{name}.json"))["fields"]}
    codes = fields[column].get("categories") or fields[column].get("itemCategories") or []
    return {code["value"]: code["label"] for code in codes}


def italian(value: Any, digits: int = 0) -> str:
    """A number as Italians write it: 1.514.648,44."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def euro(value: Any) -> str:
    return "non si sa" if pd.isna(value) else f"{italian(Decimal(value), 2)} €"


def of(part: int, whole: int, one: str, many: str) -> str:
    """A count with what it is out of: `1 sportello su 83`."""
    return f"{italian(part)} {one if part == 1 else many} su {italian(whole)}"
