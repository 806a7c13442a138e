"""The four stages of money, one row each, with their share of what was admitted."""

from decimal import Decimal

import pandas as pd

from etl.domain.codes import full_date

STAGES = ("programmed", "admitted", "committed", "paid")
COLUMNS = ["project_code", "observed_on", "stage", "amount_eur", "share_of_admitted", "share_of_time_elapsed",
           "source_url", "source_date"]


def share(part: Decimal, whole: Decimal) -> str:
    return str((part / whole).quantize(Decimal("0.0001"))) if whole else ""


def recipe(projects: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project, observation and stage with a known amount. Shares have four decimals; the share of time
    elapsed is known only where the observation and both ends of the project are whole dates."""
    ends = {row["project_code"]: (full_date(row["start_date"]), full_date(row["end_date"]))
            for row in projects.to_dict("records")}
    rows = []
    for row in funding.to_dict("records"):
        start, end = ends.get(row["project_code"], (None, None))
        observed = full_date(row["observed_on"])
        elapsed = ""
        if observed and start and end:
            elapsed = share(Decimal((observed - start).days), Decimal((end - start).days))
        admitted = row["admitted_eur"]
        for stage in STAGES:
            amount = row[f"{stage}_eur"]
            if amount:
                of_admitted = share(Decimal(amount), Decimal(admitted)) if admitted else ""
                rows.append((row["project_code"], row["observed_on"], stage, amount, of_admitted, elapsed,
                             row["source_url"], row["source_date"]))
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
