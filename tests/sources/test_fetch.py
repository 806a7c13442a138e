"""The fetch, against a server that answers well and badly: what comes of each fault, and nothing is left by half."""

from __future__ import annotations

import gzip
import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.replay import Answer, Server, bomb, certificate, serving

from etl.sources.guard import Policy
from etl.sources.http import AGENT, Fetcher, Network
from etl.sources.model import FailedSourceError

CSV = b"a,b\n1,2\n"
LIMITS = {"allow_loopback": True, "pause": 0, "silence_seconds": 1, "total_seconds": 300, "attempts": 3}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as replay:
        yield replay


class Run:
    """A fetcher with short limits, and the seconds that it wanted to sleep."""

    def __init__(self, folder: Path, known: dict[str, dict[str, object]] | None = None, **policy: object) -> None:
        self.slept: list[float] = []
        self.network = Network(folder, sleep=self.slept.append)
        settings = {"hosts": frozenset({"127.0.0.1"}), "insecure": True, **LIMITS, **policy}
        self.fetcher = Fetcher(Policy(**settings), self.network, known or {}, "2026-11-25")

    def fault(self, url: str, kind: str = "csv") -> str:
        """The check that a request fails with; nothing of the body may stay."""
        with pytest.raises(FailedSourceError) as error:
            self.fetcher.get(url, kind)
        assert self.fetcher.resources == {}
        assert not self.network.folder.exists() or list(self.network.folder.glob("*.part")) == []
        return error.value.check


def test_a_body_arrives_whole_and_is_known(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV, headers={"ETag": '"1"', "Content-Type": "text/csv; charset=utf-8"}))
    run = Run(tmp_path)
    response = run.fetcher.get(url, "csv")
    assert (response.body, response.media_type, response.charset) == (CSV, "text/csv", "utf-8")
    assert not response.unchanged
    assert run.fetcher.resources[url] == {
        "date": "2026-11-25", "status": 200, "bytes": 8, "etag": '"1"', "last_modified": None,
        "sha256": hashlib.sha256(CSV).hexdigest(),
    }
    assert server.asked[-1][1]["User-Agent"] == AGENT


def test_what_has_not_changed_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV, headers={"ETag": '"1"'}))
    first = Run(tmp_path)
    first.fetcher.get(url, "csv")
    again = Run(tmp_path, first.fetcher.resources)
    response = again.fetcher.get(url, "csv")
    assert (response.status, response.unchanged, response.path) == (304, True, None)
    server.put("/t.csv", Answer(CSV, headers={"ETag": '"2"'}))
    response = Run(tmp_path, first.fetcher.resources).fetcher.get(url, "csv")
    assert (response.status, response.unchanged, response.body) == (200, True, CSV)
    assert again.fetcher.resources == {}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_waited_for(server: Server, tmp_path: Path, status: int) -> None:
    url = server.put("/t.csv", Answer(status=status), Answer(status=status), Answer(CSV))
    run = Run(tmp_path)
    assert run.fetcher.get(url, "csv").body == CSV
    assert run.slept == [0, 4]


def test_the_server_may_say_how_long_to_wait(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(status=429, headers={"Retry-After": "30"}),
                     Answer(b'{"detail": "Expected available in 43 seconds."}', 429), Answer(CSV))
    run = Run(tmp_path)
    assert run.fetcher.get(url, "csv").body == CSV
    assert run.slept == [30, 43]
    url = server.put("/u.csv", Answer(status=503, headers={"Retry-After": "99999"}), Answer(CSV))
    run = Run(tmp_path)
    run.fetcher.get(url, "csv")
    assert run.slept == [120]


FAULTS = {
    # name: (the answer, check, how often it was asked for)
    "slow": (Answer(CSV, delay=1.5), "source-timeout", 3),
    "cut": (Answer(CSV * 100, cut=50), "source-truncated", 3),
    "cut chunk": (Answer(CSV, cut=4, chunked=True), "source-truncated", 3),
    "cut gzip": (Answer(gzip.compress(CSV * 99)[:-9], headers={"Content-Encoding": "gzip"}), "source-truncated", 1),
    "429": (Answer(status=429), "source-status", 3),
    "500": (Answer(status=500), "source-status", 3),
    "404": (Answer(status=404), "source-status", 1),
    "web page": (Answer(b"<!DOCTYPE html><html>down", headers={"Content-Type": "text/csv"}), "source-type", 1),
    "pdf": (Answer(b"%PDF-1.7"), "source-type", 1),
    "zeros": (Answer(b"a,b\n\x00\x00"), "source-type", 1),
    "strange coding": (Answer(CSV, headers={"Content-Encoding": "br"}), "source-type", 1),
    "bomb": (Answer(bomb(60), headers={"Content-Encoding": "gzip"}), "source-bomb", 1),
    "empty": (Answer(), "source-empty", 1),
    "blank": (Answer(b"\xef\xbb\xbf \r\n"), "source-empty", 1),
    "other host": (Answer(status=302, headers={"Location": "http://example.org/x"}), "source-host", 1),
    "password": (Answer(status=302, headers={"Location": "http://a:b@127.0.0.1/x"}), "source-host", 1),
    "file": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "source-scheme", 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_outcome(server: Server, tmp_path: Path, name: str) -> None:
    answer, check, times = FAULTS[name]
    run = Run(tmp_path / "bodies")
    assert run.fault(server.put("/t.csv", answer)) == check
    assert len(server.paths()) == times


def test_attempts_and_pauses_end_with_the_time_of_the_exchange(server: Server, tmp_path: Path) -> None:
    run = Run(tmp_path, total_seconds=20)
    assert run.fault(server.put("/t.csv", Answer(status=503, headers={"Retry-After": "30"}))) == "source-status"
    assert (run.slept, len(server.paths())) == ([], 1)
    run = Run(tmp_path, total_seconds=3)
    assert run.fault(server.put("/u.csv", Answer(status=503))) == "source-status"
    assert run.slept == [0]  # the next pause would be of four seconds


def test_a_right_body_of_a_wrong_type_is_taken(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV, headers={"Content-Type": "application/octet-stream"}))
    assert Run(tmp_path).fetcher.get(url, "csv").body == CSV


def test_a_packed_body_is_unpacked(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(gzip.compress(CSV), headers={"Content-Encoding": "gzip"}, chunked=True))
    assert Run(tmp_path).fetcher.get(url, "csv").body == CSV


def test_a_body_above_the_limit_is_refused(server: Server, tmp_path: Path) -> None:
    assert Run(tmp_path, max_bytes=100).fault(server.put("/t.csv", Answer(CSV * 20))) == "source-too-large"


def test_redirects_are_followed_and_end(server: Server, tmp_path: Path) -> None:
    server.put("/a", Answer(status=301, headers={"Location": "/b"}))
    server.put("/b", Answer(status=302, headers={"Location": "c"}))
    server.put("/c", Answer(CSV))
    assert Run(tmp_path).fetcher.get(f"{server.url}/a", "csv").url == f"{server.url}/c"
    server.put("/c", Answer(status=302, headers={"Location": "/a"}))
    assert Run(tmp_path).fault(f"{server.url}/a") == "source-redirect"
    for number in range(10):
        server.put(f"/{number}", Answer(status=302, headers={"Location": f"/{number + 1}"}))
    assert Run(tmp_path).fault(f"{server.url}/0") == "source-redirect"


def test_this_machine_is_refused_unless_a_test_allows_it(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV))
    run = Run(tmp_path, allow_loopback=False)
    assert run.fault(url.replace(server.url, "http://127.0.0.1")) == "source-private-address"
    run = Run(tmp_path, allow_loopback=False, hosts=frozenset({"data.example.org"}))
    run.network.resolver = lambda _host, _port: ["93.184.216.34", "10.0.0.7"]
    assert run.fault("http://data.example.org/t.csv") == "source-private-address"
    assert server.asked == []


@pytest.mark.parametrize("target", ["http://10.0.0.7/", "http://169.254.169.254/latest/", "http://inside.example/"])
def test_a_redirect_to_a_private_network_is_refused(server: Server, tmp_path: Path, target: str) -> None:
    """By its number, and by a declared name that stands for it."""
    run = Run(tmp_path, hosts=frozenset({"127.0.0.1", "inside.example"}))
    run.network.resolver = lambda host, _port: ["10.0.0.7"] if host == "inside.example" else [host]
    url = server.put("/t.csv", Answer(status=302, headers={"Location": target}))
    assert run.fault(url) == "source-private-address"
    assert server.paths() == ["/t.csv"]


def test_https_proves_who_answers(tmp_path: Path) -> None:
    good, expired = certificate(tmp_path, 30), certificate(tmp_path, -3)
    for file, trusted, outcome in ((good, good, None), (expired, expired, "source-certificate"),
                                   (good, None, "source-certificate")):
        with serving(file) as replay:
            url = replay.put("/t.csv", Answer(CSV))
            run = Run(tmp_path / "bodies", insecure=False, ca_file=str(trusted) if trusted else None)
            if outcome:
                assert run.fault(url) == outcome
            else:
                assert run.fetcher.get(url, "csv").body == CSV


def test_http_needs_to_be_declared(server: Server, tmp_path: Path) -> None:
    assert Run(tmp_path, insecure=False).fault(server.put("/t.csv", Answer(CSV))) == "source-scheme"


def test_robots_are_obeyed(server: Server, tmp_path: Path) -> None:
    server.put("/robots.txt", Answer(b"User-agent: *\nDisallow: /private/\n"))
    url = server.put("/private/t.csv", Answer(CSV))
    run = Run(tmp_path)
    assert run.fault(url) == "source-robots"
    assert run.fetcher.get(server.put("/t.csv", Answer(CSV)), "csv").body == CSV
    assert server.paths() == ["/t.csv"]


def test_requests_to_a_host_keep_their_distance(server: Server, tmp_path: Path) -> None:
    run = Run(tmp_path, pause=7)
    run.fetcher.get(server.put("/t.csv", Answer(CSV)), "csv")
    run.fetcher.get(server.put("/u.csv", Answer(CSV)), "csv")
    assert len(run.slept) == 2
    assert all(6 < seconds <= 7 for seconds in run.slept)


def test_an_address_is_asked_once_in_a_run(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV))
    run = Run(tmp_path)
    other = Fetcher(run.fetcher.policy, run.network, {}, "2026-11-25")
    assert run.fetcher.get(url, "csv").sha256 == other.get(url, "csv").sha256
    assert url in other.resources
    assert server.paths() == ["/t.csv"]


def test_a_host_that_is_silent_is_asked_in_vain_once(tmp_path: Path) -> None:
    run = Run(tmp_path)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        assert run.fault(f"{url}/t.csv") == "source-unreachable"
        assert run.slept == [0, 4]
        assert run.fault(f"{url}/u.csv") == "source-unreachable"
    assert run.slept == [0, 4]


def test_offline_asks_nobody(server: Server, tmp_path: Path) -> None:
    url = server.put("/t.csv", Answer(CSV))
    first = Run(tmp_path)
    first.fetcher.get(url, "csv")
    later = Run(tmp_path, first.fetcher.resources)
    later.network.offline = True
    assert later.fetcher.get(url, "csv").body == CSV
    assert later.fetcher.get(f"{server.url}/never", "csv").unchanged
    assert server.paths() == ["/t.csv"]
