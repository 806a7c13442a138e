"""Totals that a source states, beside the sum of the axes that they are made of."""

from decimal import Decimal

import pandas as pd

from etl.domain.doubts import listed
from etl.domain.sums import added, cells, summed

COLUMNS = ["programme", "city", "kind", "axes", "stated_eur", "stated_qualifier", "sum_eur", "difference_eur",
           "axes_known", "axes_listed", "axes_rounded", "axes_doubtful", "doubts", "sum_without_doubtful_eur",
           "source_url", "source_date"]
WHOLE = ("programme", "city")  # scopes of which a total can be stated; the others are parts of something else


def recipe(allocations: pd.DataFrame) -> pd.DataFrame:
    """One row per total of which every axis is known. A total without axes is the sum of all the axes of its kind."""
    rows = []
    for (programme, city, kind), group in allocations.groupby(["programme", "city", "kind"], sort=True):
        whole = group[group["scope"].isin(WHOLE)]
        single = whole[whole["axis"].str.fullmatch("[0-9]")]
        axes = {row["axis"]: row for row in single.to_dict("records")}
        for total in whole.drop(single.index).to_dict("records"):
            first, _, last = (total["axis"] or "1-5").partition("-")
            wanted = [str(axis) for axis in range(int(first), int(last) + 1)]
            if len(axes) == len(single) and set(wanted) <= set(axes):
                parts = [axes[axis] for axis in wanted]
                made = summed("allocation_sum", parts, len(parts), added("amount_eur"),
                              lambda row: listed(row["doubts"]))
                of, known, value, *odd = cells(made)
                rounded = str(sum(part["qualifier"] != "" for part in parts))
                rows.append((programme, city, kind, f"{first}-{last}", total["amount_eur"], total["qualifier"], value,
                             str(Decimal(total["amount_eur"]) - Decimal(value)), known, of, rounded, *odd,
                             total["source_url"], total["source_date"]))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
