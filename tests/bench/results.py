"""The figures of one run of `make bench`, each beside its target, kept in build/bench/results.json for report.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FILE = ROOT / "build" / "bench" / "results.json"


def load() -> dict[str, Any]:
    """What this run has measured so far: `figures` beside targets, `pages` of the table of builds."""
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"figures": [], "pages": []}


def keep(found: dict[str, Any]) -> None:
    """Write what is measured."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def note(name: str, value: float, limit: float, *, unit: str = "", least: bool = False) -> bool:
    """Print a figure with its target (at most, or at least, `limit`) and keep it; whether it is met."""
    met = value >= limit if least else value <= limit
    found = load()
    found["figures"] = [item for item in found["figures"] if item["name"] != name]
    found["figures"].append({"name": name, "value": round(value, 3), "unit": unit, "limit": limit,
                             "word": "at least" if least else "at most", "met": met})
    keep(found)
    print(line(found["figures"][-1]), flush=True)
    return met


def line(item: dict[str, Any]) -> str:
    """A figure in words."""
    verdict = "met" if item["met"] else "NOT MET"
    limit = f"{item['word']} {item['limit']:.3g}{item['unit']}"
    return f"{item['name']}: {item['value']:g}{item['unit']}, target {limit}: {verdict}"
