"""Writes tests/golden anew from tests/tiny. Run by `make golden`; the diff is for a person to review."""

from pathlib import Path

from test_release import HERE, files_of

from etl.publish import write_if_changed

print("\n".join(write_if_changed(HERE / "golden", files_of(Path(HERE / "tiny")))) or "golden: nothing changed")
