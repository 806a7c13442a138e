"""What each project code says beside what its page states, its beneficiary's identifier, its documents counted."""

import pandas as pd

from etl.domain.bodies import NAMES, known_names
from etl.domain.codes import parse_project_code


def recipe(
    projects: pd.DataFrame, documents: pd.DataFrame, organisations: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per project. Adds code_city, code_axis, code_action after action ("" for a local OpenCoesione code),
    beneficiary_id after beneficiary ("" where no body has that name) and documents after page_url."""
    position = list(projects.columns).index("action") + 1
    codes = [parse_project_code(code) for code in projects["project_code"]]
    for offset, name in enumerate(("city", "axis", "action")):
        projects.insert(position + offset, f"code_{name}", [getattr(code, name) if code else "" for code in codes])
    bodies = {} if organisations is None else known_names(*(organisations[name] for name in NAMES))
    projects.insert(list(projects.columns).index("beneficiary") + 1, "beneficiary_id",
                    [bodies.get(name, "") for name in projects["beneficiary"]])
    known = documents["project_code"].value_counts()
    counts = [str(known.get(code, 0)) for code in projects["project_code"]]
    projects.insert(list(projects.columns).index("page_url") + 1, "documents", counts)
    return projects
