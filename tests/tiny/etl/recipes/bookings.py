"""Fee with 22 % tax, to the cent."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd


def recipe(bookings: pd.DataFrame) -> pd.DataFrame:
    """One row per booking; adds fee_with_tax_eur after fee_eur."""
    taxed = bookings["fee_eur"].map(
        lambda fee: str((Decimal(fee) * Decimal("1.22")).quantize(Decimal("0.01"), ROUND_HALF_UP)) if fee else ""
    )
    bookings.insert(3, "fee_with_tax_eur", taxed)
    return bookings
