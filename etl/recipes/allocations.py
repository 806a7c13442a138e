"""Amounts of which another source says something else."""

import pandas as pd

from etl.domain.doubts import differing


def recipe(allocations: pd.DataFrame, other_values: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per amount assigned. Adds doubts after qualifier: `amount_differs` or nothing."""
    others = differing(allocations, ["allocation_id"], other_values, "allocations")
    found = ["amount_differs" if "amount_eur" in others.get(key, ()) else "" for key in allocations["allocation_id"]]
    allocations.insert(list(allocations.columns).index("qualifier") + 1, "doubts", found)
    return allocations
