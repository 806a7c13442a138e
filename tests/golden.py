"""Writes tests/golden and tests/reports anew. Run by `make golden`; the diff is for a person to review."""

from pathlib import Path

from support.reports import FOLDER, everything
from test_draft import HERE, files_of

from etl.runtime.files import write_if_changed

changed = write_if_changed(HERE / "golden", files_of(Path(HERE / "tiny")))
changed += write_if_changed(FOLDER, {name: text.encode("utf-8") for name, text in everything().items()})
print("\n".join(changed) or "golden: nothing changed")
