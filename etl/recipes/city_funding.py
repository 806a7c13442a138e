"""What the known projects of a city were admitted for, beside the money assigned to the city."""

from decimal import Decimal

import pandas as pd

COLUMNS = ["programme", "city", "projects", "admitted_eur", "allocation_eur", "source_url"]


def recipe(projects: pd.DataFrame, funding: pd.DataFrame, allocations: pd.DataFrame) -> pd.DataFrame:
    """One row per programme and city with an admitted amount; of each project the latest observation that has one.
    The allocation is the one stated for the whole city (no axis, or axes 1-5), exact before approximate; "" where
    no source states it."""
    table = funding.merge(projects, on="project_code", suffixes=("", "_project"))
    table["place"] = table["city"].where(table["city"] != "", table["code_city"])
    table = table[(table["admitted_eur"] != "") & (table["place"] != "") & (table["programme"] != "")]
    table = table.sort_values("observed_on", kind="stable").drop_duplicates("project_code", keep="last")
    whole = allocations[(allocations["scope"] == "city") & (allocations["kind"] == "allocation")
                        & allocations["axis"].isin(["", "1-5"])].sort_values("approximate", kind="stable")
    rows = []
    for (programme, city), group in table.groupby(["programme", "place"], sort=True):
        stated = whole[(whole["programme"] == programme) & (whole["city"] == city)]
        amount, source = (stated.iloc[0]["amount_eur"], stated.iloc[0]["source_url"]) if len(stated) else ("", "")
        admitted = sum((Decimal(value) for value in group["admitted_eur"]), Decimal("0.00"))
        rows.append((programme, city, str(len(group)), str(admitted), amount, source))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
