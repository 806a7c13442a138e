"""The same pages for Hugo: a file with front matter per page. usage: hugo.py CONTENT FOLDER; then: hugo -s FOLDER"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

pages = json.loads(Path(sys.argv[1]).read_text("utf-8"))
folder = Path(sys.argv[2])
shutil.copytree(Path(__file__).parent / "peers" / "hugo", folder)
languages = sorted({page["language"] for page in pages}, reverse=True)
with (folder / "config.toml").open("a", encoding="utf-8") as file:
    for language in languages:
        file.write(f'[languages.{language}]\nlanguageName = "{language}"\ncontentDir = "content/{language}"\n')
for page in pages:
    path = folder / "content" / page["language"] / "progetti" / f"{page['code'].lower()}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page, ensure_ascii=False) + "\n", "utf-8")
