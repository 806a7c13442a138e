"""Kinds of sources: the name in a declaration -> the function that reads it."""

from collections.abc import Callable, Iterable

from etl.meta.errors import DeclarationError
from etl.meta.model import Dataset
from etl.sources import ckan, files, opencoesione, opencoesione_api, programme_page, sheets
from etl.sources.model import Batch, Request

CONNECTORS: dict[str, Callable[[Request], Batch]] = {
    "programme-page": programme_page.read,
    "opencoesione": opencoesione.read,
    "opencoesione-api": opencoesione_api.read_projects,
    "opencoesione-aggregates": opencoesione_api.read_aggregates,
    "ckan": ckan.read,
    "file": files.read,
    "service-sheet": sheets.read,
}


def check_connectors(datasets: Iterable[Dataset]) -> None:
    """Refuse a declaration whose source is of a kind that is not above."""
    for dataset in datasets:
        fetch = dataset.about["source"].get("fetch")
        if fetch and fetch.get("connector") not in CONNECTORS:
            known = ", ".join(sorted(CONNECTORS))
            raise DeclarationError(f"datasets/{dataset.name}.toml: [source.fetch] connector must be one of {known}")
