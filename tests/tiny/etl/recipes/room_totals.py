"""Bookings and fees of each room."""

from decimal import Decimal

import pandas as pd


def recipe(rooms: pd.DataFrame, bookings: pd.DataFrame) -> pd.DataFrame:
    """One row per room, with zero bookings where there are none."""
    rows = []
    for room in rooms["room_id"]:
        fees = bookings.loc[bookings["room_id"] == room, "fee_eur"]
        known = [Decimal(fee) for fee in fees if fee]
        rows.append((room, str(len(fees)), str(sum(known, Decimal("0.00"))) if known else ""))
    return pd.DataFrame(rows, columns=["room_id", "bookings", "fees_eur"], dtype=str)
