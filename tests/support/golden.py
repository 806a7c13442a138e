"""What the miniature repository publishes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.commands.check import check
from etl.releases.gate import gate
from etl.releases.printed import with_history

TODAY = date(2026, 11, 25)


def files_of(root: Path, previous: Path | None = None, today: date = TODAY) -> dict[str, bytes]:
    draft = check(root, today)
    gate(draft.findings)
    return dict(with_history(draft, previous or root / "none").files)
