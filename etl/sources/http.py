"""One request and its answer, on a connection to the address that was checked; faults of the network get names."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Any
from urllib.parse import SplitResult

import certifi
import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as SilenceError

from etl.sources.guard import PORTS, Policy, Resolver, public_address
from etl.sources.model import FailedSourceError, PassingFailedSourceError

AGENT = f"abitare-open-data/{version('milano-abitare-open-data')}"
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
EXPECTED = re.compile(r"([0-9]+)\s+second")  # "Expected available in 12 seconds": OpenCoesione's way to say Retry-After
PIECE = 1 << 16


class Exchange:
    """`with Exchange(...) as answer`: status and headers of one answer, and its body piece by piece."""

    def __init__(self, policy: Policy, resolver: Resolver, parts: SplitResult, known: Mapping[str, Any]) -> None:
        self.policy, self.parts, self.url = policy, parts, parts.geturl()
        self.deadline = time.monotonic() + policy.total_seconds
        self.request_headers = {
            "Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*",
            **{name: known[key] for name, key in (("If-None-Match", "etag"), ("If-Modified-Since", "last_modified"))
               if known.get(key)},
        }
        host = parts.hostname or ""
        port = parts.port or PORTS[parts.scheme]
        self.pool = self.connection_pool(public_address(host, port, policy, resolver), port, host)

    def connection_pool(self, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
        """One connection to the checked address; over https it must prove to be the host."""
        timeout = urllib3.Timeout(connect=self.policy.silence_seconds, read=self.policy.silence_seconds)
        if self.parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
        context = ssl.create_default_context(cafile=self.policy.ca_file or certifi.where())
        return urllib3.HTTPSConnectionPool(address, port, timeout=timeout, maxsize=1, ssl_context=context,
                                           server_hostname=host, assert_hostname=host)

    def __enter__(self) -> Exchange:
        path = self.parts.path or "/"
        target = f"{path}?{self.parts.query}" if self.parts.query else path
        try:
            self.answer = self.pool.urlopen(
                "GET", target, headers=self.request_headers, preload_content=False, decode_content=False,
                redirect=False, retries=False, assert_same_host=False,
            )
        except (HTTPError, OSError) as error:
            self.pool.close()
            raise self.named(error) from error
        self.status, self.headers = self.answer.status, self.answer.headers
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.answer.close()
        self.pool.close()

    def pieces(self) -> Iterator[bytes]:
        """The body as it comes; ends with a fault when it is cut, silent for too long or slow without end."""
        while True:
            try:
                piece = self.answer.read1(PIECE, decode_content=False)
            except (HTTPError, OSError) as error:
                raise self.named(error, reading=True) from error
            if not piece:
                return
            yield piece
            if time.monotonic() > self.deadline:
                raise PassingFailedSourceError("source-timeout", found=self.url)

    def named(self, error: Exception, reading: bool = False) -> FailedSourceError:
        """The fault of ours for one of the network's."""
        reason = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Exception) else error
        # urllib3 counts a refused connection among the time-outs.
        if isinstance(error, (SilenceError, TimeoutError)) and not isinstance(error, NewConnectionError):
            return PassingFailedSourceError("source-timeout", found=self.url)
        if isinstance(error, SSLError) or isinstance(reason, ssl.SSLError):
            return FailedSourceError("source-certificate", found=f"{self.url}: {reason}"[:300])
        check = "source-truncated" if reading else "source-unreachable"
        return PassingFailedSourceError(check, found=self.url if reading else f"{self.url}: {reason}"[:300])

    def refusal(self) -> FailedSourceError:
        """The fault of an answer that is neither a body nor a redirect."""
        words = {"expected": str(self.status), "found": self.url}
        if self.status not in TRANSIENT:
            return FailedSourceError("source-status", **words)
        fault = PassingFailedSourceError("source-status", **words)
        fault.wait = self.asked_wait()
        return fault

    def asked_wait(self) -> float:
        """Seconds that the server asks us to wait, by Retry-After or in the words of its answer; 0 when it does not."""
        stated = self.headers.get("Retry-After", "").strip()
        if stated.isdigit():
            return float(stated)
        if stated:
            try:
                return max(0.0, (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds())
            except (ValueError, TypeError):
                return 0  # an unreadable date asks for nothing in particular
        try:
            body = json.loads(b"".join(self.pieces())[:10_000])
        except (ValueError, FailedSourceError):
            return 0  # an error page without words for programs
        match = EXPECTED.search(str(body.get("detail", ""))) if isinstance(body, dict) else None
        return float(match[1]) if match else 0
