"""What each project code says, beside what the project's page states."""

import pandas as pd

from etl.normalise import parse_project_code


def recipe(projects: pd.DataFrame) -> pd.DataFrame:
    """One row per project. Adds code_city, code_axis, code_action after action; "" for a local OpenCoesione code."""
    position = list(projects.columns).index("action") + 1
    codes = [parse_project_code(code) for code in projects["project_code"]]
    for offset, name in enumerate(("city", "axis", "action")):
        projects.insert(position + offset, f"code_{name}", [getattr(code, name) if code else "" for code in codes])
    return projects
