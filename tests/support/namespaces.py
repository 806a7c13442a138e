"""Hosts that are network namespaces of this machine: each has a wire and an address of its own, and no other net.

The wires end at a bridge in one namespace more, so that nothing of the machine's own network is touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

NET = "198.51.100"
"""Addresses that are kept for examples (RFC 5737)."""


class Host(NamedTuple):
    """One namespace: its address, and the words before a command that runs in it."""

    address: str
    inside: tuple[str, ...]


def ip(*words: str) -> None:
    """Run `ip`; raises CalledProcessError with what it says."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def why_not() -> str:
    """Why this machine cannot make such hosts; empty when it can."""
    if os.getuid() or not shutil.which("ip"):
        return "network namespaces need root and `ip` (apt-get install iproute2)"
    try:
        with hosts(1):
            return ""
    except subprocess.CalledProcessError as error:
        return f"no network namespaces here: {error.stderr.strip()}"


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """So many hosts on one net, until the end; whatever still runs in them loses its net."""
    names = [f"abitare-{os.getpid()}-{number}" for number in range(count + 1)]
    bridge, made = names[0], list[str]()
    try:
        for name in names:
            ip("netns", "add", name)
            made.append(name)
            ip("-n", name, "link", "set", "lo", "up")
        ip("-n", bridge, "link", "add", "bridge", "type", "bridge")
        ip("-n", bridge, "link", "set", "bridge", "up")
        for number, name in enumerate(names[1:], 1):
            ip("-n", bridge, "link", "add", f"wire{number}", "type", "veth", "peer", "name", "wire", "netns", name)
            ip("-n", bridge, "link", "set", f"wire{number}", "master", "bridge", "up")
            ip("-n", name, "address", "add", f"{NET}.{number}/24", "dev", "wire")
            ip("-n", name, "link", "set", "wire", "up")
        yield [Host(f"{NET}.{number}", ("ip", "netns", "exec", name)) for number, name in enumerate(names[1:], 1)]
    finally:
        for name in made:
            ip("netns", "delete", name)
