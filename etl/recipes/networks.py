"""The municipality that leads a network, by its code."""

import pandas as pd


def recipe(networks: pd.DataFrame, municipalities: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per network. Adds lead_istat_code after lead: "" where the lead is no municipality of the area."""
    known = [] if municipalities is None else zip(municipalities["name"], municipalities["istat_code"], strict=True)
    codes = dict(known)
    networks.insert(list(networks.columns).index("lead") + 1, "lead_istat_code",
                    [codes.get(lead, "") for lead in networks["lead"]])
    return networks
