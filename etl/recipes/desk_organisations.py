"""The bodies that each desk names, joined with the table of bodies by name."""

import pandas as pd

from etl.domain.bodies import NAMES, known_names, named

COLUMNS = ["desk_id", "role", "name", "organisation_id", "source_url", "source_date"]


def recipe(desks: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """One row per desk, role and body named; organisation_id is "" where no body has that name."""
    known = known_names(*(organisations[name] for name in NAMES))
    rows = [
        (row["desk_id"], role, name, known.get(name, ""), row["source_url"], row["source_date"])
        for row in desks.to_dict("records") for role in ("organisation", "manager")
        for name in dict.fromkeys(named(row[role]))
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
