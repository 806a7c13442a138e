"""Totals that a source states, beside the sum of the axes that they are made of."""

from decimal import Decimal

import pandas as pd

COLUMNS = ["programme", "city", "kind", "axes", "stated_eur", "sum_eur", "difference_eur", "source_url", "source_date"]
WHOLE = ("programme", "city")  # scopes of which a total can be stated; the others are parts of something else


def recipe(allocations: pd.DataFrame) -> pd.DataFrame:
    """One row per total of which every axis is known. A total without axes is the sum of all the axes of its kind."""
    rows = []
    for (programme, city, kind), group in allocations.groupby(["programme", "city", "kind"], sort=True):
        whole = group[group["scope"].isin(WHOLE)]
        single = whole[whole["axis"].str.fullmatch("[0-9]")]
        amounts = dict(zip(single["axis"], single["amount_eur"], strict=True))
        for total in whole.drop(single.index).to_dict("records"):
            first, _, last = (total["axis"] or "1-5").partition("-")
            wanted = [str(axis) for axis in range(int(first), int(last) + 1)]
            if len(amounts) == len(single) and set(wanted) <= set(amounts):
                made = sum((Decimal(amounts[axis]) for axis in wanted), Decimal("0.00"))
                difference = Decimal(total["amount_eur"]) - made
                rows.append((programme, city, kind, f"{first}-{last}", total["amount_eur"], str(made), str(difference),
                             total["source_url"], total["source_date"]))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
