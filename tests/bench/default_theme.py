"""The same texts with MkDocs' default theme: one Markdown page per project and language, all in the navigation.

usage: default_theme.py RELEASE WORK; the first run writes the Markdown, every run builds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

release, work = Path(sys.argv[1]), Path(sys.argv[2])
docs = work / "docs"
if not docs.exists():
    rows = {name: json.loads((release / f"{name}.json").read_text("utf-8"))["records"]
            for name in ("projects", "project_texts", "funding")}
    projects = {row["project_code"]: row for row in rows["projects"]}
    funding = {row["project_code"]: row for row in rows["funding"]}
    for text in rows["project_texts"]:
        facts = {**projects[text["project_code"]], **funding[text["project_code"]]}
        table = "\n".join(f"| {key} | {value if value is not None else ''} |" for key, value in facts.items())
        page = docs / text["language"] / f"{text['project_code'].lower()}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {text['title']}\n\n{text['summary']}\n\n| | |\n|---|---|\n{table}\n", "utf-8")
    (docs / "index.md").write_text("# Projects\n\n" + "\n".join(
        f"* [{text['title']}]({text['language']}/{text['project_code'].lower()}.md)" for text in rows["project_texts"]
    ), "utf-8")
    (work / "mkdocs.yml").write_text("site_name: bench\ntheme: mkdocs\nplugins: []\n", "utf-8")
build(load_config(str(work / "mkdocs.yml"), site_dir=str(work / "site")))
