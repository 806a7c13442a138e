"""What LibreOffice, set to Italian, makes of our Excel files: numbers, days, and nothing that is computed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from support.bookings import BOOKINGS
from support.catalogs import CATALOG
from support.drafts import downloads, draft_of, row_of
from support.libreoffice import PROGRAM, content

from etl.exports.worded import heading
from etl.releases.printed import with_history

HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"https://example.org\";\"x\")",
           "=cmd|' /C calc'!A0", " =1+1", "＝1+1", "'=1+1"]
# Field separator ;, quotes ", UTF-8, from the first line, Italian, quoted cells as any other, numbers recognised, the
# first sheet, formulas computed: the most that a file can do.
ITALIAN_CSV = "CSV:59,34,76,1,,1040,false,true,false,false,false,-1,true"
CELL = re.compile(r"<table:table-cell\b([^>]*?)(?:/>|>(.*?)</table:table-cell>)", re.DOTALL)


def rows() -> list[list[str]]:
    """Rows with an amount, a day and a hostile text each."""
    return [row_of(BOOKINGS, room_id=f"00{number}", fee_eur="1234.50", paid_of_fee="0.25", day="2026-03-31", note=text)
            for number, text in enumerate(HOSTILE)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    release = with_history(draft_of(BOOKINGS, rows()), Path("none"))
    return downloads(release)


def opened(folder: Path, name: str, data: bytes, *options: str) -> list[list[tuple[str, str]]]:
    """(type, value) of every cell of the first sheet, as LibreOffice in Italian understands the file."""
    (folder / name).write_bytes(data)
    return opened_together(folder, [folder / name], *options)[0]


def opened_together(folder: Path, paths: list[Path], *options: str) -> list[list[list[tuple[str, str]]]]:
    """The same of several files, for which it starts once."""
    if not PROGRAM:
        pytest.skip("LibreOffice is not installed here: it cannot be tried")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
        "<value>it-IT</value></prop></item></oor:items>", "utf-8")
    subprocess.run([PROGRAM, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", *options,
                    "--convert-to", "ods", "--outdir", str(folder), *map(str, paths)],
                   check=True, capture_output=True, timeout=600)
    found = []
    for path in paths:
        xml = content(folder / f"{path.name.rpartition('.')[0]}.ods")
        assert "table:formula" not in xml, re.findall(r'table:formula="[^"]*"', xml)
        sheet = xml[xml.index("<table:table "):xml.index("</table:table>")]
        found.append([cells(line) for line in re.findall(r"<table:table-row\b.*?</table:table-row>", sheet, re.DOTALL)])
    return found


def cells(line: str) -> list[tuple[str, str]]:
    """The cells of a row; a cell that stands for several empty ones counts as many times."""
    found = []
    for attributes, inside in CELL.findall(line):
        kind = re.search(r'office:value-type="(\w+)"', attributes)
        value = re.search(r'office:(?:date-)?value="([^"]*)"', attributes)
        times = re.search(r'table:number-columns-repeated="(\d+)"', attributes)
        text = re.sub(r"<text:tab/>", "\t", inside or "")
        text = re.sub(r"<text:s/>", " ", text)
        item = (kind[1] if kind else "", value[1] if value else plain(re.sub(r"<[^>]+>", "", text)))
        found += [item] * min(int(times[1]) if times else 1, 100)
    return found


def plain(text: str) -> str:
    for name, sign in (("&apos;", "'"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text


@pytest.mark.slow
@pytest.mark.parametrize(("name", "options"), [
    ("bookings.xlsx", ()), ("bookings.excel.csv", (f"--infilter={ITALIAN_CSV}",))])
def test_libreoffice_in_italian_reads_types_and_computes_nothing(
    files: dict[str, bytes], tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    header, *found = opened(tmp_path, name, files[name], *options)
    titles = [heading(field, "it") for field in BOOKINGS.fields] if name.endswith(".xlsx") else BOOKINGS.columns
    assert [value for _, value in header][:len(titles)] == titles
    place = BOOKINGS.columns.index
    assert len(found) >= len(HOSTILE)
    for row, text in zip(found, HOSTILE, strict=False):
        kind, value = row[place("fee_eur")]
        assert (kind in ("float", "currency"), value) == (True, "1234.5")
        assert row[place("paid_of_fee")] == ("float", "0.25")
        assert row[place("day")] == ("date", "2026-03-31")
        kind, value = row[place("note")]
        assert kind == "string"
        assert value.lstrip("'").strip() == text.lstrip("'").strip()


@pytest.mark.slow
def test_libreoffice_would_compute_a_cell_without_its_guard(files: dict[str, bytes], tmp_path: Path) -> None:
    """The check above can fail: the same file without apostrophes holds a live formula."""
    bare = files["bookings.excel.csv"].replace(b";'=1+1;", b";=1+1;", 1)
    assert bare != files["bookings.excel.csv"]
    with pytest.raises(AssertionError, match="of:=1"):
        opened(tmp_path, "bookings.excel.csv", bare, f"--infilter={ITALIAN_CSV}")


@pytest.mark.slow
@pytest.mark.parametrize(("end", "options"), [
    (".xlsx", ()), (".en.xlsx", ()), (".excel.csv", (f"--infilter={ITALIAN_CSV}",))])
def test_libreoffice_in_italian_opens_every_file(
    built_site: Path, tmp_path: Path, end: str, options: tuple[str, ...]
) -> None:
    names = [name for name in CATALOG if (built_site / "dati" / f"{name}{end}").exists()]
    sheets = opened_together(tmp_path, [built_site / "dati" / f"{name}{end}" for name in names], *options)
    wrong = []
    for name, (_, *rows) in zip(names, sheets, strict=True):
        records = json.loads((built_site / "dati" / f"{name}.json").read_text("utf-8"))["records"]
        assert len(rows) >= len(records), name
        for place, field in enumerate(CATALOG[name].fields):
            kinds = {"date": {"date"}, "number": {"float", "currency", "percentage"}}.get(field.type)
            wrong += [(name, field.name, row[place]) for row, record in zip(rows, records, strict=False)
                      if kinds and record[field.name] is not None and row[place][0] not in kinds][:1]
    assert wrong == []
