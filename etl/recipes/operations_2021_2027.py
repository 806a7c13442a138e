"""The projects of 2021-2027 as article 49(3) of Reg. (EU) 2021/1060 lists operations; what no source says is empty."""

import pandas as pd

from etl.domain.operations import operations

COLUMNS = ["codice_operazione", "beneficiario", "contraente", "operazione", "scopo_risultati", "data_inizio",
           "data_fine", "costo_totale", "fondo", "obiettivo_specifico", "tasso_ue", "localizzazione", "lat", "lon",
           "paese", "sede_beneficiario", "tipo_intervento", "ammesso", "cup", "impegnato", "pagato", "avanzamento",
           "avvisi", "ultimo_aggiornamento", "fonte_url", "fonte_data"]
NAMES = {"fund": "fondo", "summary": "scopo_risultati", "place": "localizzazione", "admitted_eur": "ammesso"}


def recipe(projects: pd.DataFrame, project_texts: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project of a programme of 2021-2027, with the newest observation of its money."""
    return operations("2021-2027", NAMES, COLUMNS, projects, project_texts, funding)
