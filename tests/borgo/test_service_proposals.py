"""A city gets its services from its municipality without writing a row: read, answered by a person, built."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.borgo import DAY, copy_borgo, site_of
from support.replay import Answer, Server, serving
from support.repository import ROOT
from support.service_sheets import SHEET, hooked, listing, whole

from etl.commands.check import check
from etl.commands.fetch import run
from etl.releases.proposals import HEADINGS, Proposal, read_proposals

pytestmark = pytest.mark.slow
LIMITS = {"allow_loopback": True, "insecure": True, "pause": 0, "silence_seconds": 5, "total_seconds": 9, "attempts": 1}
TABLES = ["services", "service_texts", "notices", "notice_texts"]
OF_SERVICES = (*TABLES, "desk_services", "referrals")
SHEETS = """
[sheets]
hosts = ["127.0.0.1"]

[sheets.address."{url}/servizi/casa"]
group = "tenant_grants"
needs = "cannot_pay"
audiences = "tenant|family"
"""
NAMES = {"fondo-affitto": "Fondo per l’affitto", "casa-popolare": "Casa popolare", "garanzia": "Garanzia"}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


def publish(server: Server, until: str = "31 dicembre 2026", names: tuple[str, ...] = tuple(NAMES)) -> None:
    """What the municipality shows: a list with its sheets, of which one has a closing day."""
    server.put("/servizi/casa", Answer(listing(*(f"/servizi/casa/{name}" for name in names))))
    for name in names:
        days = f"<p>Dal 1 marzo 2026 al {until}.</p>" if name == "fondo-affitto" else "<p>60 giorni</p>"
        sections = [(hook, heading, days if "calendar" in hook else body) for hook, heading, body in SHEET]
        server.put(f"/servizi/casa/{name}", Answer(whole(hooked(sections, name=NAMES[name]))))


@pytest.fixture
def city(tmp_path: Path, town: Path, server: Server) -> Path:
    """Borgofiorito before anybody has written a row of its services."""
    root = copy_borgo(tmp_path / "city", built=town)
    for name in OF_SERVICES:
        path = root / "datasets" / "source" / f"{name}.csv"
        path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    path = root / "city.toml"
    path.write_text(path.read_text("utf-8") + SHEETS.format(url=server.url), "utf-8")
    (root / "datasets" / "inbox").mkdir()
    publish(server)
    return root


def fetched(root: Path) -> list[str]:
    done = run(root, TABLES, DAY, root / "report", limits=LIMITS)
    assert done.exit_code == 0
    return done.lines


def table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "datasets" / "source" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def waiting(root: Path) -> list[Proposal]:
    return [item for item in read_proposals(root) if item.open]


def send(root: Path, answer: Callable[[dict[str, str]], tuple[str, str]]) -> list[str]:
    """Answer the workbook as a person does, put it into the inbox under another name, and have it read. answer: a row
    by its headings -> (yes or no, another value)."""
    book = load_workbook(root / "report" / "proposte.xlsx")
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        said, typed = answer({heading: str(cell.value or "") for heading, cell in zip(headings, row, strict=True)})
        row[headings.index(HEADINGS["answer"])].value = said or None
        row[headings.index(HEADINGS["typed"])].value = typed or None
    book.save(root / "datasets" / "inbox" / "Proposte (2).xlsx")
    return run(root, ["inbox"], DAY, root / "report").lines


def test_nothing_is_published_before_a_person_has_accepted_it(city: Path) -> None:
    lines = fetched(city)
    assert [table(city, name) for name in TABLES] == [[], [], [], []]
    assert any("Proposte da accettare" in line for line in lines)
    first = (city / "datasets" / "proposals.csv").read_bytes()
    fetched(city)
    assert (city / "datasets" / "proposals.csv").read_bytes() == first
    said = {item.cell: item.said for item in waiting(city)}
    assert said["services", "fondo-affitto", "closes_on"] == "2026-12-31"
    assert said["services", "fondo-affitto", "group"] == "contributi agli inquilini"
    assert said["service_texts", "garanzia|it", "documents"] == "Contratto di affitto; Attestazione ISEE"
    assert ("notices", "garanzia-2026", "closes_at") not in said
    assert not list((city / "datasets" / "inbox").iterdir())


def test_accepted_it_is_built_and_asked_no_more(city: Path, server: Server) -> None:
    fetched(city)
    lines = send(city, lambda _row: ("Sì", ""))
    assert any(line.startswith("Proposte: ") and " 0 rifiutati, 0 da rivedere" in line for line in lines), lines
    assert not list((city / "datasets" / "inbox").iterdir())
    assert [row["service_id"] for row in table(city, "services")] == ["casa-popolare", "fondo-affitto", "garanzia"]
    (notice,) = table(city, "notices")
    assert {name: notice[name] for name in ("notice_id", "opens_at", "closes_at", "territory", "service_id")} == {
        "notice_id": "fondo-affitto-2026", "opens_at": "2026-03-01", "closes_at": "2026-12-31",
        "territory": "Borgofiorito", "service_id": "fondo-affitto"}
    assert not [item for item in check(city, DAY).findings if item.severity == "critical"]
    site = site_of(city)
    page = (site / "servizi" / "fondo-affitto" / "index.html").read_text("utf-8")
    assert "Attestazione ISEE" in page
    assert "si spera" not in page
    fetched(city)
    assert waiting(city) == []

    publish(server, "15 gennaio 2027", ("fondo-affitto", "casa-popolare"))
    fetched(city)
    asked = {item.cell: item for item in waiting(city)}
    assert {(name, key.partition("|")[0], column) for name, key, column in asked} >= {
        ("services", "fondo-affitto", "closes_on"), ("services", "garanzia", "status")}
    assert asked["services", "fondo-affitto", "closes_on"].today == "2026-12-31"
    assert "2026-12-31" in asked["services", "fondo-affitto", "closes_on"].note
    assert "non è più sul sito" in asked["services", "garanzia", "status"].note
    fetched(city)
    assert {item.cell for item in waiting(city)} == set(asked)
    send(city, lambda row: ("sì", "chiuso" if row["Che cosa"] == asked["services", "garanzia", "status"].what else ""))
    states = {row["service_id"]: (row["status"], row["closes_on"]) for row in table(city, "services")}
    assert states == {"fondo-affitto": ("active", "2027-01-15"), "casa-popolare": ("active", ""),
                      "garanzia": ("closed", "")}


def test_the_limit_of_the_isee_becomes_a_condition_of_the_service(city: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "conditions.json").read_text("utf-8"))
    header = ",".join(field["name"] for field in schema["fields"])
    (city / "datasets" / "source" / "conditions.csv").write_text(f"{header}\n", "utf-8")
    run(city, [*TABLES, "conditions"], DAY, city / "report", limits=LIMITS)
    assert table(city, "conditions") == []
    send(city, lambda row: ("sì" if "fondo-affitto" in row["Riga"] else "no", ""))
    (condition,) = table(city, "conditions")
    told = {name: condition[name] for name in ("condition_id", "service_id", "about", "operator", "value", "unit")}
    assert told == {"condition_id": "fondo-affitto-isee", "service_id": "fondo-affitto", "about": "isee_eur",
                    "operator": "<=", "value": "15000", "unit": "eur"}
    assert condition["source_url"].endswith("/servizi/casa/fondo-affitto")
    assert not [item for item in check(city, DAY).findings if item.severity == "critical"]


def test_no_is_remembered_and_what_is_not_understood_is_asked_again(city: Path) -> None:
    fetched(city)

    def answer(row: dict[str, str]) -> tuple[str, str]:
        if row["Riga"].startswith("garanzia"):
            return "no", ""
        if row["Riga"].startswith("casa-popolare"):
            return ("forse", "") if row["Colonna"] == "status" else ("", "")
        if row["Colonna"] == "closes_on":
            return "sì", "31 novembre 2026"
        return ("", "15/10/2026") if row["Colonna"] == "opens_on" else ("sì", "")

    lines = send(city, answer)
    told = {item.cell: item.note for item in waiting(city)}
    assert "forse" in told["services", "casa-popolare", "status"]
    assert "rispost" in told["services", "fondo-affitto", "opens_on"]
    assert told["services", "fondo-affitto", "closes_on"]
    assert [item for item in waiting(city) if item.key.startswith("garanzia")] == []
    assert len([line for line in lines if line.startswith("- ")]) == 3
    assert [row["service_id"] for row in table(city, "services")] == ["fondo-affitto"]
    fetched(city)
    assert {item.cell: item.note for item in waiting(city)} == told


def test_what_breaks_the_release_stays_out_with_its_reason(city: Path, server: Server) -> None:
    publish(server, names=("fondo-affitto", "garanzia"))
    fetched(city)
    send(city, lambda row: ("" if row["Colonna"] == "group" and row["Riga"] == "garanzia" else "sì", ""))
    assert {row["service_id"] for row in table(city, "services")} == {"fondo-affitto"}
    assert {item.key.partition("|")[0] for item in waiting(city)} == {"garanzia"}
    assert all("services, group" in item.note for item in waiting(city) if item.column != "group")


def test_an_answer_to_a_page_that_has_changed_is_not_taken(city: Path, server: Server) -> None:
    fetched(city)
    kept = (city / "report" / "proposte.xlsx").read_bytes()
    publish(server, "20 dicembre 2026")
    fetched(city)
    (city / "report" / "proposte.xlsx").write_bytes(kept)
    lines = send(city, lambda row: ("sì" if row["Colonna"] == "closes_on" else "", ""))
    assert any("la pagina è cambiata" in line for line in lines)
    assert table(city, "services") == []
    assert [item.said for item in waiting(city) if item.column == "closes_on"] == ["2026-12-20"]
