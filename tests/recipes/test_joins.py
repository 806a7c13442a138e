"""Rows joined by the names that they write, where sources give no codes."""

from __future__ import annotations

import pandas as pd

from etl.recipes import desk_organisations, networks, projects, service_organisations


def rows(columns: list[str], *given: dict[str, str]) -> pd.DataFrame:
    """A table of text; what a row does not say is empty."""
    return pd.DataFrame([dict.fromkeys(columns, "") | row for row in given], columns=columns, dtype=str)


def test_bodies_are_joined_by_their_names_and_a_name_of_two_says_nothing() -> None:
    bodies = rows(["organisation_id", "name", "other_names"],
                   {"organisation_id": "uno", "name": "Ente Uno", "other_names": "Uno|Ente"},
                   {"organisation_id": "due", "name": "Ente Due", "other_names": "Ente"})
    desk = rows(["desk_id", "organisation", "manager", "source_url", "source_date"],
                 {"desk_id": "a", "organisation": "Ente Uno; Altri", "manager": "Ente"})
    made = desk_organisations.recipe(desk, bodies)
    assert made[["desk_id", "role", "name", "organisation_id"]].to_numpy().tolist() == [
        ["a", "organisation", "Ente Uno", "uno"], ["a", "organisation", "Altri", ""], ["a", "manager", "Ente", ""]]
    service = rows(["service_id", "office", "source_url", "source_date"],
                    {"service_id": "s", "office": "Uno; Ente Due; Uno"}, {"service_id": "t"})
    assert service_organisations.recipe(service, bodies)[["service_id", "organisation_id"]].to_numpy().tolist() == [
        ["s", "uno"], ["s", "due"]]
    given = rows(["project_code", "action", "cup", "beneficiary", "page_url"],
                 {"project_code": "TO3.1.1.b1", "beneficiary": "Ente Due"})
    assert list(projects.recipe(given, rows(["project_code"]), bodies)["beneficiary_id"]) == ["due"]


def test_a_network_has_the_code_of_the_municipality_that_leads_it() -> None:
    given = rows(["network_id", "lead"], {"network_id": "a", "lead": "Alba"}, {"network_id": "b"})
    places = rows(["istat_code", "name"], {"istat_code": "004003", "name": "Alba"})
    assert list(networks.recipe(given.copy(), places)["lead_istat_code"]) == ["004003", ""]
    assert list(networks.recipe(given, None)["lead_istat_code"]) == ["", ""]
