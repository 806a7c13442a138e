"""The third list of the privacy gate, as held_out.toml has it: all strings, whatever their kind."""

from __future__ import annotations

import tomllib
from pathlib import Path

LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def of_all_kinds(name: str) -> list[str]:
    """The strings of one list."""
    return [text for strings in LISTS[name].values() for text in strings]


PERSONAL, PUBLIC = of_all_kinds("personal"), of_all_kinds("public")
HEADINGS, PUBLIC_HEADINGS = of_all_kinds("personal_headings"), of_all_kinds("public_headings")
