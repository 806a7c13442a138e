"""The projects of 2021-2027 as article 49(3) of Reg. (EU) 2021/1060 lists operations; what no source says is empty."""

import pandas as pd

COLUMNS = ["codice_operazione", "beneficiario", "contraente", "operazione", "scopo_risultati", "data_inizio",
           "data_fine", "costo_totale", "fondo", "obiettivo_specifico", "tasso_ue", "localizzazione", "lat", "lon",
           "paese", "sede_beneficiario", "tipo_intervento", "ammesso", "cup", "impegnato", "pagato", "avanzamento",
           "ultimo_aggiornamento", "fonte_url", "fonte_data"]
NAMES = {"project_code": "codice_operazione", "beneficiary": "beneficiario", "title": "operazione", "fund": "fondo",
         "summary": "scopo_risultati", "start_date": "data_inizio", "end_date": "data_fine", "place": "localizzazione",
         "admitted_eur": "ammesso", "committed_eur": "impegnato", "paid_eur": "pagato",
         "paid_of_admitted": "avanzamento", "source_url": "fonte_url", "source_date": "fonte_data"}


def recipe(projects: pd.DataFrame, project_texts: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project of a programme of 2021-2027, with the newest observation of its money."""
    table = projects[projects["programme"].str.endswith("2021-2027")].copy()
    table["place"] = table["city"].where(table["city"] != "", table["code_city"])
    texts = project_texts[project_texts["language"] == "it"][["project_code", "title", "summary"]]
    newest = funding.sort_values("observed_on", kind="stable").drop_duplicates("project_code", keep="last")
    money = newest[["project_code", "admitted_eur", "committed_eur", "paid_eur", "paid_of_admitted"]]
    table = table.merge(texts, on="project_code", how="left").merge(money, on="project_code", how="left").fillna("")
    table = table.rename(columns=NAMES).assign(paese="IT")
    return table.reindex(columns=COLUMNS, fill_value="")
