"""Behind a plain web server, under load, while releases come and go: every answer is there, and belongs together."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from support.repository import SOAK
from support.web_servers import CADDY, CADDYFILE, NGINX, SNIPPET, Site, caddy, free_port, nginx

from etl.commands.publish import publish
from etl.commands.rollback import rollback
from etl.meta.view import digest
from etl.runtime.receipt import write_receipt
from etl.web.pages.trust.security import HEADERS, IMMUTABLE

pytestmark = pytest.mark.slow

WRK = shutil.which("wrk")
PAGES, SITES = 20, 6
SECONDS, SWAPS = (30, 200) if SOAK else (4, 25)


def make_site(folder: Path, number: int) -> Path:
    """A site whose pages carry its id and load a stylesheet that has its content in its name."""
    style = f"/* {number} */\n" * 1000
    name = f"site.{digest(style.encode())[:8]}.css"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / name).write_text(style, "utf-8")
    for page in range(PAGES):
        (folder / f"p{page}").mkdir()
        text = f'<meta name="release" content="r{number}"><link rel="stylesheet" href="/assets/{name}">\n'
        (folder / f"p{page}" / "index.html").write_text(text + "x" * 20_000 + f"<!-- r{number} -->", "utf-8")
    write_receipt(folder, {"date": f"2026-11-{number + 1:02}", "release": f"r{number}"})
    return folder


@pytest.fixture(params=[pytest.param((NGINX, nginx), id="nginx"), pytest.param((CADDY, caddy), id="caddy")])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A web server with our settings, its root the pointer of a publication."""
    program, words = request.param
    if not program:
        pytest.skip("the web server is not installed here (Debian: apt-get install nginx-light caddy)")
    to, port = tmp_path / "public", free_port()
    publish(make_site(tmp_path / "first", 0), to)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    with subprocess.Popen(words(tmp_path, to, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env={**os.environ, "HOME": str(tmp_path)}) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                requests.get(f"{address}/p0/", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield Site(address, to)
        server.terminate()


class Reader(threading.Thread):
    """Somebody who reads page after page and loads what each names."""

    def __init__(self, address: str, styles: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.address, self.styles = address, styles
        self.read, self.faults, self.going = 0, list[str](), True

    def run(self) -> None:
        while self.going:
            try:
                page = self.get(f"/p{self.read % PAGES}/").decode()
                ids = set(re.findall(r"\b(r\d+)\b", page))
                link = re.search(r'href="([^"]+)"', page)
                assert len(ids) == 1, f"a page of several releases: {ids}"
                assert link
                time.sleep(0.02)  # the browser parses; the pointer may move meanwhile
                assert digest(self.get(link[1])) == self.styles[ids.pop()], "an asset of another release"
            except Exception as error:  # noqa: BLE001 - every fault is told, whatever it is
                self.faults.append(f"{type(error).__name__}: {error}")
            self.read += 1

    def get(self, path: str) -> bytes:
        answer = requests.get(self.address + path, timeout=20)
        answer.raise_for_status()
        return answer.content


def test_no_request_fails_while_releases_come_and_go(served: Site, tmp_path: Path) -> None:
    if not WRK:
        pytest.skip("wrk is not installed here (Debian: apt-get install wrk)")
    address, to = served
    sites = [tmp_path / "first", *(make_site(tmp_path / f"site{number}", number) for number in range(1, SITES))]
    styles = {f"r{number}": digest(next((site / "assets").iterdir()).read_bytes()) for number, site in enumerate(sites)}
    report = tmp_path / "done.lua"
    report.write_text('done = function(s, l, r) io.write(string.format("%d %d %d %d %d %d\\n", s.requests, '
                      "s.errors.connect, s.errors.read, s.errors.write, s.errors.status, s.errors.timeout)) end\n")
    reader = Reader(address, styles)
    reader.start()
    with subprocess.Popen([WRK, "-t1", "-c8", f"-d{SECONDS}s", "-s", str(report), f"{address}/p3/"],
                          stdout=subprocess.PIPE, text=True) as wrk:
        swaps = 0
        while swaps < SWAPS or wrk.poll() is None:
            if swaps % 5 == 4:
                rollback(to)
            else:
                publish(sites[swaps % SITES], to, keep=4)
            swaps += 1
            if wrk.poll() is None:
                time.sleep(max(0, SECONDS / SWAPS - 0.05))
        said, _ = wrk.communicate()
    reader.going = False
    reader.join(10)
    answered, *errors = map(int, said.strip().splitlines()[-1].split())
    print(f"{swaps} swaps; {answered} answers, {sum(errors)} errors; {reader.read} pages with their asset, "
          f"{len(reader.faults)} faults")
    assert answered > 100 * SECONDS
    assert errors == [0, 0, 0, 0, 0]
    assert reader.read > 5 * SECONDS
    assert reader.faults == []
    assert swaps >= SWAPS


def test_the_snippet_sends_the_headers_that_we_promise(served: Site) -> None:
    address, to = served
    (to / "current" / "404.html").write_text("not here", "utf-8")
    page = requests.get(f"{address}/p0/", timeout=5, headers={"X-Forwarded-Proto": "https"})
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    assert page.headers["Cache-Control"] == "no-cache"
    style = next((to / "current" / "assets").iterdir()).name
    asset = requests.get(f"{address}/assets/{style}", timeout=5)
    assert asset.headers["Cache-Control"] == IMMUTABLE
    assert asset.headers["X-Content-Type-Options"] == "nosniff"
    missing = requests.get(f"{address}/nothing/", timeout=5)
    assert (missing.status_code, missing.text) == (404, "not here")
    assert missing.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_behind_a_proxy_with_tls_nobody_is_led_out_of_it(served: Site) -> None:
    address, to = served
    (to / "current" / "404.html").write_text("not here", "utf-8")

    def get(path: str, proto: str = "") -> requests.Response:
        headers = {"X-Forwarded-Proto": proto} if proto else {}
        return requests.get(f"{address}{path}", timeout=5, headers=headers, allow_redirects=False)

    assert (get("/p0", "https").status_code in (301, 308), get("/p0", "https").headers["Location"]) == (True, "/p0/")
    led = get("/p0/?x=1", "http")
    assert (led.status_code, led.headers["Location"]) == (308, "https://127.0.0.1/p0/?x=1")
    assert "Strict-Transport-Security" not in get("/p0/").headers, "it says nothing over plain HTTP"
    listing = get("/assets/", "https")
    assert (listing.status_code, listing.text) == (404, "not here"), "nginx's own page"


def test_parts_of_a_database_can_be_asked_for(served: Site) -> None:
    address, to = served
    (to / "current" / "x.sqlite").write_bytes(bytes(range(200)))
    part = requests.get(f"{address}/x.sqlite", timeout=5, headers={"Range": "bytes=100-109"})
    assert (part.status_code, part.content) == (206, bytes(range(100, 110)))


def test_the_snippet_opens_the_data_and_presses_what_is_text(served: Site) -> None:
    address, to = served
    for folder in ("dati", "api", "altro"):
        (to / "current" / folder).mkdir()
        for name in ("x.jsonld", "x.csv-metadata.json", "x.rdf", "x.geojson", "x.ics", "x.yaml", "x.xml"):
            (to / "current" / folder / name).write_text("x" * 5000, "utf-8")
            answer = requests.get(f"{address}/{folder}/{name}", timeout=5)
            assert answer.headers.get("Content-Encoding") == "gzip", (name, answer.headers)
            assert answer.headers["Vary"] == "Accept-Encoding", name
            assert answer.headers.get("Access-Control-Allow-Origin") == (None if folder == "altro" else "*"), folder
    for name in ("v1/status", "404.json"):
        (to / "current" / "api" / name).parent.mkdir(exist_ok=True)
        (to / "current" / "api" / name).write_text('{"status": 404}', "utf-8")
    for place, code in (("v1/status", 200), ("v1/nothing.json", 404)):
        answer = requests.get(f"{address}/api/{place}", timeout=5)
        assert (answer.status_code, answer.json()) == (code, {"status": 404})
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    described = requests.get(f"{address}/dati/x.csv-metadata.json", timeout=5)
    assert described.headers["Content-Type"].startswith("application/csvm+json")


def test_the_settings_of_both_servers_say_the_same() -> None:
    nginx_says, caddy_says = SNIPPET.read_text("utf-8"), CADDYFILE.read_text("utf-8")
    assert f'~https "{HEADERS["Strict-Transport-Security"]}";' in nginx_says
    assert f'@asset Cache-Control "{IMMUTABLE}"' in caddy_says
    for name, value in HEADERS.items():
        sent = "$over_tls" if name == "Strict-Transport-Security" else f'"{value}"'
        assert f"add_header {name} {sent} always;" in nginx_says
        assert f'{name} "{value}"' in caddy_says
    types = {end: kind for kind, ends in re.findall(r"^        (\S+/\S+) ([\w ]+);$", nginx_says, re.M)
             for end in ends.split()}
    typed = re.compile(re.search(r"@typed path_regexp (\S+)", caddy_says)[1])  # type: ignore[index]
    said = [(re.compile(f"(?:{rule})"), kind) for rule, kind in re.findall(r'^\t\t~(\S+) "([^";]+)', caddy_says, re.M)]
    for end, kind in types.items():
        path = f"/dati/x.{end}"
        found = next((given for rule, given in said if rule.search(path)), "")
        assert bool(typed.search(path)) == bool(found)
        assert found == ("" if end in ("html", "css", "js", "svg", "png", "pdf", "wasm") else kind), "known to Caddy"


def test_there_is_a_contact_for_who_finds_a_hole(built_site: Path) -> None:
    from datetime import date, timedelta

    receipt = json.loads((built_site / "release.json").read_text("utf-8"))
    for place in (".well-known/security.txt", "security.txt"):
        said = dict(line.split(": ", 1) for line in (built_site / place).read_text("utf-8").splitlines())
        assert said["Contact"].startswith(("mailto:", "https://"))
        assert said["Preferred-Languages"] == "it, en"
        expires = date.fromisoformat(said["Expires"][:10])
        assert timedelta(30) < expires - date.fromisoformat(receipt["date"]) < timedelta(365), "RFC 9116, 2.5.5"
        assert said["Canonical"].endswith("/.well-known/security.txt")
