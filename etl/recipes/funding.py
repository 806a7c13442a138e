"""What share of each amount has become the next one, and what is odd about the amounts."""

from decimal import Decimal

import pandas as pd

from etl.domain.doubts import STAGES, differing, doubts

KEY = ["project_code", "observed_on"]
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


def recipe(funding: pd.DataFrame, other_values: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per project and observation. Adds the three shares after paid_eur, and behind them the findings about
    the amounts (a `|` list of etl/domain/doubts.py), those of other sources with them."""
    place = list(funding.columns).index("paid_eur") + 1
    others = differing(funding, KEY, other_values, "funding")
    found = []
    for row in funding.to_dict("records"):
        amounts = {stage: Decimal(row[f"{stage}_eur"]) if row[f"{stage}_eur"] else None for stage in STAGES}
        unlike = {name.removesuffix("_eur") for name in others.get(f"{row[KEY[0]]}|{row[KEY[1]]}", ())}
        found.append("|".join(doubts(amounts, unlike.intersection(STAGES))))
    funding.insert(place, "doubts", found)
    for name, (part, whole) in reversed(SHARES.items()):
        funding.insert(place, name, [share(*pair) for pair in zip(funding[part], funding[whole], strict=True)])
    return funding
