"""A table with a column of each type, to see what every format makes of it."""

from __future__ import annotations

from typing import Any

from etl.meta.model import Dataset
from support.catalogs import MINIATURE


def column(name: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, "title": name.capitalize(), "description": name, "title_en": f"The {name}",
            "description_en": name, **more}


SCHEMA = {"primaryKey": ["room_id"], "fields": [
    column("room_id", constraints={"required": True}), column("fee_eur", "number", kind="money"),
    column("people", "integer"), column("paid", "boolean"), column("day", "date"),
    column("starts", "time"), column("booked_at", "datetime"), column("since", "year"), column("paid_of_fee", "number"),
    column("note"),
    column("status", constraints={"enum": ["open"]},
           categories=[{"value": "open", "label": "aperta", "label_en": "open"}]),
]}
BOOKINGS = Dataset("bookings", SCHEMA, MINIATURE["rooms"].about, None, ())
