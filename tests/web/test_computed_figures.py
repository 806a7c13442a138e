"""Every figure that pages work out, worked out again from the published files; none without how much of it is known."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

from etl.domain.doubts import CONCERNED
from etl.domain.figures import FIGURES
from etl.recipes.spending import STAGES

Row = dict[str, str]
Numbers = tuple[Decimal | None, int, int, int, Decimal | None]
"""Value, rows known, rows there are, rows in doubt, value without these."""


@cache
def table(site: Path, name: str) -> list[Row]:
    """The rows of a published table."""
    path = site / "dati" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def pages(site: Path) -> dict[str, Any]:
    """The pages that have a figure, parsed."""
    texts = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}
    return {name: html.fromstring(text) for name, text in texts.items() if b"data-figure" in text}


def shown(site: Path) -> Iterator[tuple[str, Any, str]]:
    """(page, element of a figure, of which rows it is) of every figure on every page."""
    for name, page in pages(site).items():
        for element in page.xpath("//*[@data-figure]"):
            near = element.xpath("ancestor-or-self::*[@data-group][1]")
            assert near, (name, element.get("data-figure"))
            yield name, element, near[0].get("data-group")


def project_of(site: Path, group: str) -> Row:
    """The last observation of the money of one project."""
    code = group.removeprefix("project ")
    return max((row for row in table(site, "funding") if row["project_code"] == code),
               key=lambda row: row["observed_on"])


def members(site: Path, group: str) -> list[str]:
    """The codes of the projects of a group."""
    by, _, value = group.partition(" ")
    found = []
    for row in table(site, "projects"):
        recent = not row["programme"].endswith("2014-2020") and by in ("axis", "action")
        own = {"all": "", "axis": row["axis"] or row["code_axis"], "action": row["action"] or row["code_action"],
               "city": row["city"] or row["code_city"], "year": row["start_date"][:4]}[by]
        if own == value and not recent:
            found.append(row["project_code"])
    return found


def of_group(site: Path, group: str, stage: str, work_out: Callable[[list[Row]], Decimal | None]) -> Numbers:
    """A sum over the projects of a group of which all four amounts are known."""
    codes, known = members(site, group), {row["project_code"] for row in table(site, "funding")}
    rows = [project_of(site, code) for code in codes if code in known]
    return numbers([row for row in rows if all(row[f"{name}_eur"] for name in STAGES)], len(codes), stage, work_out)


def numbers(rows: list[Row], of: int, stage: str, work_out: Callable[[list[Row]], Decimal | None]) -> Numbers:
    """A value worked out of rows, with what is known and in doubt."""
    sound = [row for row in rows if not any(stage in CONCERNED[code] for code in row["doubts"].split("|") if code)]
    doubtful = len(rows) - len(sound)
    without = work_out(sound) if doubtful and sound else None
    return (work_out(rows) if rows else None), len(rows), of, doubtful, without


def added(column: str) -> Callable[[list[Row]], Decimal]:
    return lambda rows: sum((Decimal(row[column]) for row in rows), Decimal(0))


def out_of_100(rows: list[Row]) -> Decimal | None:
    admitted = added("admitted_eur")(rows)
    return (added("paid_eur")(rows) * 100 / admitted).quantize(Decimal("0.01"), ROUND_HALF_UP) if admitted else None


def one(value: Decimal | None) -> Numbers:
    """A figure of one row."""
    return value, 1, 1, 0, None


def city(site: Path, group: str) -> Numbers:
    programme, _, place = group.partition("|")
    codes = [row["project_code"] for row in table(site, "projects")
             if (row["programme"], row["city"] or row["code_city"]) == (programme, place)]
    known = {row["project_code"] for row in table(site, "funding") if row["admitted_eur"]}
    rows = [project_of(site, code) for code in codes if code in known]
    return numbers(rows, len(codes), "admitted", added("admitted_eur"))


def axes(site: Path, group: str) -> Numbers:
    programme, place, kind, span = group.split("|")
    first, last = span.split("-")
    wanted = {str(axis) for axis in range(int(first), int(last) + 1)}
    rows = [row for row in table(site, "allocations") if row["scope"] in ("programme", "city") and row["axis"] in wanted
            and (row["programme"], row["city"], row["kind"]) == (programme, place, kind)]
    value = added("amount_eur")
    sound = [row for row in rows if not row["doubts"]]
    return value(rows), len(rows), len(wanted), len(rows) - len(sound), value(sound) if sound != rows else None


def elapsed(site: Path, group: str) -> Numbers:
    code = group.removeprefix("project ")
    (share,) = {row["share_of_time_elapsed"] for row in table(site, "spending")
                if row["project_code"] == code and row["observed_on"] == project_of(site, group)["observed_on"]}
    return one(min(Decimal(share) * 100, Decimal(100)))


def difference(site: Path, group: str) -> Numbers:
    row = project_of(site, group)
    return one(Decimal(row["admitted_eur"]) - Decimal(row["paid_eur"]))


def register(site: Path, group: str) -> Numbers:
    row = next(row for row in table(site, "opencoesione") if row["oc_code"] == group.removeprefix("register "))
    return one(Decimal(row["public_cost_eur"]) - Decimal(row["known_eur"]))


def filled(site: Path, group: str) -> Numbers:
    cells = [cell for row in table(site, group) for cell in row.values()]
    return one(Decimal(sum(map(bool, cells))) / len(cells))


def missing(site: Path, group: str) -> Numbers:
    name, column = group.split(" ")
    cells = [row[column] for row in table(site, name)]
    return one(Decimal(cells.count("")) / len(cells))


def valid(site: Path, group: str) -> Numbers:
    left_out = sum(row["dataset"] == group and row["severity"] == "rejected" for row in table(site, "quality"))
    rows = len(table(site, group))
    return one(Decimal(rows) / (rows + left_out))


AGAIN: dict[str, Callable[[Path, str], Numbers]] = {
    **{f"{stage}_total": lambda site, group, stage=stage: of_group(site, group, stage, added(f"{stage}_eur"))
       for stage in STAGES},
    "paid_of_100": lambda site, group: of_group(site, group, "paid", out_of_100),
    "project_paid_of_100": lambda site, group: one(out_of_100([project_of(site, group)])),
    "project_difference": difference, "project_time_elapsed": elapsed, "city_admitted": city, "allocation_sum": axes,
    "register_difference": register, "cells_filled": filled, "cells_missing": missing, "rows_valid": valid,
}
"""Figure -> what works it out again, for the rows that a page names."""


def test_each_figure_of_the_register_is_worked_out_again() -> None:
    assert set(AGAIN) == set(FIGURES)


def test_every_figure_on_a_page_is_what_the_published_files_give(built_site: Path) -> None:
    wrong = []
    for page, element, group in shown(built_site):
        value, known, of, doubtful, without = AGAIN[element.get("data-figure")](built_site, group)
        said = [element.get(f"data-{name}") for name in ("value", "known", "of", "doubtful", "without")]
        expected = [value, known, of, doubtful, without] if said[1] else [value, None, None, None, None]
        for mine, theirs in zip(said, expected, strict=True):
            same = mine in (None, "None") if theirs is None else mine not in (None, "None") and math.isclose(
                float(str(mine)), float(theirs), rel_tol=1e-9, abs_tol=0.06 if "elapsed" in element.get("data-figure")
                else 0)
            if not same:
                wrong.append((page, element.get("data-figure"), group, mine, theirs))
    assert wrong == []


def test_the_tables_that_add_up_give_the_same_sums(built_site: Path) -> None:
    for row in table(built_site, "city_funding"):
        value, known, of, doubtful, without = city(built_site, f"{row['programme']}|{row['city']}")
        assert [row["projects_listed"], row["projects_known"], row["projects_doubtful"]] == [
            str(of), str(known), str(doubtful)], row
        assert [Decimal(row[name]) if row[name] else None
                for name in ("admitted_eur", "admitted_without_doubtful_eur")] == [value, without], row
    for row in table(built_site, "allocation_sums"):
        value, known, of, doubtful, without = axes(
            built_site, "|".join(row[name] for name in ("programme", "city", "kind", "axes")))
        assert [Decimal(row["sum_eur"]), row["axes_known"], row["axes_listed"], row["axes_doubtful"]] == [
            value, str(known), str(of), str(doubtful)], row
        assert (Decimal(row["sum_without_doubtful_eur"]) if row["sum_without_doubtful_eur"] else None) == without, row


def test_no_sum_stands_without_how_many_rows_are_known(built_site: Path) -> None:
    bare = [(page, element.get("data-figure"), group) for page, element, group in shown(built_site)
            if element.get("data-known")
            and not element.xpath("ancestor-or-self::*[@data-group][1]//*[contains(@class, 'coverage')]")]
    assert bare == []


def test_a_sum_with_rows_in_doubt_names_the_finding_beside_it(built_site: Path) -> None:
    silent = [(page, element.get("data-figure"), group) for page, element, group in shown(built_site)
              if element.get("data-doubtful") not in (None, "0")
              and not element.xpath("ancestor-or-self::*[@data-group][1]//*[contains(@class, 'doubt')]")]
    assert silent == []


def test_every_amount_of_the_money_pages_is_a_cell_or_a_marked_figure(built_site: Path) -> None:
    """So a sum that nobody marked is found, whatever template writes it."""
    cells = {Decimal(cell) for path in (built_site / "dati").glob("*.csv") if "." not in path.stem
             for row in table(built_site, path.stem)
             for name, cell in row.items() if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell or "")
             and (name.endswith("_eur") or name == "value")}
    bare = "//data[contains(@class, 'amount')][not(ancestor::*[@data-figure])]"
    assert [(name, element.get("value")) for name, page in pages(built_site).items()
            for element in page.xpath(bare) if Decimal(element.get("value")) not in cells] == []


def test_every_figure_leads_to_how_it_is_made(built_site: Path) -> None:
    """By a link of its page to the register, which names formula, columns and what is left out."""
    register = html.fromstring((built_site / "trasparenza/metodo/index.html").read_bytes())
    ids = {element.get("id") for element in register.xpath("//h3[@id]")}
    assert {element.get("data-figure") for _, element, _ in shown(built_site)} <= ids
    way = "//a[contains(@href, 'metodo/#') or contains(@href, 'method/#')]"
    assert [name for name, page in pages(built_site).items()
            if not re.search("metodo|method", name) and not page.xpath(way)] == []
