"""Five questions to the data, answered from the published files alone; their figures are worked out again here."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from support.stories import STORIES, told

from etl.web.language import Language

NEEDED = {"milione_e_mezzo": ("funding", "project_texts", "other_values"), "desks_not_verified": ("desks",),
          "rents_by_zone": ("rent_bands", "rent_rooms", "rent_other_municipalities", "rent_rules", "municipalities"),
          "without_agency": ("municipalities", "networks", "network_members"), "what_changed": ()}
ITALIAN = Language("it", "it_IT", [], {})


def rows(site: Path, name: str) -> list[dict[str, str]]:
    path = site / "dati" / f"{name}.csv"
    text = path.read_text("utf-8") if path.exists() else ""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def story(name: str, site: Path, address: str | Path, *words: str) -> str:
    """What a story prints; the test is skipped where a city has not what it tells of."""
    if not all(rows(site, table) for table in NEEDED[name][:1]) or any(
            not (site / "dati" / f"{table}.csv").exists() for table in NEEDED[name]):
        pytest.skip("nothing to tell of")
    return "\n".join(told(name, address, *words))


def test_every_story_is_told_of_in_both_languages() -> None:
    readme = (STORIES / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"`python (\w+)\.py", readme)) == sorted(NEEDED) == sorted(
        path.stem for path in STORIES.glob("*.py") if path.stem != "published")


def test_the_money_of_a_project_has_its_stages_and_its_place_among_others(built_site: Path) -> None:
    known = [row for row in rows(built_site, "funding") if row["admitted_eur"] and row["paid_eur"]]
    if not known:
        pytest.skip("no project with an amount admitted and one paid")
    for row in (known[0], next((row for row in known if row["doubts"]), known[-1])):
        text = story("milione_e_mezzo", built_site, built_site, row["project_code"])
        for stage in ("programmed", "admitted", "committed", "paid"):
            amount = row[f"{stage}_eur"]
            assert (ITALIAN.money(Decimal(amount)).replace("\xa0", " ") if amount else "non si sa") in text
        share = Decimal(row["paid_eur"]) / Decimal(row["admitted_eur"]) * 100
        assert f"{share:.1f} % dell’ammesso".replace(".", ",") in text
        assert ("avvisi: nessuno" in text) == (not row["doubts"])
        assert row["source_url"] in text
        projects = {one["project_code"] for one in rows(built_site, "funding")}
        assert f"Erogato su ammesso si può dire di {len({one['project_code'] for one in known})} " in text
        assert f" su {len(projects)}; {len([one for one in known if one['doubts']])} con un avviso" in text


def test_desks_that_nobody_has_verified_are_counted_with_what_is_missing(built_site: Path) -> None:
    desks = rows(built_site, "desks")
    text = story("desks_not_verified", built_site, built_site)
    waiting = [desk for desk in desks if not desk["verified_on"]]
    assert f"una verifica dell’ente: {len(waiting)} sportell" in text
    assert sum(map(int, re.findall(r"(?m)^ +(\d+)  ", text))) == len(waiting)
    for column, words in (("fact_date_to", "Senza la data del fatto (fact_date)"), ("phone", "Senza un telefono"),
                          ("address", "Senza un indirizzo")):
        count = sum(not desk[column] for desk in waiting)
        assert f"{words}: {count} {'sportello' if count == 1 else 'sportelli'} su {len(waiting)}." in text


def test_what_changed_between_two_releases_is_told_from_their_files(built_site: Path, served_site: str) -> None:
    kept = [path.parent.name for path in (built_site / "dati" / "releases").glob("*/datapackage.json")]
    listed = [line["version"] for line in json.loads((built_site / "dati/releases/index.json").read_text("utf-8"))]
    versions = [version for version in listed if version in kept]
    same = story("what_changed", built_site, served_site, versions[0], versions[0])
    tables = len(json.loads((built_site / f"dati/releases/{versions[0]}/datapackage.json").read_text())["resources"])
    assert f"Senza altri cambiamenti: {tables} tabelle su {tables}." in same
    if len(versions) > 1:
        text = story("what_changed", built_site, served_site)
        assert text.startswith(f"Dalla {versions[1]} alla {versions[0]}\n")
        before, after = ({item["name"] for item in json.loads(
            (built_site / f"dati/releases/{version}/datapackage.json").read_text("utf-8"))["resources"]}
            for version in (versions[1], versions[0]))
        assert f"tabelle nuove: {', '.join(sorted(after - before)) or 'nessuna'}\n" in text


def test_rents_are_told_zone_by_zone_with_what_is_missing(built_site: Path) -> None:
    bands = rows(built_site, "rent_bands")
    text = story("rents_by_zone", built_site, built_site, "48")
    for zone in {band["zone"] for band in bands}:
        low, high = (pick(Decimal(band[column]) for band in bands if band["zone"] == zone) * 4
                     for pick, column in ((min, "min_eur_m2_year"), (max, "max_eur_m2_year")))
        wanted = f"zona {zone}: da {ITALIAN.money(low)} a {ITALIAN.money(high)}".replace("\xa0", " ")
        assert wanted in text
    undated = sum(not band["source_date"] for band in bands)
    assert f"non porta una data: {undated} fasc" in text
    rooms = {room["zone"] for room in rows(built_site, "rent_rooms") if room["max_eur_month"]}
    assert text.count("una stanza: non si sa") == len({band["zone"] for band in bands} - rooms)


def test_municipalities_without_an_agency_are_named(built_site: Path, served_site: str) -> None:
    text = story("without_agency", built_site, served_site)
    places = {row["istat_code"]: row["name"] for row in rows(built_site, "municipalities")}
    kinds = {row["network_id"]: row["kind"] for row in rows(built_site, "networks")}
    members = rows(built_site, "network_members")
    served = {row["istat_code"] for row in members if kinds[row["network_id"]] == "agency"} & places.keys()
    lonely = places.keys() - {row["istat_code"] for row in members}
    assert f"Senza un’agenzia: {len(places) - len(served)} comun" in text
    names = text.partition("in nessuna rete: ")[2].partition(": ")[2].partition("\n")[0]
    assert names == ", ".join(sorted(places[code] for code in lonely))
