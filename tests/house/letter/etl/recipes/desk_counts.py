"""How many desks each municipality has."""

import pandas as pd


def recipe(desks: pd.DataFrame) -> pd.DataFrame:
    """One row per municipality with a desk."""
    return desks.groupby("istat_code").size().rename("desks").reset_index().astype(str)
