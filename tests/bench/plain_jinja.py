"""The same pages in a bare loop of Jinja. usage: plain_jinja.py CONTENT OUT"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

PER_PAGE = 200

pages, out = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2])
env = Environment(loader=FileSystemLoader(Path(__file__).parent / "peers"), autoescape=True)
template, listing = env.get_template("page.html"), env.get_template("list.html")
for page in pages:
    (out / page["path"]).mkdir(parents=True)
    (out / page["path"] / "index.html").write_text(template.render(p=page), "utf-8")
parts = [pages[start : start + PER_PAGE] for start in range(0, len(pages), PER_PAGE)]
for number, part in enumerate(parts, 1):
    (out / "progetti" / str(number)).mkdir()
    text = listing.render(projects=part, numbers=range(1, len(parts) + 1))
    (out / "progetti" / str(number) / "index.html").write_text(text, "utf-8")
