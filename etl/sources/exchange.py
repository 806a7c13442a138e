"""One exchange with a host, which ends in time whatever the other side does: its name, its connection, its answer."""

from __future__ import annotations

import http.client
import io
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any
from urllib.parse import SplitResult

import certifi
import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as SilenceError

from etl.meta.places import DISTRIBUTION
from etl.sources.bodies import PIECE
from etl.sources.guard import PORTS, Policy, Resolver, public_address
from etl.sources.model import FailedSourceError, PassingFailedSourceError

AGENT = f"abitare-open-data/{version(DISTRIBUTION)}"
PATIENCE = urllib3.Retry(backoff_factor=2, retry_after_max=120, status_forcelist={408, 425, 429, 500, 502, 503, 504})
"""What passes, and how long it is waited for: not at all, then 4 seconds, 8 … or as long as the server asks."""
EXPECTED = re.compile(rb"available in ([0-9]+)\s+second")  # OpenCoesione's way to say Retry-After


@dataclass(frozen=True)
class Deadline:
    """When what is asked of an address must have come, redirects, pauses and further attempts included.

    at: by time.monotonic().
    """

    url: str
    at: float

    @property
    def seconds(self) -> float:
        """What is left, never less than nothing."""
        return max(0.0, self.at - time.monotonic())

    def left(self, most: float) -> float:
        """The seconds that the next step may take, at most so many; raises where the time is used up."""
        if not self.seconds:
            raise PassingFailedSourceError("source-timeout", found=self.url)
        return min(most, self.seconds)


class TimedBytes(io.RawIOBase):
    """What comes from a connection. Each reading ends after a silence, or when the time of the exchange is over: bytes
    that come one by one, in headers too, never end the time-out of a socket."""

    def __init__(self, raw: io.RawIOBase, sock: Any, silence: float, at: float) -> None:
        self.raw, self.sock, self.silence, self.at = raw, sock, silence, at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time of the exchange is over")
        self.sock.settimeout(min(self.silence, left))
        got: int | None = self.raw.readinto(buffer)
        return got

    def close(self) -> None:
        self.raw.close()
        super().close()


class TimedAnswer(http.client.HTTPResponse):
    """An answer that is read in time, from its first byte."""

    def __init__(self, silence: float, at: float, sock: Any, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(TimedBytes(self.fp.detach(), sock, silence, at))


def timed(connection: type[Any], silence: float, at: float) -> type[Any]:
    """A kind of connection with such answers."""
    return type("TimedConnection", (connection,), {"response_class": staticmethod(partial(TimedAnswer, silence, at))})


@contextmanager
def exchange(
    policy: Policy, resolver: Resolver, parts: SplitResult, known: Mapping[str, Any], deadline: Deadline
) -> Iterator[urllib3.BaseHTTPResponse]:
    """One answer on a connection to the address that was checked; faults of the network get names of ours."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    address = public_address(host, port, policy, resolver, deadline.left(policy.silence_seconds))
    pool = connection_pool(policy, parts.scheme, host, address, port, deadline)
    headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"}
    for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "last_modified")):
        if known.get(key):
            headers[name] = known[key]
    answer, target = None, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        answer = pool.urlopen("GET", target, headers=headers, preload_content=False, decode_content=False,
                              redirect=False, retries=False, assert_same_host=False)
        yield answer
    except HTTPError as error:
        raise named(error, parts.geturl(), answer is not None) from error
    finally:
        if answer is not None:
            answer.close()
        pool.close()


def connection_pool(
    policy: Policy, scheme: str, host: str, address: str, port: int, deadline: Deadline
) -> urllib3.HTTPConnectionPool:
    """One connection to the checked address; over https it must prove to be the host."""
    silence = policy.silence_seconds
    # The connection and the handshake of TLS get this time each.
    timeout = urllib3.Timeout(connect=min(silence, deadline.left(silence) / 2), read=silence)
    if scheme == "http":
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
    else:
        context = ssl.create_default_context(cafile=policy.ca_file or certifi.where())
        pool = urllib3.HTTPSConnectionPool(address, port, timeout=timeout, maxsize=1, ssl_context=context,
                                           server_hostname=host, assert_hostname=host)
    pool.ConnectionCls = timed(pool.ConnectionCls, silence, deadline.at)
    return pool


def named(error: HTTPError, url: str, reading: bool) -> FailedSourceError:
    """The fault of ours for one of the network's."""
    reason = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Exception) else error
    # urllib3 counts a refused connection among the time-outs.
    if isinstance(error, SilenceError) and not isinstance(error, NewConnectionError):
        return PassingFailedSourceError("source-timeout", found=url)
    broken = any(isinstance(cause, ssl.SSLEOFError) for cause in (reason, *error.args))
    if (isinstance(error, SSLError) or isinstance(reason, ssl.SSLError)) and not broken:
        return FailedSourceError("source-certificate", found=f"{url}: {reason}"[:300])
    if reading:
        return PassingFailedSourceError("source-truncated", found=url)
    return PassingFailedSourceError("source-unreachable", found=f"{url}: {reason}"[:300])


def refusal(answer: urllib3.BaseHTTPResponse, url: str) -> FailedSourceError:
    """The fault of an answer that is neither a body nor a redirect, with the seconds that it asks us to wait."""
    words = {"expected": str(answer.status), "found": url}
    if not PATIENCE.is_retry("GET", answer.status):
        return FailedSourceError("source-status", **words)
    fault = PassingFailedSourceError("source-status", **words)
    said = EXPECTED.search(answer.read1(PIECE, decode_content=False))
    try:
        fault.wait = PATIENCE.parse_retry_after(answer.headers.get("Retry-After", said[1].decode() if said else "0"))
    except InvalidHeader:
        fault.wait = 0  # an unreadable date asks for nothing in particular
    return fault
