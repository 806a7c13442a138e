"""The projects in OpenCoesione's register, each beside our project with the same CUP."""

from decimal import Decimal

import pandas as pd

from etl.domain.doubts import about, listed

ADDED = ("project_code", "known_eur", "doubts", "difference_eur")


def recipe(opencoesione: pd.DataFrame, projects: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """The table with our code, our amount, the findings about it, and the difference. Of each project the newest
    observation counts; a CUP that two of our projects share says nothing: nobody can tell which one is meant."""
    owners: dict[str, set[str]] = {}
    for row in projects.to_dict("records"):
        for cup in filter(None, row["cup"].split("|")):
            owners.setdefault(cup, set()).add(row["project_code"])
    known = {row["project_code"]: (row["admitted_eur"] or row["stated_eur"], about(listed(row["doubts"]), "admitted"))
             for row in funding.sort_values("observed_on", kind="stable").to_dict("records")
             if row["admitted_eur"] or row["stated_eur"]}
    table = opencoesione.copy()
    for name in ADDED:
        table[name] = ""
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        codes = set().union(*(owners.get(cup, set()) for cup in row["cup"].split("|")))
        if len(codes) == 1:
            code = codes.pop()
            amount, doubts = known.get(code, ("", []))
            both = amount and row["public_cost_eur"]
            difference = str(Decimal(row["public_cost_eur"]) - Decimal(amount)) if both else ""
            table.loc[line, list(ADDED)] = [code, amount, "|".join(doubts), difference]
    first = [name for name in opencoesione.columns if name not in ("source_url", "source_date")]
    return table[[*first, *ADDED, "source_url", "source_date"]]
