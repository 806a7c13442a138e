"""The municipality's name, the international form of the phones, and until when what is known of a desk is recent."""

import pandas as pd

from etl.domain.codes import phone_e164
from etl.domain.inference import recent_until


def recipe(desks: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """One row per desk. Adds municipality, phone_e164 (a `|` list like phone) and recent_until, a day."""
    names = dict(zip(municipalities["istat_code"], municipalities["name"], strict=True))
    columns = list(desks.columns)
    desks.insert(columns.index("istat_code") + 1, "municipality", [names.get(code, "") for code in desks["istat_code"]])
    phones = ["|".join(phone_e164(number) for number in cell.split("|")) if cell else "" for cell in desks["phone"]]
    desks.insert(list(desks.columns).index("phone") + 1, "phone_e164", phones)
    ends = [recent_until(fact or source) for fact, source in zip(desks["fact_date"], desks["source_date"], strict=True)]
    desks.insert(list(desks.columns).index("fact_date") + 1, "recent_until", [str(end or "") for end in ends])
    return desks
