"""A table that Excel cannot hold has no workbook, and a word of it: in a finding and in the archive."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from support.catalogs import CATALOG
from support.drafts import draft_of, row_of

from etl.checks.shown import check_shown
from etl.domain import workbooks
from etl.domain.workbooks import LONGEST
from etl.exports.xlsx import XLSX, XLSX_ENGLISH
from etl.exports.zip import ARCHIVE, README
from etl.meta.model import Draft
from etl.releases.printed import package_of, printed

PROJECTS = CATALOG["projects"]


def of_city(*cities: str) -> Draft:
    """A draft of projects, each with a city of its own."""
    return draft_of(PROJECTS, [row_of(PROJECTS, project_code=f"P{number}", city=city)
                               for number, city in enumerate(cities)])


def readme(draft: Draft) -> str:
    """What the archive of a draft says."""
    whole = printed(draft)
    (data,) = ARCHIVE.write(replace(whole, package=package_of(whole, None))).values()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(README).decode()


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "\U0001f3e0" * (LONGEST // 2 + 1)])
def test_a_text_too_long_for_a_cell_is_told(text: str) -> None:
    draft = of_city("Borgo", text)
    assert not XLSX.write(draft)
    assert not XLSX_ENGLISH.write(draft)
    (found,) = [item for item in check_shown(draft) if item.check == "no-workbook-cell"]
    assert (found.severity, found.column, [row.key for row in found.rows]) == ("warning", "city", ["P1"])
    assert "file per Excel non c'è: projects." in readme(draft)
    assert "no Excel file of them: projects." in readme(draft)


def test_too_many_rows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = of_city("Borgo", "Valle", "Monte")
    assert workbooks.fits(draft.tables["projects"])
    monkeypatch.setattr("etl.checks.shown.MOST_ROWS", 2)
    (found,) = [item for item in check_shown(draft) if item.check == "no-workbook"]
    assert "3" in found.message["it"]
    assert "2" in found.remedy["en"]


@pytest.mark.parametrize("text", ["x" * LONGEST, "\U0001f3e0" * (LONGEST // 2)])
def test_a_text_that_fits_is_no_news(text: str) -> None:
    draft = of_city(text)
    assert workbooks.fits(draft.tables["projects"])
    assert not [item for item in check_shown(draft) if item.check.startswith("no-workbook")]
    assert "non c'è" not in readme(draft)
