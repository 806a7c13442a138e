"""The projects of 2014-2020 as annex XII of Reg. (EU) 1303/2013 lists operations; what no source says is empty."""

import pandas as pd

from etl.domain.operations import operations

COLUMNS = ["codice_operazione", "beneficiario", "operazione", "sintesi", "data_inizio", "data_fine",
           "spesa_ammissibile", "tasso_ue", "cap", "paese", "categoria_intervento", "cup", "impegnato", "pagato",
           "avanzamento", "avvisi", "ultimo_aggiornamento", "fonte_url", "fonte_data"]
NAMES = {"summary": "sintesi", "place": "cap", "admitted_eur": "spesa_ammissibile"}


def recipe(projects: pd.DataFrame, project_texts: pd.DataFrame, funding: pd.DataFrame) -> pd.DataFrame:
    """One row per project of a programme of 2014-2020, with the newest observation of its money."""
    return operations("2014-2020", NAMES, COLUMNS, projects, project_texts, funding)
