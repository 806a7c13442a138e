"""A fetch that can be trusted: declared hosts, public addresses, limits, patience with what passes, nothing by half."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3

from etl.meta.view import digest
from etl.runtime.files import digest_of
from etl.sources.bodies import LIMITS, SECONDS, check_kind, check_whole, pieces, unpacked
from etl.sources.exchange import AGENT, PATIENCE, Deadline, exchange, refusal
from etl.sources.guard import Policy, Resolver, check_url, resolve
from etl.sources.model import FailedSourceError, PassingFailedSourceError, Response

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

    def pause(self, host: str, seconds: float, deadline: Deadline) -> None:
        """Wait until a host may be asked again."""
        wait = self.asked.get(host, float("-inf")) + seconds - time.monotonic()
        if wait > 0:
            self.sleep(deadline.left(wait))
        self.asked[host] = time.monotonic()

    def place(self, url: str) -> Path:
        """Where the body of an address is kept."""
        return self.folder / digest(url)


@dataclass
class Fetcher:
    """Asks the addresses of one source. known: address -> what the lock says of it; resources: what is known now.

    today: the day written beside what is known, ISO. began: when this source was begun, by time.monotonic().
    """

    policy: Policy
    network: Network
    known: Mapping[str, Mapping[str, Any]]
    today: str
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def deadline(self, url: str, kind: str) -> Deadline:
        """When an address must have given all it gives: in the time of one answer, and in that of the whole source."""
        seconds = self.policy.total_seconds or SECONDS[kind]
        return Deadline(url, min(time.monotonic() + seconds, self.began + self.policy.source_seconds))

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        """The body at an address, of the kind promised; see etl.sources.model.Fetching."""
        check_url(url, self.policy)
        if self.network.offline:
            return self.from_folder(url)
        known = self.known.get(url, {})
        response = self.network.seen.get(url)
        if response is None or (response.path is None and not known):
            response = self.patiently(url, kind, known if conditional else {}, self.deadline(url, kind))
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

    def obey_robots(self, url: str, deadline: Deadline) -> None:
        """Refuse what the site asks programs not to read. Where no robots.txt can be read, everything may be."""
        parts = check_url(url, self.policy)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.network.robots:
            rules = RobotFileParser()
            try:
                said = self.once(f"{site}/robots.txt", "text", {}, deadline).body.decode("utf-8", "replace")
                rules.parse(said.splitlines())
            except FailedSourceError as fault:
                if fault.check in SILENT:
                    raise  # a host that does not answer does not answer the question either
                rules.parse([])
            self.network.robots[site] = rules
        if not self.network.robots[site].can_fetch(AGENT, url):
            raise FailedSourceError("source-robots", found=url)

    def patiently(self, url: str, kind: str, known: Mapping[str, Any], deadline: Deadline) -> Response:
        """One request, and more while the fault is one that passes and there is time. A body that breaks off is asked
        for again too, which urllib3 would not do by itself: it counts and times the attempts."""
        host = urlsplit(url).netloc
        if host in self.network.down:
            raise self.network.down[host]
        retries = PATIENCE.new(total=self.policy.attempts - 1)
        while True:
            try:
                self.obey_robots(url, deadline)
                return self.once(url, kind, known, deadline)
            except PassingFailedSourceError as fault:
                more = bool(retries.total)
                retries = retries.increment("GET", url) if more else retries
                wait = fault.wait or retries.get_backoff_time()
                if not more or wait >= deadline.seconds:
                    if fault.check in SILENT:
                        self.network.down[host] = fault
                    raise
                self.network.sleep(wait)

    def once(self, url: str, kind: str, known: Mapping[str, Any], deadline: Deadline) -> Response:
        """One request, followed through its redirects; each of them is checked like the first."""
        asked, here = {url}, url
        while len(asked) <= self.policy.redirects + 1:
            parts = check_url(here, self.policy)
            self.network.pause(parts.netloc, self.policy.pause, deadline)
            with exchange(self.policy, self.network.resolver, parts, known, deadline) as answer:
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
        try:
            with temporary.open("wb") as file:
                file.writelines(unpacked(pieces(answer), encoding, here, self.policy.max_bytes or LIMITS[kind]))
                file.flush()
                os.fsync(file.fileno())
            check_kind(temporary, kind, here)
            check_whole(temporary, kind, here, bool(encoding) or says_its_end(answer))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        media, _, rest = answer.headers.get("Content-Type", "").partition(";")
        charset = re.search(r"charset=\"?([\w-]+)", rest, re.IGNORECASE)
        return Response(
            here, 200, media.strip().lower(), charset[1] if charset else None, target, digest_of(target),
            target.stat().st_size, etag=answer.headers.get("ETag"), last_modified=answer.headers.get("Last-Modified"),
        )


def says_its_end(answer: urllib3.BaseHTTPResponse) -> bool:
    """Whether an answer says where its body ends: else it ends when the connection does, whole or not."""
    chunked = "chunked" in answer.headers.get("Transfer-Encoding", "").lower()
    return chunked or answer.headers.get("Content-Length", "").strip().isdecimal()
