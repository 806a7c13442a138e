"""The four stages of money, one row each, with their share of what was admitted."""

from decimal import Decimal

import pandas as pd

from etl.domain.codes import full_date
from etl.domain.doubts import STAGES, about, listed

COLUMNS = ["project_code", "observed_on", "stage", "amount_eur", "share_of_admitted", "share_of_time_elapsed",
           "doubts", "source_url", "source_date"]


def share(part: Decimal, whole: Decimal) -> str:
    return str((part / whole).quantize(Decimal("0.0001"))) if whole else ""


def recipe(projects: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project, observation and stage with a known amount. Shares have four decimals; the share of time
    elapsed is known only where the observation and both ends of the project are whole dates. doubts: the findings
    about this amount."""
    ends = {row["project_code"]: (full_date(row["start_date"]), full_date(row["end_date"]))
            for row in projects.to_dict("records")}
    rows = []
    for row in funding.to_dict("records"):
        start, end = ends.get(row["project_code"], (None, None))
        observed = full_date(row["observed_on"])
        elapsed = ""
        if observed and start and end:
            elapsed = share(Decimal((observed - start).days), Decimal((end - start).days))
        admitted, found = row["admitted_eur"], listed(row["doubts"])
        for stage in STAGES:
            amount = row[f"{stage}_eur"]
            if amount:
                of_admitted = share(Decimal(amount), Decimal(admitted)) if admitted else ""
                rows.append((row["project_code"], row["observed_on"], stage, amount, of_admitted, elapsed,
                             "|".join(about(found, stage)), row["source_url"], row["source_date"]))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
