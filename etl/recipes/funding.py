"""What share of each amount has become the next one."""

from decimal import Decimal

import pandas as pd

SHARES = {
    "admitted_of_programmed": ("admitted_eur", "programmed_eur"),
    "committed_of_admitted": ("committed_eur", "admitted_eur"),
    "paid_of_admitted": ("paid_eur", "admitted_eur"),
}


def share(part: str, whole: str) -> str:
    """Four decimals; "" when an amount is not known or the whole is zero."""
    if not part or not whole or not Decimal(whole):
        return ""
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001")))


def recipe(funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project and observation. Adds the three shares after paid_eur."""
    place = list(funding.columns).index("paid_eur") + 1
    for name, (part, whole) in reversed(SHARES.items()):
        funding.insert(place, name, [share(*pair) for pair in zip(funding[part], funding[whole], strict=True)])
    return funding
