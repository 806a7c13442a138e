"""A fetch that can be trusted: declared hosts, public addresses, limits, patience with what passes, nothing by half."""

from __future__ import annotations

import os
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import certifi
import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as SilenceError

from etl.meta.places import DISTRIBUTION
from etl.meta.view import digest
from etl.runtime.files import digest_of
from etl.sources.bodies import LIMITS, PIECE, check_kind, pieces, unpacked
from etl.sources.guard import PORTS, Policy, Resolver, check_url, public_address, resolve
from etl.sources.model import FailedSourceError, PassingFailedSourceError, Response

AGENT = f"abitare-open-data/{version(DISTRIBUTION)}"
PATIENCE = urllib3.Retry(backoff_factor=2, retry_after_max=120, status_forcelist={408, 425, 429, 500, 502, 503, 504})
"""What passes, and how long it is waited for: not at all, then 4 seconds, 8 … or as long as the server asks."""
EXPECTED = re.compile(rb"available in ([0-9]+)\s+second")  # OpenCoesione's way to say Retry-After
MOVED = frozenset({301, 302, 303, 307, 308})
SILENT = frozenset({"source-unreachable", "source-timeout"})


@dataclass
class Network:
    """What the requests of one run share: the folder of bodies, when each host was last asked, its robots.txt.

    down: hosts that did not answer however patiently they were asked; they are not asked again in this run.
    offline: nothing is asked; what the folder holds is given again.
    """

    folder: Path
    offline: bool = False
    sleep: Callable[[float], None] = time.sleep
    resolver: Resolver = resolve
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    seen: dict[str, Response] = field(default_factory=dict)
    down: dict[str, FailedSourceError] = field(default_factory=dict)

    def pause(self, host: str, seconds: float) -> None:
        """Wait until a host may be asked again."""
        wait = self.asked.get(host, float("-inf")) + seconds - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        self.asked[host] = time.monotonic()

    def place(self, url: str) -> Path:
        """Where the body of an address is kept."""
        return self.folder / digest(url)


@dataclass
class Fetcher:
    """Asks the addresses of one source. known: address -> what the lock says of it; resources: what is known now.

    today: the day written beside what is known, ISO.
    """

    policy: Policy
    network: Network
    known: Mapping[str, Mapping[str, Any]]
    today: str
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        """The body at an address, of the kind promised; see etl.sources.model.Fetching."""
        check_url(url, self.policy)
        if self.network.offline:
            return self.from_folder(url)
        known = self.known.get(url, {})
        response = self.network.seen.get(url)
        if response is None or (response.path is None and not known):
            response = self.patiently(url, kind, known if conditional else {})
            self.network.seen[url] = response
        if response.sha256 == known.get("sha256"):
            return replace(response, unchanged=True)
        self.resources[url] = {
            "date": self.today, "status": response.status, "bytes": response.size, "sha256": response.sha256,
            "etag": response.etag, "last_modified": response.last_modified,
        }
        return response

    def from_folder(self, url: str) -> Response:
        """What was fetched before, without a connection; "unchanged" where the folder holds nothing."""
        path = self.network.place(url)
        if not path.exists():
            known = self.known.get(url, {})
            return Response(url, 0, "", None, None, known.get("sha256", ""), known.get("bytes", 0), unchanged=True)
        return Response(url, 200, "", None, path, digest_of(path), path.stat().st_size)

    def obey_robots(self, url: str) -> None:
        """Refuse what the site asks programs not to read. Where no robots.txt can be read, everything may be."""
        parts = check_url(url, self.policy)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.network.robots:
            rules = RobotFileParser()
            try:
                rules.parse(self.once(f"{site}/robots.txt", "text", {}).body.decode("utf-8", "replace").splitlines())
            except FailedSourceError as fault:
                if fault.check in SILENT:
                    raise  # a host that does not answer does not answer the question either
                rules.parse([])
            self.network.robots[site] = rules
        if not self.network.robots[site].can_fetch(AGENT, url):
            raise FailedSourceError("source-robots", found=url)

    def patiently(self, url: str, kind: str, known: Mapping[str, Any]) -> Response:
        """One request, and more while the fault is one that passes. A body that breaks off is asked for again too,
        which urllib3 would not do by itself: it counts and times the attempts."""
        host = urlsplit(url).netloc
        if host in self.network.down:
            raise self.network.down[host]
        retries = PATIENCE.new(total=self.policy.attempts - 1)
        while True:
            try:
                self.obey_robots(url)
                return self.once(url, kind, known)
            except PassingFailedSourceError as fault:
                if not retries.total:
                    if fault.check in SILENT:
                        self.network.down[host] = fault
                    raise
                retries = retries.increment("GET", url)
                self.network.sleep(fault.wait or retries.get_backoff_time())

    def once(self, url: str, kind: str, known: Mapping[str, Any]) -> Response:
        """One request, followed through its redirects; each of them is checked like the first."""
        asked, here = {url}, url
        while len(asked) <= self.policy.redirects + 1:
            parts = check_url(here, self.policy)
            self.network.pause(parts.netloc, self.policy.pause)
            with exchange(self.policy, self.network.resolver, parts, known) as answer:
                if answer.status == 304 and known:
                    return Response(here, 304, "", None, None, known["sha256"], known["bytes"], unchanged=True)
                if answer.status not in MOVED or not answer.headers.get("Location"):
                    if answer.status != 200:
                        raise refusal(answer, here)
                    return self.keep(url, here, kind, answer)
                here = urljoin(here, answer.headers["Location"])
            if here in asked:
                break
            asked.add(here)
        raise FailedSourceError("source-redirect", found=url)

    def keep(self, url: str, here: str, kind: str, answer: urllib3.BaseHTTPResponse) -> Response:
        """Stream a body into the folder; it gets its name when it is whole and right."""
        target = self.network.place(url)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".part")
        encoding = answer.headers.get("Content-Encoding", "").strip().lower()
        body = pieces(answer, here, self.policy.total_seconds)
        try:
            with temporary.open("wb") as file:
                file.writelines(unpacked(body, encoding, here, self.policy.max_bytes or LIMITS[kind]))
                file.flush()
                os.fsync(file.fileno())
            check_kind(temporary, kind, here)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        media, _, rest = answer.headers.get("Content-Type", "").partition(";")
        charset = re.search(r"charset=\"?([\w-]+)", rest, re.IGNORECASE)
        return Response(
            here, 200, media.strip().lower(), charset[1] if charset else None, target, digest_of(target),
            target.stat().st_size, etag=answer.headers.get("ETag"), last_modified=answer.headers.get("Last-Modified"),
        )


@contextmanager
def exchange(
    policy: Policy, resolver: Resolver, parts: SplitResult, known: Mapping[str, Any]
) -> Iterator[urllib3.BaseHTTPResponse]:
    """One answer on a connection to the address that was checked; faults of the network get names of ours."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    pool = connection_pool(policy, parts.scheme, host, public_address(host, port, policy, resolver), port)
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


def connection_pool(policy: Policy, scheme: str, host: str, address: str, port: int) -> urllib3.HTTPConnectionPool:
    """One connection to the checked address; over https it must prove to be the host."""
    timeout = urllib3.Timeout(connect=policy.silence_seconds, read=policy.silence_seconds)
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout, maxsize=1)
    context = ssl.create_default_context(cafile=policy.ca_file or certifi.where())
    return urllib3.HTTPSConnectionPool(address, port, timeout=timeout, maxsize=1, ssl_context=context,
                                       server_hostname=host, assert_hostname=host)


def named(error: HTTPError, url: str, reading: bool) -> FailedSourceError:
    """The fault of ours for one of the network's."""
    reason = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Exception) else error
    # urllib3 counts a refused connection among the time-outs.
    if isinstance(error, SilenceError) and not isinstance(error, NewConnectionError):
        return PassingFailedSourceError("source-timeout", found=url)
    if isinstance(error, SSLError) or isinstance(reason, ssl.SSLError):
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
