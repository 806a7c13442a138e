"""Autoescape holds on every page: a script in any text of any dataset is shown, never run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RENDER = """
import sys
from pathlib import Path
from etl.build import render_site, site_settings
root, site, data = map(Path, sys.argv[1:4])
render_site(site_settings(root, None), site, data)
"""
SCRIPT = """<script>zz("1")</script>{{ 7 * 7 }}"""


def hostile_release(folder: Path) -> int:
    """The committed release with SCRIPT behind every text that its schema lets through; gives the number changed."""
    folder.mkdir()
    package = json.loads((ROOT / "datasets/release/datapackage.json").read_text("utf-8"))
    changed = 0
    for resource in package["resources"]:
        texts = {
            field["name"] for field in resource["schema"]["fields"] if field.get("kind") == "text"
            and "labels" not in field and "pattern" not in field.get("constraints", {})
        } - set(resource["schema"]["primaryKey"])
        content = json.loads((ROOT / f"datasets/release/{resource['name']}.json").read_text("utf-8"))
        for row in content["records"]:
            for name in texts & {key for key, value in row.items() if value and key != "other_sources"}:
                row[name] += SCRIPT
                changed += 1
        (folder / f"{resource['name']}.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), "utf-8")
    return changed


def test_a_script_in_any_text_is_shown_and_not_run(tmp_path: Path) -> None:
    assert hostile_release(tmp_path / "release") > 500
    command = [sys.executable, "-c", RENDER, str(ROOT), str(tmp_path / "site"), str(tmp_path / "release")]
    subprocess.run(command, check=True, cwd=ROOT)
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")]
    assert [page[:80] for page in pages if "<script>zz" in page] == []
    shown = [page for page in pages if "&lt;script&gt;zz(&#34;1&#34;)&lt;/script&gt;{{ 7 * 7 }}" in page]
    assert len(shown) > 100
    assert not [page for page in pages if "</script>49" in page]
    # Every Italian text has changed here, so the translations are older and their pages say so.
    spanish = (tmp_path / "site/es/servizi/sap-domanda-casa-popolare/index.html").read_text("utf-8")
    assert "Esta traducción es más antigua que el texto italiano" in spanish
