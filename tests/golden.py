"""Writes tests/golden and tests/reports anew. Run by `make golden`; the diff is for a person to review."""

from support.golden import files_of
from support.reports import FOLDER, everything
from support.repository import TESTS, TINY

from etl.runtime.files import write_if_changed

changed = write_if_changed(TESTS / "golden", files_of(TINY))
changed += write_if_changed(FOLDER, {name: text.encode("utf-8") for name, text in everything().items()})
print("\n".join(changed) or "golden: nothing changed")
