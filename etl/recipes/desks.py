"""The municipality's name and the international form of the phones of each desk."""

import pandas as pd

from etl.domain.codes import phone_e164


def recipe(desks: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """One row per desk. Adds municipality after istat_code and phone_e164 (a `|` list like phone) after phone."""
    names = dict(zip(municipalities["istat_code"], municipalities["name"], strict=True))
    columns = list(desks.columns)
    desks.insert(columns.index("istat_code") + 1, "municipality", [names.get(code, "") for code in desks["istat_code"]])
    phones = ["|".join(phone_e164(number) for number in cell.split("|")) if cell else "" for cell in desks["phone"]]
    desks.insert(list(desks.columns).index("phone") + 1, "phone_e164", phones)
    return desks
