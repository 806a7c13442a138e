"""What the known projects of a city were admitted for, beside the money assigned to the city."""

import pandas as pd

from etl.domain.doubts import about, listed
from etl.domain.sums import added, cells, summed

COLUMNS = ["programme", "city", "projects_listed", "projects_known", "admitted_eur", "projects_doubtful", "doubts",
           "admitted_without_doubtful_eur", "allocation_eur", "allocation_qualifier", "source_url"]
STATED = ["amount_eur", "qualifier", "source_url"]


def recipe(projects: pd.DataFrame, funding: pd.DataFrame, allocations: pd.DataFrame) -> pd.DataFrame:
    """One row per programme and city with a project; of each project the latest observation with an admitted amount.
    The allocation is the one stated for the whole city (no axis, or axes 1-5), exact before the others; "" where no
    source states it."""
    known = funding[funding["admitted_eur"] != ""].sort_values("observed_on", kind="stable")
    latest = {row["project_code"]: row for row in known.to_dict("records")}
    projects = projects.assign(place=projects["city"].where(projects["city"] != "", projects["code_city"]))
    placed = projects[(projects["place"] != "") & (projects["programme"] != "")]
    whole = allocations[(allocations["scope"] == "city") & (allocations["kind"] == "allocation")
                        & allocations["axis"].isin(["", "1-5"])].sort_values("qualifier", kind="stable")
    rows = []
    for (programme, city), group in placed.groupby(["programme", "place"], sort=True):
        found = summed("city_admitted", [latest[code] for code in group["project_code"] if code in latest], len(group),
                       added("admitted_eur"), lambda row: about(listed(row["doubts"]), "admitted"))
        stated = whole[(whole["programme"] == programme) & (whole["city"] == city)]
        first = stated.iloc[0][STATED].tolist() if len(stated) else [""] * len(STATED)
        rows.append((programme, city, *cells(found), *first))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
