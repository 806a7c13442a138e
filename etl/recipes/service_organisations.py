"""The offices that each service names, joined with the table of bodies by name."""

import pandas as pd

from etl.domain.bodies import NAMES, known_names, named

COLUMNS = ["service_id", "name", "organisation_id", "source_url", "source_date"]


def recipe(services: pd.DataFrame, organisations: pd.DataFrame) -> pd.DataFrame:
    """One row per service and office named; organisation_id is "" where no body has that name."""
    known = known_names(*(organisations[name] for name in NAMES))
    rows = [
        (row["service_id"], name, known.get(name, ""), row["source_url"], row["source_date"])
        for row in services.to_dict("records") for name in dict.fromkeys(named(row["office"]))
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=str)
