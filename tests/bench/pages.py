"""Prints the seconds of the step of a build that writes the site. usage: pages.py REPOSITORY DATA OUT [SITE BEFORE]"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from etl.runtime.receipt import read_receipt
from etl.runtime.standing import Standing
from etl.web.rendering import render_site, site_settings

if __name__ == "__main__":
    root, data, out, *before = map(Path, sys.argv[1:])
    about = read_receipt(root / "build" / "site") or {}
    extra = {"checked_on": about["checked_on"], "due_on": about["due_on"]}
    # A copy of a site is read byte by byte; in its place a build looks whether anybody has touched it.
    kept = {"previous": Standing(before[0])} if before else {}
    start = time.perf_counter()
    settings = site_settings(root, None)
    render_site(settings, out, data, extra | kept)
    print(time.perf_counter() - start)
