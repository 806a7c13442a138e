"""The list of operations that EU law asks of each programme: its columns differ by period, the facts do not."""

import pandas as pd

NAMES = {"project_code": "codice_operazione", "beneficiary": "beneficiario", "title": "operazione",
         "start_date": "data_inizio", "end_date": "data_fine", "committed_eur": "impegnato", "paid_eur": "pagato",
         "paid_of_admitted": "avanzamento", "doubts": "avvisi", "source_url": "fonte_url", "source_date": "fonte_data"}
MONEY = ["project_code", "admitted_eur", "committed_eur", "paid_eur", "paid_of_admitted", "doubts"]


def operations(
    period: str, names: dict[str, str], columns: list[str],
    projects: pd.DataFrame, project_texts: pd.DataFrame, funding: pd.DataFrame,
) -> pd.DataFrame:
    """One row per project of a programme of the period, with the newest observation of its money.

    names: our column -> that of the list, beside those that every period has. columns: of the list, in its order.
    """
    table = projects[projects["programme"].str.endswith(period)].copy()
    table["place"] = table["city"].where(table["city"] != "", table["code_city"])
    texts = project_texts[project_texts["language"] == "it"][["project_code", "title", "summary"]]
    money = funding.sort_values("observed_on", kind="stable").drop_duplicates("project_code", keep="last")[MONEY]
    table = table.merge(texts, on="project_code", how="left").merge(money, on="project_code", how="left").fillna("")
    return table.rename(columns=NAMES | names).assign(paese="IT").reindex(columns=columns, fill_value="")
