"""The connectors, each asking a server of this machine through the fetch that the program uses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.opencoesione import aggregates
from support.replay import Answer, Server, serving

from etl.sources.connectors import CONNECTORS
from etl.sources.files import export_address
from etl.sources.guard import Policy
from etl.sources.http import Fetcher, Network
from etl.sources.model import Batch, FailedSourceError, Request

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "input" / "opencoesione_api_project_sample.json"
ROWS = [{"code": "Codice", "phone": "Telefono"}]
CSV = b"Codice;Telefono\nA;02 0\nB;n.d.\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


class Asking:
    """Reads one declared source of the server."""

    def __init__(self, server: Server, folder: Path) -> None:
        policy = Policy(frozenset({"127.0.0.1"}), True, True, pause=0, attempts=1)
        self.server, self.fetcher = server, Fetcher(policy, Network(folder), {}, "2026-11-25")

    def read(self, connector: str, at: str, **options: Any) -> Batch:
        declared = {"address": f"{self.server.url}{at}", "rows": ROWS, **options}
        return CONNECTORS[connector](Request("x", declared, [], self.fetcher, date(2026, 11, 25)))

    def fault(self, connector: str, at: str, **options: Any) -> str:
        with pytest.raises(FailedSourceError) as error:
            self.read(connector, at, **options)
        return error.value.check


@pytest.fixture
def asking(server: Server, tmp_path: Path) -> Asking:
    return Asking(server, tmp_path)


def as_json(value: object) -> Answer:
    return Answer(json.dumps(value).encode())


def put_pages(server: Server, *pages: list[dict[str, object]], count: int | None = None, query: str = "") -> None:
    """A listing of the API, page after page."""
    first = f"/api/progetti/?format=json&page_size=500{query}"
    total = sum(map(len, pages)) if count is None else count
    for number, results in enumerate(pages):
        path = first if number == 0 else f"/api/progetti/?page={number + 1}"
        more = f"{server.url}/api/progetti/?page={number + 2}" if number + 1 < len(pages) else None
        server.put(path, as_json({"count": total, "next": more, "results": results}))


def test_a_csv_and_its_columns(asking: Asking, server: Server) -> None:
    server.put("/t.csv", Answer(CSV))
    batch = asking.read("file", "/t.csv")
    assert batch.records[0] == {"Codice": "A", "Telefono": "02 0", "@url": f"{server.url}/t.csv", "@date": "2026-11-25"}
    assert [record["Telefono"] for record in batch.records] == ["02 0", "n.d."]
    server.put("/u.csv", Answer(CSV.replace(b"Telefono", b"Tel")))
    assert asking.fault("file", "/u.csv") == "source-columns"
    server.put("/v.csv", Answer(b"Codice;Codice\n1;2\n"))
    assert asking.fault("file", "/v.csv") == "source-layout"
    server.put("/w.csv", Answer(b"Codice;Telefono\n"))
    assert asking.fault("file", "/w.csv") == "source-nothing-found"


def test_json_and_spreadsheets(asking: Asking, server: Server) -> None:
    server.put("/t.json", as_json({"d": {"items": [{"Codice": "A", "Telefono": None, "x": {"y": [1, 2]}}]}}))
    batch = asking.read("file", "/t.json", format="json", path="d.items")
    assert {k: v for k, v in batch.records[0].items() if k[0] != "@"} == {"Codice": "A", "Telefono": "", "x.y": "1|2"}
    assert asking.fault("file", "/t.json", format="json", path="d.other") == "source-layout"
    server.put("/cut.json", Answer(b'{"a": '))
    assert asking.fault("file", "/cut.json", format="json") == "source-truncated"
    server.put("/broken.json", Answer(b'{"a": }'))
    assert asking.fault("file", "/broken.json", format="json") == "source-layout"
    book = openpyxl.Workbook()
    book.active.append(["un titolo"])
    second = book.create_sheet("Dati")
    for row in (["Elenco"], ["Codice", "Telefono"], ["A", 2]):
        second.append(row)
    out = io.BytesIO()
    book.save(out)
    server.put("/t.xlsx", Answer(out.getvalue()))
    server.put("/t.xls", Answer((Path(__file__).parents[1] / "spreadsheets/files/cells.xls").read_bytes()))
    (record,) = asking.read("file", "/t.xls", format="xls", rows=[{"a": "Città"}]).records[:1]
    assert (record["Città"], record["Giorno"]) == ("perché", "2020-02-29")
    batch = asking.read("file", "/t.xlsx", format="xlsx", sheet="Dati", header_row=2)
    assert (batch.records[0]["Codice"], batch.records[0]["Telefono"]) == ("A", "2")
    assert asking.fault("file", "/t.xlsx", format="xlsx", sheet="Altro") == "source-layout"


def test_a_google_sheet_is_read_through_its_export() -> None:
    sheet = "https://docs.google.com/spreadsheets/d/abc-123_X"
    for address in (f"{sheet}/edit#gid=7", f"{sheet}/edit?usp=sharing&gid=7", f"{sheet}/export?format=csv&gid=7"):
        assert export_address(address) == f"{sheet}/export?format=csv&gid=7"
    assert export_address(f"{sheet}/edit") == f"{sheet}/export?format=csv&gid=0"
    assert export_address("https://example.org/t.csv") == "https://example.org/t.csv"


def test_projects_of_the_api_page_by_page(asking: Asking, server: Server) -> None:
    put_pages(server, [{"cod_locale_progetto": "A", "cup": "C", "tot_pagamenti": "1.234,50"}],
              [{"cod_locale_progetto": "B", "programmi": [{"codice_programma": "P"}, {"codice_programma": "Q"}]}])
    batch = asking.read("opencoesione-api", "/api/progetti/")
    assert [record["cod_locale_progetto"] for record in batch.records] == ["A", "B"]
    assert batch.records[1]["programmi.codice_programma"] == "P|Q"
    assert len(server.paths()) == 2


def test_the_real_project_of_the_api(asking: Asking, server: Server) -> None:
    if not SAMPLE.exists():
        pytest.skip("../shared is not here: the real answer cannot be tried")
    put_pages(server, [json.loads(SAMPLE.read_text("utf-8"))])
    (record,) = asking.read("opencoesione-api", "/api/progetti/", programme="2016MBCSGFSC006").records
    assert (record["cod_locale_progetto"], record["cup"], record["tot_pagamenti"], record["data_aggiornamento"]) == (
        "1MISEFSC-REGGIADICASERTA4", "F22C16000620001", "35722,38", "20191031")
    assert (record["cod_ateco"], record["programmi.codice_programma"]) == ("", "2016MBCSGFSC006")
    assert asking.fault("opencoesione-api", "/api/progetti/", programme="X") == "source-nothing-found"


@pytest.mark.parametrize("wrong", ["count", "loop", "host", "ignored"])
def test_listings_that_cannot_be_trusted(asking: Asking, server: Server, wrong: str) -> None:
    item = {"cod_locale_progetto": "A", "oc_descr_ciclo": "2014-2020"}
    first = "/api/progetti/?format=json&page_size=500"
    put_pages(server, [item], count=9 if wrong == "count" else None)
    if wrong in ("loop", "host"):
        more = f"{server.url}{first}" if wrong == "loop" else "http://example.org/page2"
        server.put(first, as_json({"count": 2, "next": more, "results": [item]}))
    check = asking.fault("opencoesione-api", "/api/progetti/", check={"oc_descr_ciclo": "2021-2027"})
    assert check == {"host": "source-host", "ignored": "source-filter"}.get(wrong, "source-layout")


def test_totals_that_add_up(asking: Asking, server: Server) -> None:
    server.put("/aggregati/", as_json(aggregates()))
    batch = asking.read("opencoesione-aggregates", "/aggregati/")
    assert len(batch.records) == 7
    assert batch.records[0]["pagamenti"] == "1.234.567,89"
    assert batch.records[0]["data_aggiornamento"] == "20260430"
    assert {record["dimension"] for record in batch.records} == {"totali", "stati_progetti", "temi", "nature"}


@pytest.mark.parametrize(("column", "value", "check"), [
    ("pagamenti", "1.000.003,51", "source-sums"), ("progetti", "8", "source-sums"),
    ("pagamenti", "molti", "source-layout"), ("progetti", None, "source-layout"),
])
def test_totals_that_do_not(asking: Asking, server: Server, column: str, value: str | None, check: str) -> None:
    content = aggregates()
    content["aggregati"]["temi"]["a"]["totali"][column] = value
    if value is None:
        del content["aggregati"]["temi"]["a"]["totali"][column]
    server.put("/aggregati/", as_json(content))
    assert asking.fault("opencoesione-aggregates", "/aggregati/") == check


def put_package(server: Server, active: bool) -> None:
    resources = [{"id": "r1", "format": "CSV", "datastore_active": active, "url": f"{server.url}/t.csv"},
                 {"id": "r2", "format": "JSON", "datastore_active": False, "url": f"{server.url}/t.json"}]
    server.put("/api/3/action/package_show?id=p", as_json({"success": True, "result": {"resources": resources}}))


def put_rows(server: Server, total: int, *starts: int) -> None:
    for start in starts:
        rows = [{"_id": n, "Codice": f"C{n}", "Telefono": None} for n in range(start, min(start + 1000, total))]
        path = f"/api/3/action/datastore_search?limit=1000&offset={start}&resource_id=r1&sort=_id"
        server.put(path, as_json({"success": True, "result": {"total": total, "records": rows}}))


def test_a_datastore_page_by_page(asking: Asking, server: Server) -> None:
    put_package(server, True)
    put_rows(server, 2300, 0, 1000, 2000)
    batch = asking.read("ckan", "/", package="p", format="csv")
    assert len(batch.records) == 2300
    assert {k: v for k, v in batch.records[-1].items() if k[0] != "@"} == {"Codice": "C2299", "Telefono": ""}


def test_a_resource_that_is_a_file(asking: Asking, server: Server) -> None:
    put_package(server, False)
    server.put("/t.csv", Answer(CSV))
    assert len(asking.read("ckan", "/api/3/action", package="p", resource="r1").records) == 2
    assert asking.fault("ckan", "/", package="p", format="ods") == "source-layout"


def test_a_portal_that_goes_wrong(asking: Asking, server: Server) -> None:
    server.put("/api/3/action/package_show?id=p", as_json({"success": False, "error": {"message": "Not found"}}))
    assert asking.fault("ckan", "/", package="p", format="csv") == "source-layout"
    put_package(server, True)
    put_rows(server, 2300, 0)
    server.put("/api/3/action/datastore_search?limit=1000&offset=1000&resource_id=r1&sort=_id",
               as_json({"success": True, "result": {"total": 2299, "records": [{"_id": 1}]}}))
    Asking.__init__(asking, server, asking.fetcher.network.folder)
    assert asking.fault("ckan", "/", package="p", format="csv") == "source-layout"
