"""Which addresses may be asked: https, declared hosts, public networks only. Checked again on every redirect."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from etl.sources.model import FailedSourceError, PassingFailedSourceError

Resolver = Callable[[str, int], list[str]]
PORTS = {"https": 443, "http": 80}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Policy:
    """What a declaration allows, and the limits of one request.

    hosts: exact names. insecure: http too. allow_loopback: this machine and any port; for tests, never declared.
    seconds: of silence; of one answer with its redirects, pauses and attempts (None: as its kind needs, see
    etl.sources.bodies.SECONDS); of all answers of one source. attempts: a first one and three more, as servers that
    are being restarted need. pause: between two requests to one host, in seconds.
    """

    hosts: frozenset[str]
    insecure: bool = False
    allow_loopback: bool = False
    silence_seconds: float = 30
    total_seconds: float | None = None
    source_seconds: float = 3600
    attempts: int = 4
    pause: float = 1
    redirects: int = 5
    max_bytes: int | None = None
    ca_file: str | None = None


def resolve(host: str, port: int) -> list[str]:
    """Every address that a name stands for."""
    return list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def check_url(url: str, policy: Policy) -> SplitResult:
    """The parts of an address that may be asked; raises FailedSourceError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FailedSourceError("source-host", found=url[:200]) from error
    if parts.scheme not in PORTS or (parts.scheme == "http" and not policy.insecure):
        raise FailedSourceError("source-scheme", found=url[:200])
    refuse_private_literal(parts.hostname or "", policy)
    strange_port = port not in (None, PORTS[parts.scheme]) and not policy.allow_loopback
    if parts.hostname not in policy.hosts or parts.username is not None or strange_port:
        raise FailedSourceError("source-host", found=url[:200])
    return parts


def refuse_private_literal(host: str, policy: Policy) -> None:
    """Call an address of a private network by its name; a name of a host is looked up later."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return
    if not is_public(host) and not (policy.allow_loopback and is_loopback(host)):
        raise FailedSourceError("source-private-address", found=host)


def looked_up(host: str, port: int, resolver: Resolver, seconds: float) -> list[str]:
    """What a resolver says within so many seconds. Nothing stops the one of the system: it is left to itself."""
    said: SimpleQueue[list[str] | OSError | ValueError] = SimpleQueue()

    def ask() -> None:
        try:
            said.put(resolver(host, port))
        except (OSError, ValueError) as error:  # ValueError: a name that cannot be written as one of the network
            said.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = said.get(timeout=seconds)
    except Empty as error:
        raise PassingFailedSourceError("source-timeout", found=host) from error
    if isinstance(answer, Exception):
        raise answer
    return answer


def public_address(host: str, port: int, policy: Policy, resolver: Resolver, seconds: float) -> str:
    """The address to connect to. One that is not public refuses the host, whatever the others are.

    The connection is made to this very address, so that a name cannot mean another one a moment later.
    seconds: that the name may be looked up.
    """
    try:
        found = looked_up(host, port, resolver, seconds)
    except (OSError, ValueError) as error:
        raise PassingFailedSourceError("source-unreachable", found=f"{host}: {error}") from error
    for text in found:
        if not is_public(text) and not (policy.allow_loopback and is_loopback(text)):
            raise FailedSourceError("source-private-address", found=f"{host} → {text}")
    if not found:
        raise PassingFailedSourceError("source-unreachable", found=host)
    return found[0]


def is_loopback(text: str) -> bool:
    return ipaddress.ip_address(text.partition("%")[0]).is_loopback


def is_public(text: str) -> bool:
    """Whether an address is of the public internet; addresses that carry another one count as that one too."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return all(inner is None or inner.is_global for inner in carried)
    return True
