"""Our site from a release, as `abitare build` renders it. usage: ours.py RELEASE WORK"""

from __future__ import annotations

import sys
from pathlib import Path

from etl.build import render_site, site_settings

settings = site_settings(Path(__file__).parents[2], "https://bench.example.org/")
render_site(settings, Path(sys.argv[2]) / "site", Path(sys.argv[1]))
