"""Amounts of which another source says something else, and their axes as numbers."""

import pandas as pd

from etl.domain.doubts import differing


def recipe(allocations: pd.DataFrame, other_values: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per amount assigned. Adds axis_first and axis_last after axis ("1-5" is 1 and 5), and doubts after
    qualifier: `amount_differs` or nothing."""
    position = list(allocations.columns).index("axis") + 1
    for offset, name in enumerate(("axis_first", "axis_last")):
        allocations.insert(position + offset, name, [axis.split("-")[-offset] for axis in allocations["axis"]])
    others = differing(allocations, ["allocation_id"], other_values, "allocations")
    found = ["amount_differs" if "amount_eur" in others.get(key, ()) else "" for key in allocations["allocation_id"]]
    allocations.insert(list(allocations.columns).index("qualifier") + 1, "doubts", found)
    return allocations
