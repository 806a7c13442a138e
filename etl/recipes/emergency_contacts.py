"""The number to dial of each contact."""

import pandas as pd

from etl.domain.codes import phone_e164


def recipe(emergency_contacts: pd.DataFrame) -> pd.DataFrame:
    """One row per contact. Adds dial: the international form, or the digits of a short number such as 1522."""
    dialled = [phone_e164(cell) or "".join(filter(str.isdigit, cell)) for cell in emergency_contacts["phone"]]
    emergency_contacts.insert(list(emergency_contacts.columns).index("phone") + 1, "dial", dialled)
    return emergency_contacts
