"""Each kind of source on a server of this machine, the real files among them, well and with each fault."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.opencoesione import aggregates
from support.programme_pages import LAYOUTS, SKELETONS, page
from support.replay import Answer, Server, bomb, serving
from support.service_sheets import hooked, whole

from etl.sources.connectors import CONNECTORS
from etl.sources.guard import Policy
from etl.sources.http import Fetcher, Network
from etl.sources.model import Batch, FailedSourceError, Request

pytestmark = pytest.mark.slow

INPUT = Path(__file__).parents[3] / "shared" / "data" / "input"
LIMITS: dict[str, Any] = {"allow_loopback": True, "insecure": True, "pause": 0, "silence_seconds": 1,
                          "total_seconds": 3, "attempts": 2}
HEADER = "COD_LOCALE_PROGETTO;CUP;OC_CODICE_PROGRAMMA"


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("progetti.csv", text)
    return out.getvalue()


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@dataclass(frozen=True)
class Kind:
    """A kind of source: where it is asked, what it gives when it is well, and the options of its declaration."""

    path: str
    body: bytes
    options: dict[str, Any] = field(default_factory=dict)
    conditional: bool = True


KINDS = {
    "programme-page": Kind("/progetto?codice=TO9.9.9.z", page(SKELETONS["table"](LAYOUTS["old"][0])),
                           conditional=False),
    "opencoesione": Kind("/progetti.zip", zipped(f"{HEADER}\r\nA;C;P\r\nB;C;Q\r\n"), {"programme": "P"}),
    "opencoesione-api": Kind("/api/?format=json&page_size=500",
                             as_json({"count": 1, "next": None, "results": [{"a": 1}]}), conditional=False),
    "opencoesione-aggregates": Kind("/aggregati/", as_json(aggregates())),
    "ckan": Kind("/api/3/action/package_show?id=p", as_json({"success": True, "result": {"resources": [
        {"id": "r", "format": "CSV", "datastore_active": True}]}}), {"package": "p", "format": "csv"}, False),
    "file": Kind("/t.csv", b"Codice;Nome\nA;B\n"),
    "service-sheet": Kind("/servizi/fondo", whole(hooked()), {"hosts": ["127.0.0.1"]}, False),
}
ROWS = {"ckan": [{"code": "Codice"}], "file": [{"code": "Codice"}]}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


def ask(
    server: Server, folder: Path, name: str, kind: Kind, known: dict[str, Any] | None = None
) -> tuple[Batch, Fetcher]:
    """What a connector gives through the fetch that the program uses."""
    if name == "ckan":
        server.put("/api/3/action/datastore_search?limit=1000&offset=0&resource_id=r&sort=_id", Answer(as_json(
            {"success": True, "result": {"total": 1, "records": [{"_id": 1, "Codice": "A"}]}})))
    address = server.url + {"ckan": "", "opencoesione-api": "/api/"}.get(name, kind.path)
    options = {"address": address, "rows": ROWS.get(name, []), **kind.options}
    policy = Policy(frozenset({"127.0.0.1"}), **LIMITS)
    fetcher = Fetcher(policy, Network(folder, sleep=lambda _seconds: None), known or {}, "2026-11-25")
    return CONNECTORS[name](Request("trials", options, [], fetcher, date(2026, 11, 25))), fetcher


def test_every_connector_that_may_be_declared_is_there_and_tried() -> None:
    assert set(CONNECTORS) == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_source_that_is_well(name: str, server: Server, tmp_path: Path) -> None:
    server.put(KINDS[name].path, Answer(KINDS[name].body, headers={"ETag": '"1"'}))
    batch, fetcher = ask(server, tmp_path, name, KINDS[name])
    assert batch.records
    assert batch.complete
    assert all(record["@date"] == "2026-11-25" for record in batch.records)
    if KINDS[name].conditional:
        again, _ = ask(server, tmp_path, name, KINDS[name], fetcher.resources)
        assert (again.records, again.complete) == ([], False)


def faulty(body: bytes) -> dict[str, tuple[list[Answer], set[str]]]:
    """Fault -> (the answers in turn, the checks that it may fail with; none when it is got over)."""
    return {
        "slow": ([Answer(body, delay=1.5)], {"source-timeout"}),
        "cut": ([Answer(body, cut=len(body) // 2)], {"source-truncated"}),
        "503 then fine": ([Answer(status=503), Answer(body)], set()),
        "500 without end": ([Answer(status=500)], {"source-status"}),
        "inside": ([Answer(status=302, headers={"Location": "http://[fc00::1]/"})], {"source-private-address"}),
        "loop": ([Answer(status=302, headers={"Location": "/loop"})], {"source-redirect"}),
        "web page": ([Answer(b"<!DOCTYPE html><html><p>Errore 500</p></html>")], {
            "source-type", "source-layout", "source-nothing-found", "source-web-page"}),
        "bomb": ([Answer(bomb(40), headers={"Content-Encoding": "gzip"})], {"source-bomb", "source-too-large"}),
        "other content": ([Answer(b"a;b\n1;2\n")], {"source-columns", "source-type"}),
        "empty": ([Answer(b"")], {"source-empty"}),
    }


@pytest.mark.parametrize("fault", faulty(b""))
@pytest.mark.parametrize("name", KINDS)
def test_each_fault_of_each_kind(name: str, fault: str, server: Server, tmp_path: Path) -> None:
    kind = KINDS[name]
    answers, checks = faulty(kind.body)[fault]
    server.put(kind.path, *answers)
    server.put("/loop", Answer(status=302, headers={"Location": "/loop"}))
    if not checks:
        assert ask(server, tmp_path, name, kind)[0].records
    else:
        with pytest.raises(FailedSourceError) as error:
            ask(server, tmp_path, name, kind)
        assert error.value.check in checks
    assert list(tmp_path.glob("*.part")) == []


REAL = {
    "opencoesione_progetti_esteso_sample10_20240229.csv": ("opencoesione", {"programme": "2014IT05M9OP001"}, 5),
    "opencoesione_progetti_beni_confiscati_20181031.csv": (
        "opencoesione", {"programme": "PON FESR FSE CITTA' METROPOLITANE"}, 1),
    "opencoesione_spesatot_data_1420.csv": ("file", {"rows": [{"value": "value"}]}, 11),
    "opencoesione_spesacertificata_data.csv": ("file", {"rows": [{"year": "Anno", "paid": "pag ammessi"}]}, 99),
    "opencoesione_national_overview_20260430.json": (
        "file", {"format": "json", "path": "statuses", "rows": [{"paid": "paymentsCents"}]}, 4),
}


@pytest.mark.parametrize("name", REAL)
def test_the_real_files(name: str, server: Server, tmp_path: Path) -> None:
    if not (INPUT / name).exists():
        pytest.skip("../shared is not here: the real files cannot be tried")
    connector, options, least = REAL[name]
    kind = Kind(f"/{name}", (INPUT / name).read_bytes(), options)
    server.put(kind.path, Answer(kind.body))
    batch, fetcher = ask(server, tmp_path, connector, kind)
    assert len(batch.records) >= least
    assert fetcher.resources[f"{server.url}/{name}"]["bytes"] == len(kind.body)
