"""The projects of 2014-2020 as annex XII of Reg. (EU) 1303/2013 lists operations; what no source says is empty."""

import pandas as pd

COLUMNS = ["codice_operazione", "beneficiario", "operazione", "sintesi", "data_inizio", "data_fine",
           "spesa_ammissibile", "tasso_ue", "cap", "paese", "categoria_intervento", "cup", "impegnato", "pagato",
           "avanzamento", "ultimo_aggiornamento", "fonte_url", "fonte_data"]
NAMES = {"project_code": "codice_operazione", "beneficiary": "beneficiario", "title": "operazione",
         "summary": "sintesi", "start_date": "data_inizio", "end_date": "data_fine", "place": "cap",
         "admitted_eur": "spesa_ammissibile", "committed_eur": "impegnato", "paid_eur": "pagato",
         "paid_of_admitted": "avanzamento", "source_url": "fonte_url", "source_date": "fonte_data"}


def recipe(projects: pd.DataFrame, project_texts: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project of a programme of 2014-2020, with the newest observation of its money."""
    table = projects[projects["programme"].str.endswith("2014-2020")].copy()
    table["place"] = table["city"].where(table["city"] != "", table["code_city"])
    texts = project_texts[project_texts["language"] == "it"][["project_code", "title", "summary"]]
    newest = funding.sort_values("observed_on", kind="stable").drop_duplicates("project_code", keep="last")
    money = newest[["project_code", "admitted_eur", "committed_eur", "paid_eur", "paid_of_admitted"]]
    table = table.merge(texts, on="project_code", how="left").merge(money, on="project_code", how="left").fillna("")
    table = table.rename(columns=NAMES).assign(paese="IT")
    return table.reindex(columns=COLUMNS, fill_value="")
