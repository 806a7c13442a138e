"""Programs of others that read what we publish, in an environment beside ours (make readers)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PLACE = Path(sys.prefix) / "readers"
SCRIPTS = Path(__file__).parent.parent / "exports" / "readers"


def told_by(script: str, *arguments: Path) -> Any:
    """What a script of tests/exports/readers prints as JSON; the test is skipped where its program is not."""
    if not PLACE.is_dir():
        pytest.skip("Datasette and mlcroissant are not installed: make readers")
    run = subprocess.run([sys.executable, SCRIPTS / script, *arguments], capture_output=True, text=True, check=False,
                         env={**os.environ, "PYTHONPATH": str(PLACE)})
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
