"""Lighthouse on the finished site, as a telephone sees it: `make audit`, or `python tests/audit home "desk finder"` for
some pages. Fails when a page misses its goals.

Goals: accessibility, best practices and SEO 100, performance 98, the largest paint after 1.2 seconds at most, layout
shift 0.02, 90 kB for the first view and 60 for the home page (the median of three runs: a shared machine's figures
jump).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
from support.browser import StrictHandler, browser_path  # noqa: E402 - the server of the tests

PAGES = {
    "home": "", "need": "servizi/bisogni/sto-perdendo-la-casa/", "situation": "situazioni/sfratto/",
    "service": "servizi/sap-domanda-casa-popolare/", "desk": "sportelli/sicet-san-giuliano/",
    "desk finder": "sportelli/", "notices": "avvisi/", "rent": "canone/", "network": "rete/",
    "transparency": "trasparenza/", "projects": "progetti/", "project": "progetti/mi3.1.1.b1/",
    "dataset": "dati/desks/",
    "explorer": "dati/desks/tabella/",
    "changes": "trasparenza/novita/", "search with a query": "cerca/?q=sfratto",
}
GOALS = {"accessibility": 1.0, "best-practices": 1.0, "seo": 1.0, "performance": 0.98}
MOST = {"largest-contentful-paint": 1200, "cumulative-layout-shift": 0.02, "total-byte-weight": 90_000}
"""Milliseconds, a share of the screen, bytes of the first view."""
HOME = {**MOST, "total-byte-weight": 60_000}
RUNS = 3
FLAGS = ("--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync")


def audit(address: str) -> dict[str, Any]:
    """One run of Lighthouse on one address: its report."""
    command = ["node", str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address, "--quiet",
               "--output=json", f"--only-categories={','.join(GOALS)}", f"--chrome-flags={FLAGS}"]
    path = os.pathsep.join((str(ROOT / ".venv" / "bin"), os.environ["PATH"]))
    chrome = browser_path() or ""
    run = subprocess.run(command, capture_output=True, text=True, check=True,
                         env={**os.environ, "PATH": path, "CHROME_PATH": chrome})
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def measured(address: str) -> tuple[dict[str, float], dict[str, float], list[str]]:
    """(median score per category, median of each figure of MOST, what fails in the first run)."""
    reports = [audit(address) for _ in range(RUNS)]
    scores = {name: statistics.median(r["categories"][name]["score"] for r in reports) for name in GOALS}
    figures = {name: statistics.median(r["audits"][name]["numericValue"] for r in reports) for name in MOST}
    first = reports[0]
    failing = [
        entry["id"]
        for name in GOALS if name != "performance"
        for entry in first["categories"][name]["auditRefs"]
        if first["audits"][entry["id"]]["score"] == 0 and entry["weight"]
    ]
    return scores, figures, failing


def main() -> int:
    """Print one line per page; 1 when a goal is missed."""
    wanted = sys.argv[1:] or list(PAGES)
    if strays := [name for name in wanted if name not in PAGES]:
        sys.exit(f"No page {', '.join(strays)}. There are: {', '.join(PAGES)}")
    missed = 0
    site = ROOT / "build" / "site"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name, path in ((name, PAGES[name]) for name in wanted):
            if not (site / path.partition("?")[0] / "index.html").exists():
                print(f"{name}: this site has no such page", flush=True)
                continue
            scores, figures, failing = measured(f"http://127.0.0.1:{server.server_port}/{path}")
            wrong = [key for key, goal in GOALS.items() if scores[key] < goal]
            wrong += [key for key, most in (MOST if path else HOME).items() if figures[key] > most]
            missed += bool(wrong)
            said = " ".join(f"{key} {scores[key] * 100:.0f}" for key in GOALS)
            paint, shift, weight = figures.values()
            verdict = f"MISSED {', '.join(wrong)} {', '.join(failing)}" if wrong else "ok"
            said += f" paint {paint / 1000:.2f} s shift {shift:.3f} {weight / 1000:.0f} kB"
            print(f"{name}: {said} {verdict}", flush=True)
        server.shutdown()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
