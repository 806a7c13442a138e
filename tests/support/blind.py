"""The fourth list of the privacy gate, as blind.toml has it: all strings, whatever their kind."""

from __future__ import annotations

import tomllib
from pathlib import Path

LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
PERSONAL, PUBLIC = ([text for strings in LISTS[name].values() for text in strings] for name in ("personal", "public"))
