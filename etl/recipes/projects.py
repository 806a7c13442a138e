"""What each project code says, beside what the project's page states, and how many documents we know of it."""

import pandas as pd

from etl.domain.codes import parse_project_code


def recipe(projects: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row per project. Adds code_city, code_axis, code_action after action ("" for a local OpenCoesione code), and
    documents after page_url."""
    position = list(projects.columns).index("action") + 1
    codes = [parse_project_code(code) for code in projects["project_code"]]
    for offset, name in enumerate(("city", "axis", "action")):
        projects.insert(position + offset, f"code_{name}", [getattr(code, name) if code else "" for code in codes])
    known = documents["project_code"].value_counts()
    counts = [str(known.get(code, 0)) for code in projects["project_code"]]
    projects.insert(list(projects.columns).index("page_url") + 1, "documents", counts)
    return projects
