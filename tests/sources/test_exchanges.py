"""Servers that misbehave in every way: an exchange ends in its time, and what came by half is nothing."""

from __future__ import annotations

import gzip
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.faulty import Script, faulty

from etl.sources.bodies import SECONDS
from etl.sources.guard import Policy, Resolver, resolve
from etl.sources.http import Fetcher, Network
from etl.sources.model import FailedSourceError

pytestmark = pytest.mark.slow

DEADLINE, SILENCE = 0.4, 0.15
AMPLE = 5.0  # for a server that ends by itself: however busy the machine, it is not the clock that ends it
SLACK = 1.0  # what a busy machine may take beside
OK = b"HTTP/1.1 200 OK\r\n"
OPEN = OK + b"Content-Type: text/csv\r\n\r\n"
ROWS = b"Codice;Telefono\r\nA;02 0070 7160\r\nB;02 0070"
PAGE = b"<!doctype html><html><body><p>Codice"
TIMEOUT, CUT, STATUS, TYPE = "source-timeout", "source-truncated", "source-status", "source-type"
UNREACHABLE, LARGE, EMPTY = "source-unreachable", "source-too-large", "source-empty"


def slowly(text: bytes) -> Script:
    """Byte by byte, each before the silence is over."""
    return [step for byte in text for step in (bytes([byte]), 0.05)]


class Endless:
    """The same steps without end, to each who comes."""

    def __init__(self, *steps: bytes | float, before: bytes = b"") -> None:
        self.steps, self.before = steps, before

    def __iter__(self) -> Iterator[bytes | float]:
        return itertools.chain([self.before], itertools.cycle(self.steps))


def sized(body: bytes, length: int | None = None, *headers: bytes) -> bytes:
    lines = [OK.strip(), b"Content-Length: %d" % (len(body) if length is None else length), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def moved(to: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + b"\r\nConnection: close\r\n\r\n"


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = b"Content-Encoding: gzip"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n"
SERVERS: dict[str, tuple[Script, str, str]] = {
    # name: (what it says, the kind that was promised, what comes of it)
    "never answers": (Endless(0.1), "csv", TIMEOUT),
    "hangs up at once": ([], "csv", UNREACHABLE),
    "hangs up in the status": ([b"HTTP/1."], "csv", UNREACHABLE),
    "hangs up in the headers": ([OK + b"Content-Ty"], "csv", EMPTY),
    "status byte by byte": (slowly(OK * 9), "csv", TIMEOUT),
    "headers byte by byte": (Endless(b"a", 0.05, before=OK + b"X: "), "csv", TIMEOUT),
    "headers line by line": (Endless(b"X: y\r\n", 0.05, before=OK), "csv", TIMEOUT),
    "headers without end, fast": (Endless(b"X: y\r\n" * 99, before=OK), "csv", UNREACHABLE),
    "one header without end": (Endless(b"a" * 9999, before=OK + b"X: "), "csv", UNREACHABLE),
    "100 Continue without end": (Endless(b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), "csv", TIMEOUT),
    "no HTTP": ([b"220 mail.example.org ESMTP\r\n"], "csv", UNREACHABLE),
    "noise": (Endless(b"\x00\xff\x13"), "csv", UNREACHABLE),
    "a status that is none": ([b"HTTP/1.1 999999 ?\r\n\r\n"], "csv", UNREACHABLE),
    "a length that is none": ([OK + b"Content-Length: many\r\n\r\n" + ROWS], "csv", CUT),
    "a length below nothing": ([OK + b"Content-Length: -5\r\n\r\n" + ROWS], "csv", CUT),
    "body byte by byte": ([sized(b"", 99), *slowly(ROWS)], "csv", TIMEOUT),
    "body that stops": ([sized(ROWS, 9999), 5.0], "csv", TIMEOUT),
    "body cut": ([sized(ROWS, 9999)], "csv", CUT),
    "no length, last line cut": ([OPEN + ROWS], "csv", CUT),
    "no length, byte by byte": ([OPEN, *slowly(ROWS)], "csv", TIMEOUT),
    "no length, without end": (Endless(b"A;1\r\n" * 9999, before=OPEN), "csv", LARGE),
    "no length, half a page": ([OPEN + PAGE], "html", CUT),
    "half a page of the right length": ([sized(PAGE)], "html", CUT),
    "half JSON of the right length": ([sized(b'{"a": [1, 2')], "json", CUT),
    "no length, half JSON": ([OPEN + b'[{"a": 1}, {"a"'], "json", CUT),
    "half a zip of the right length": ([sized(b"PK\x03\x04" + bytes(99))], "xlsx", CUT),
    "no length, half an xls": ([OPEN + b"\xd0\xcf\x11\xe0" + bytes(700)], "xls", CUT),
    "no length, half XML": ([OPEN + b"<?xml version='1.0'?><a><b"], "xml", CUT),
    "chunk that stops": ([CHUNKED + b"ff\r\nA;1\r\n", 5.0], "csv", TIMEOUT),
    "chunks byte by byte": ([CHUNKED, *slowly(b"1\r\nA\r\n" * 99)], "csv", TIMEOUT),
    "chunk cut": ([CHUNKED + b"ff\r\nA;1\r\n"], "csv", CUT),
    "no last chunk": ([CHUNKED + b"4\r\nA;1\n\r\n"], "csv", CUT),
    "a chunk of no size": ([CHUNKED + b"zz\r\nA;1\r\n"], "csv", CUT),
    "a size of a chunk without end": (Endless(b"0", 0.05, before=CHUNKED), "csv", TIMEOUT),
    "trailers without end": (Endless(b"X: y\r\n", 0.05, before=CHUNKED + b"4\r\nA;1\n\r\n0\r\n"), "csv", TIMEOUT),
    "gzip cut": ([sized(gzip.compress(ROWS * 99)[:50], None, PACKED)], "csv", CUT),
    "gzip that is none": ([sized(ROWS, None, PACKED)], "csv", TYPE),
    "nothing": ([sized(b"")], "csv", EMPTY),
    "page of a firewall": ([sized(b"<script>location.reload()</script>")], "csv", TYPE),
    "redirects without end": ([moved(b"/a?%d" % 0)], "csv", "source-redirect"),
    "redirects, slowly": ([0.1, moved(b"/b")], "csv", "source-redirect"),
    "busy, come back in an hour": ([BUSY + b"Retry-After: 3600\r\n\r\n"], "csv", STATUS),
    "busy, come back in the year 1": ([BUSY + b"Retry-After: Mon, 01 Jan 0001 00:00:00 GMT\r\n\r\n"], "csv", STATUS),
    "busy, slowly": ([0.1, BUSY + b"\r\n"], "csv", STATUS),
}
ON_CONNECTING: dict[str, tuple[Script, str]] = {
    "TLS that never begins": (Endless(0.1), TIMEOUT),
    "TLS byte by byte": (Endless(b"\x16", 0.05, before=b"\x16\x03\x03\x40"), TIMEOUT),
    "TLS that is none": ([b"HTTP/1.1 200 OK\r\n\r\n"], "source-certificate"),
    "TLS cut": ([b"\x16\x03\x03"], UNREACHABLE),
}


def ends_in_time(folder: Path, url: str, kind: str, check: str, resolver: Resolver = resolve) -> None:
    """A request fails with this check, within its time and with nothing left behind."""
    silence, deadline = (SILENCE, DEADLINE) if check == TIMEOUT else (AMPLE, AMPLE)
    policy = Policy(frozenset({"127.0.0.1", "slow.example"}), insecure=True, allow_loopback=True, pause=0, attempts=3,
                    silence_seconds=silence, total_seconds=deadline, max_bytes=1_000_000)
    network = Network(folder, sleep=lambda _: None, resolver=resolver)
    began = time.monotonic()
    with pytest.raises(FailedSourceError) as error:
        Fetcher(policy, network, {}, "2026-11-25").get(url, kind)
    assert time.monotonic() - began < deadline + SLACK
    assert error.value.check == check
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("name", SERVERS)
def test_an_exchange_ends_in_its_time(name: str, tmp_path: Path) -> None:
    script, kind, check = SERVERS[name]
    with faulty(script) as (port, moments):
        ends_in_time(tmp_path / "bodies", f"http://127.0.0.1:{port}/a", kind, check)
        assert moments


@pytest.mark.parametrize("name", ON_CONNECTING)
def test_a_connection_ends_in_its_time(name: str, tmp_path: Path) -> None:
    script, check = ON_CONNECTING[name]
    with faulty(script, first=True) as (port, _):
        ends_in_time(tmp_path / "bodies", f"https://127.0.0.1:{port}/a", "csv", check)


def test_robots_txt_is_a_part_of_the_exchange(tmp_path: Path) -> None:
    with faulty(SERVERS["headers byte by byte"][0], robots=True) as (port, _):
        ends_in_time(tmp_path / "bodies", f"http://127.0.0.1:{port}/a", "csv", TIMEOUT)


def test_a_name_that_is_looked_up_without_end(tmp_path: Path) -> None:
    def resolver(_host: str, _port: int) -> list[str]:
        time.sleep(DEADLINE + SLACK)
        return ["127.0.0.1"]

    ends_in_time(tmp_path / "bodies", "http://slow.example/a", "csv", TIMEOUT, resolver)


def test_all_answers_of_a_source_have_a_time_together(tmp_path: Path) -> None:
    policy = Policy(frozenset({"127.0.0.1"}), insecure=True, allow_loopback=True, pause=0, source_seconds=0)
    with faulty([sized(b"A;1\n")]) as (port, moments):
        with pytest.raises(FailedSourceError) as error:
            Fetcher(policy, Network(tmp_path), {}, "2026-11-25").get(f"http://127.0.0.1:{port}/a", "csv")
        assert (error.value.check, moments) == (TIMEOUT, [])


WHOLE = {
    "csv": b"A;1\r\n", "html": b"<p>A</p></body></html>\n", "json": b'{"a": 1}', "xml": b"<?xml version='1.0'?><a></a>",
}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_answer_without_a_length_that_is_whole_is_taken(kind: str, tmp_path: Path) -> None:
    policy = Policy(frozenset({"127.0.0.1"}), insecure=True, allow_loopback=True, pause=0)
    with faulty([OPEN + WHOLE[kind]]) as (port, _):
        got = Fetcher(policy, Network(tmp_path), {}, "2026-11-25").get(f"http://127.0.0.1:{port}/a", kind)
        assert got.body == WHOLE[kind]


def test_every_kind_has_its_time() -> None:
    policy = Policy(frozenset())
    assert policy.total_seconds is None
    assert max(SECONDS.values()) <= policy.source_seconds
    assert min(SECONDS.values()) > policy.silence_seconds
