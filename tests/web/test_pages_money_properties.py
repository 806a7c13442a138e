"""Amounts keep their cents from the table to the page, and are written as the Italian source does."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from support.catalogs import CATALOG
from support.drafts import draft_of
from support.properties import given, st

from etl.exports.canonical import json_files
from etl.meta.model import Release
from etl.meta.view import as_json
from etl.runtime.files import write_if_changed
from etl.runtime.tables import read_release
from etl.web.language import money_writer
from etl.web.pages.money.money import STAGES, italian, known_projects, totals

FUNDING = CATALOG["funding"]
CENTS = st.integers(0, 10**17)
PARTS = ("axis", "code_axis", "programme", "city", "code_city", "action", "code_action", "start_date")


@given(st.decimals(0, 10**9, places=2))
def test_amounts_are_written_as_the_italian_source_does(amount: Decimal) -> None:
    text = italian(amount)
    assert re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})*,[0-9]{2}", text)
    assert Decimal(text.replace(".", "").replace(",", ".")) == amount


@given(st.lists(CENTS, min_size=1, max_size=8))
def test_sums_are_exact_to_the_cent_from_the_table_to_the_page(many: list[int]) -> None:
    """More than a binary number can hold: 0.1 + 0.2 is 0.3 here, and so is the last cent of a thousand million."""
    stages = {f"{stage}_eur" for stage in STAGES}
    rows = [[f"P{number}" if name == "project_code" else f"{cents // 100}.{cents % 100:02}" if name in stages else ""
             for name in FUNDING.columns] for number, cents in enumerate(many)]
    with TemporaryDirectory() as folder:
        files = json_files(draft_of(FUNDING, rows))
        package = {"created": "2026-11-25", "resources": [{"name": "funding"}]}
        write_if_changed(Path(folder), {**files, "datapackage.json": as_json(package)})
        records = read_release(Path(folder)).records
    projects = [{"project_code": f"P{number}", **dict.fromkeys(PARTS)} for number in range(len(many))]
    release = Release({**records, "projects": projects}, package, today=date(2026, 11, 25))
    found = totals(known_projects(release, "it"))["totals"]["paid"].value
    assert found is not None
    assert found * 100 == sum(many)
    assert re.sub(r"\D", "", money_writer("it")(found)).lstrip("0") == str(sum(many)).lstrip("0")
    assert as_json(found) == f"{found}\n".encode()
    assert json.loads(as_json([found]), parse_float=Decimal) == [found]
