"""A source of the miniature repository on a server of this machine: declared, read, looked at."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from etl.releases.refresh import refresh
from etl.sources.lock import read_lock

TODAY = date(2026, 11, 25)
LIMITS = {"allow_loopback": True, "pause": 0, "silence_seconds": 1, "total_seconds": 2, "attempts": 2,
          "max_bytes": 20_000_000}
CSV = "Codice;Nome;Posti;Aperta il;Fonte\nsala-nuova;Sala nuova;1.500;31/10/2020;https://example.org/n\n"
FETCH = """
[source.fetch]
connector = "file"
address = "{address}"
hosts = ["127.0.0.1"]
insecure = {insecure}
format = "csv"
merge = "{merge}"
because = {{ it = "Una prova.", en = "A trial." }}

[[source.fetch.rows]]
room_id = "Codice"
name = "Nome"
seats = "Posti"
opened_on = "Aperta il"
source_url = "Fonte"
"""


def declare(tiny: Path, address: str, merge: str = "update", insecure: bool = True) -> None:
    """Give the rooms an automatic source."""
    path = tiny / "datasets" / "rooms.toml"
    text = re.sub(r"\n\[source\.fetch\].*?(?=\n\[(?!\[source|source))", "\n", path.read_text("utf-8"), flags=re.DOTALL)
    fetch = FETCH.format(address=address, merge=merge, insecure=str(insecure).lower())
    path.write_text(re.sub(r"(\n\[source\].*?\n)(?=\n\[)", lambda m: m[1] + fetch, text, count=1, flags=re.DOTALL))


def table(tiny: Path) -> str:
    return (tiny / "datasets/source/rooms.csv").read_text("utf-8")


def lock(tiny: Path) -> dict[str, Any]:
    entry: dict[str, Any] = read_lock(tiny / "datasets/source/sources.lock")["sources"]["rooms"]
    return entry


def fetched(tiny: Path, today: date = TODAY, **limits: Any) -> str:
    """What comes of the rooms: updated, unchanged, or the check that they fail with."""
    (outcome,) = refresh(tiny, ["rooms"], today, lambda _name: None, limits={**LIMITS, **limits})
    return outcome.fault.check if outcome.fault else outcome.state
