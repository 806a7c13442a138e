"""The recipes: first on tables of a few rows, where the right answer is plain; then on the committed tables."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from support.release import example
from support.repository import ROOT

from etl.checks.recall import Recalled
from etl.meta.catalog import load_catalog
from etl.recipes import (
    allocation_sums,
    city_funding,
    desks,
    funding,
    opencoesione,
    operations_2014_2020,
    operations_2021_2027,
    projects,
    spending,
)
from etl.releases.draft import read_source

PROJECT = dict.fromkeys(
    ["project_code", "programme", "city", "axis", "action", "cup", "beneficiary", "start_date", "end_date",
     "page_url", "source_url"], ""
)
FUNDING = dict.fromkeys(
    ["project_code", "observed_on", "programmed_eur", "admitted_eur", "committed_eur", "paid_eur", "doubts",
     "source_url", "source_date"], ""
)
ALLOCATION = {
    "scope": "city", "programme": "P", "city": "Torino", "axis": "", "kind": "allocation", "amount_eur": "",
    "qualifier": "", "doubts": "", "source_url": "",
}
DOCUMENT = {"document_id": "", "project_code": ""}
FULL = {"project_code": "TO3.1.1.b1", "programme": "P", "start_date": "2016-01-01", "end_date": "2020-12-31"}


def table(blank: dict[str, str], *rows: dict[str, str]) -> pd.DataFrame:
    """Rows over a blank one; the index starts at 2, like the lines of a source file."""
    return pd.DataFrame([blank | row for row in rows], columns=list(blank), index=range(2, len(rows) + 2), dtype=str)


def test_a_project_gets_what_its_code_says_beside_what_its_page_states() -> None:
    given = table(PROJECT, {"project_code": "TO3.1.1.b1"}, {"project_code": "1AGCOE82", "city": "Roma"},
                  {"project_code": "TO3.2.8.3.b", "city": "Torino"})
    made = projects.recipe(given, table(DOCUMENT, {"project_code": "1AGCOE82"}, {"project_code": "1AGCOE82"}))
    names = list(PROJECT)
    assert list(made.columns) == [
        *names[:5], "code_city", "code_axis", "code_action", *names[5:7], "beneficiary_id", *names[7:-1], "documents",
        names[-1]]
    assert list(made["documents"]) == ["0", "2", "0"]
    assert list(made.index) == [2, 3, 4]  # the lines of the source, which messages name
    assert made[["city", "code_city", "code_axis", "code_action"]].to_numpy().tolist() == [
        ["", "Torino", "3", "3.1.1"], ["Roma", "", "", ""], ["Torino", "Torino", "3", ""]]


def test_spending_has_a_row_for_each_known_stage() -> None:
    given = table(FUNDING, {"project_code": "TO3.1.1.b1", "programmed_eur": "400.00", "admitted_eur": "300.00",
                            "paid_eur": "100.00"})
    made = spending.recipe(table(PROJECT, FULL), given)
    assert made[["stage", "amount_eur", "share_of_admitted"]].to_numpy().tolist() == [
        ["programmed", "400.00", "1.3333"], ["admitted", "300.00", "1.0000"], ["paid", "100.00", "0.3333"]]
    assert set(made["share_of_time_elapsed"]) == {""}  # no date: not a share of zero


@pytest.mark.parametrize(("admitted", "share"), [("", ""), ("0.00", "")])
def test_nothing_is_a_share_of_an_admitted_amount_that_is_missing_or_zero(admitted: str, share: str) -> None:
    given = table(FUNDING, {"project_code": "TO3.1.1.b1", "admitted_eur": admitted, "paid_eur": "5.00"})
    paid = spending.recipe(table(PROJECT, FULL), given).query("stage == 'paid'")
    assert list(paid["share_of_admitted"]) == [share]


@pytest.mark.parametrize(
    ("observed", "start", "end", "share"),
    [
        ("2018-07-02", "2016-01-01", "2020-12-31", "0.5000"), ("2016-01-01", "2016-01-01", "2020-12-31", "0.0000"),
        ("2022-12-31", "2016-01-01", "2020-12-31", "1.3998"), ("2018-07", "2016-01-01", "2020-12-31", ""),
        ("2018-07-02", "2016", "2020-12-31", ""), ("2018-07-02", "2016-01-01", "", ""),
        ("2016-01-01", "2016-01-01", "2016-01-01", ""),
    ],
)
def test_time_elapsed_needs_three_whole_dates(observed: str, start: str, end: str, share: str) -> None:
    given = table(FUNDING, {"project_code": "TO3.1.1.b1", "observed_on": observed, "paid_eur": "1.00"})
    made = spending.recipe(table(PROJECT, FULL | {"start_date": start, "end_date": end}), given)
    assert list(made["share_of_time_elapsed"]) == [share]


def city_rows(funding: list[dict[str, str]], allocations: list[dict[str, str]]) -> list[list[str]]:
    """What the city_funding recipe makes of two projects of Torino, without its column of addresses."""
    known = projects.recipe(table(PROJECT, FULL, FULL | {"project_code": "TO4.2.1.c", "city": "Torino"}),
                            table(DOCUMENT))
    made = city_funding.recipe(known, table(FUNDING, *funding), table(ALLOCATION, *allocations))
    return made.drop(columns="source_url").to_numpy().tolist()


def test_a_city_is_the_stated_one_or_the_one_of_the_code_and_cents_add_up() -> None:
    funding = [{"project_code": "TO3.1.1.b1", "admitted_eur": "0.10"}, {"project_code": "TO4.2.1.c",
                                                                        "admitted_eur": "0.20"}]
    assert city_rows(funding, []) == [["P", "Torino", "2", "2", "0.30", "0", "", "", "", ""]]


def test_of_a_project_seen_twice_only_the_latest_admitted_amount_counts() -> None:
    funding = [
        {"project_code": "TO3.1.1.b1", "observed_on": "2020-01-01", "admitted_eur": "30.00"},
        {"project_code": "TO3.1.1.b1", "observed_on": "", "admitted_eur": "10.00"},
        {"project_code": "TO3.1.1.b1", "observed_on": "2021-01-01", "paid_eur": "5.00"},
    ]
    assert city_rows(funding, []) == [["P", "Torino", "2", "1", "30.00", "0", "", "", "", ""]]


def test_a_city_without_an_admitted_amount_has_a_row_and_no_sum() -> None:
    made = city_rows([{"project_code": "TO3.1.1.b1", "programmed_eur": "10.00"}], [])
    assert made == [["P", "Torino", "2", "0", "", "0", "", "", "", ""]]


def test_a_finding_about_an_admitted_amount_follows_it_into_its_city() -> None:
    """The finding about what was paid does not: that amount is not in this sum."""
    funding = [{"project_code": "TO3.1.1.b1", "admitted_eur": "30.00", "doubts": "admitted_differs"},
               {"project_code": "TO4.2.1.c", "admitted_eur": "5.00", "doubts": "paid_equals_admitted"}]
    assert city_rows(funding, []) == [["P", "Torino", "2", "2", "35.00", "1", "admitted_differs", "5.00", "", ""]]
    assert city_rows(funding[:1], []) == [["P", "Torino", "2", "1", "30.00", "1", "admitted_differs", "", "", ""]]


def test_the_allocation_is_of_the_whole_city_and_exact_before_rounded() -> None:
    others = [
        {"amount_eur": "1.00", "axis": "3"}, {"amount_eur": "2.00", "kind": "allocation_total"},
        {"amount_eur": "3.00", "city": "Bari"}, {"amount_eur": "4.00", "scope": "city-theme"},
        {"amount_eur": "5.00", "programme": "Q"}, {"amount_eur": "6.00", "axis": "6-8"},
    ]
    rounded = {"amount_eur": "40.00", "axis": "1-5", "qualifier": "about"}
    exact = {"amount_eur": "40.36", "axis": "1-5"}
    funding = [{"project_code": "TO3.1.1.b1", "admitted_eur": "9.00"}]
    for allocations, stated in ((others, ["", ""]), ([*others, rounded], ["40.00", "about"]),
                                ([*others, rounded, exact], ["40.36", ""])):
        assert city_rows(funding, allocations) == [["P", "Torino", "2", "1", "9.00", "0", "", "", *stated]]


def test_a_desk_gets_the_name_of_its_municipality_and_the_form_of_its_phones() -> None:
    blank = dict.fromkeys(["desk_id", "istat_code", "phone", "email", "fact_date", "source_date"], "")
    given = table(blank, {"istat_code": "001272", "phone": "02 884.50432|02 884.45794", "fact_date": "2025-04"}, {})
    towns = pd.DataFrame({"istat_code": ["001272"], "name": ["Torino"]})
    made = desks.recipe(given, towns)
    assert list(made.columns) == [
        "desk_id", "istat_code", "municipality", "phone", "phone_e164", "email", "fact_date", "recent_until",
        "source_date"]
    assert list(made.index) == [2, 3]
    assert list(made["municipality"]) == ["Torino", ""]
    assert list(made["phone_e164"]) == ["+390288450432|+390288445794", ""]
    assert list(made["recent_until"]) == ["2027-04-01", ""]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The committed tables that the money recipes read, with the computed columns of projects."""
    catalog, recalled = load_catalog(ROOT), Recalled(tmp_path_factory.mktemp("kept") / "findings.json")
    frames = {}
    for name in ("projects", "project_texts", "documents", "funding", "allocations"):
        frame, _, _ = read_source(ROOT / "datasets" / "source" / f"{name}.csv", catalog[name], recalled)
        assert frame is not None
        frames[name] = frame
    frames["funding"] = funding.recipe(frames["funding"])
    return frames | {"projects": projects.recipe(frames["projects"], frames["documents"])}


def test_no_amount_is_lost_or_made_on_the_way_to_spending(committed: dict[str, pd.DataFrame]) -> None:
    funding = committed["funding"]
    made = spending.recipe(committed["projects"], funding)
    for stage in spending.STAGES:
        source = [value for value in funding[f"{stage}_eur"] if value]
        assert sorted(made.loc[made["stage"] == stage, "amount_eur"]) == sorted(source)


def test_every_admitted_amount_of_a_programme_is_in_its_city(committed: dict[str, pd.DataFrame]) -> None:
    funding, known = committed["funding"], committed["projects"]
    made = city_funding.recipe(known, funding, committed["allocations"])
    places = known.loc[(known["programme"] != "") & ((known["city"] != "") | (known["code_city"] != ""))]
    latest = funding[(funding["admitted_eur"] != "") & funding["project_code"].isin(places["project_code"])]
    latest = latest.sort_values("observed_on", kind="stable").groupby("project_code").last()
    assert sum(map(Decimal, filter(None, made["admitted_eur"]))) == sum(map(Decimal, latest["admitted_eur"]))
    assert sum(map(int, made["projects_known"])) == len(latest)
    assert sum(map(int, made["projects_listed"])) == len(places)


REGISTER = dict.fromkeys(["oc_code", "cup", "public_cost_eur", "source_url", "source_date"], "")


def test_a_project_of_the_register_stands_beside_ours_with_the_same_cup() -> None:
    register = table(REGISTER, {"oc_code": "A", "cup": "C1|C2", "public_cost_eur": "100.50"},
                     {"oc_code": "B", "cup": "C9", "public_cost_eur": "7.00"}, {"oc_code": "C", "cup": "C3"},
                     {"oc_code": "D", "cup": "", "public_cost_eur": "1.00"})
    ours = table(PROJECT, {"project_code": "X", "cup": "C0|C2"}, {"project_code": "Y", "cup": "C3"},
                 {"project_code": "Z", "cup": "C9"}, {"project_code": "W", "cup": "C9"})
    amounts = table({**FUNDING, "stated_eur": ""},
                    {"project_code": "X", "observed_on": "2018", "admitted_eur": "90.00"},
                    {"project_code": "X", "observed_on": "2020", "admitted_eur": "100.00"},
                    {"project_code": "Y", "stated_eur": "5.00"})
    made = opencoesione.recipe(register, ours, amounts)
    assert made[["oc_code", "project_code", "known_eur", "difference_eur"]].values.tolist() == [
        ["A", "X", "100.00", "0.50"],  # the newest amount; one of several CUPs is enough
        ["B", "", "", ""],  # two of ours share the CUP: nobody can tell which is meant
        ["C", "Y", "5.00", ""],  # no public cost there, so no difference
        ["D", "", "", ""],
    ]
    assert list(made.columns)[-2:] == ["source_url", "source_date"]


def test_shares_are_of_the_stage_before_and_missing_where_an_amount_is() -> None:
    given = table(FUNDING, {"programmed_eur": "198000.01", "admitted_eur": "109429.37", "committed_eur": "",
                            "paid_eur": "109429.37"}, {"admitted_eur": "0.00", "paid_eur": "1.00"})
    made = funding.recipe(given.drop(columns="doubts"))
    names = ["admitted_of_programmed", "committed_of_admitted", "paid_of_admitted"]
    assert made[names].to_numpy().tolist() == [["0.5527", "", "1.0000"], ["", "", ""]]


def test_a_total_is_compared_only_when_every_axis_of_it_is_known() -> None:
    blank = {**ALLOCATION, "source_date": ""}
    made = allocation_sums.recipe(table(
        blank, {"axis": "1-2", "amount_eur": "10.00"}, {"axis": "1", "amount_eur": "4.50"},
        {"axis": "2", "amount_eur": "5.00"}, {"axis": "1-3", "amount_eur": "12.00"},
        {"axis": "3", "kind": "spent", "amount_eur": "1.00"}))
    assert made[["axes", "stated_eur", "sum_eur", "difference_eur"]].to_numpy().tolist() == [
        ["1-2", "10.00", "9.50", "0.50"]]


def test_a_sum_of_axes_says_which_are_rounded_and_what_it_is_without_those_in_doubt() -> None:
    made = allocation_sums.recipe(table(
        {**ALLOCATION, "source_date": ""}, {"axis": "1-2", "amount_eur": "10.00", "qualifier": "over"},
        {"axis": "1", "amount_eur": "4.50", "qualifier": "about", "doubts": "amount_differs"},
        {"axis": "2", "amount_eur": "5.00"}))
    names = ["stated_qualifier", "sum_eur", "axes_known", "axes_listed", "axes_rounded", "axes_doubtful", "doubts",
             "sum_without_doubtful_eur"]
    assert made[names].to_numpy().tolist() == [["over", "9.50", "2", "2", "1", "1", "amount_differs", "5.00"]]


def test_each_project_of_a_period_is_in_its_list_and_nothing_is_made_up(committed: dict[str, pd.DataFrame]) -> None:
    for programme in ("PON Metro 2014-2020", "PN Metro Plus 2021-2027"):
        example("projects", lambda row, name=programme: row["programme"] == name)
    amounts = committed["funding"].copy()
    lists = [module.recipe(committed["projects"].copy(), committed["project_texts"].copy(), amounts)
             for module in (operations_2014_2020, operations_2021_2027)]
    known = committed["projects"]
    for made, programme in zip(lists, ("PON Metro 2014-2020", "PN Metro Plus 2021-2027"), strict=True):
        assert set(made["codice_operazione"]) == set(known[known["programme"] == programme]["project_code"])
        assert set(made["tasso_ue"]) == {""}
        assert set(made["paese"]) == {"IT"}
