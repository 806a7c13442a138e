"""The stories of docs/stories, run as people run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.repository import ROOT

STORIES = ROOT / "docs" / "stories"


def told(story: str, site: Path | str, *words: str) -> list[str]:
    """The lines that a story prints of a site: a folder, or an address."""
    command = [sys.executable, "-W", "error", str(STORIES / f"{story}.py"), str(site), *words]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return run.stdout.splitlines()
