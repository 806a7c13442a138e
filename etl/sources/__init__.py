"""Kinds of sources: the name in a declaration -> the function that reads it."""

from collections.abc import Callable

from etl.sources import ckan, files, opencoesione, opencoesione_api, programme_page
from etl.sources.model import Batch, Request

CONNECTORS: dict[str, Callable[[Request], Batch]] = {
    "programme-page": programme_page.read,
    "opencoesione": opencoesione.read,
    "opencoesione-api": opencoesione_api.read_projects,
    "opencoesione-aggregates": opencoesione_api.read_aggregates,
    "ckan": ckan.read,
    "file": files.read,
}
