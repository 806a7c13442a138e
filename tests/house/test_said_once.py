"""Small facts are said once: no second function writes a checksum, JSON, the key of a row, a row, a table by name."""

from __future__ import annotations

import re

import pytest
from support.repository import ROOT

# How each is written by hand, and the one file that writes it.
SAID_ONCE = {
    r"hashlib\.sha256\(": "etl/meta/view.py",
    r"hashlib\.file_digest\(": "etl/runtime/files.py",
    r"json\.dumps\(.*indent=": "etl/meta/view.py",
    r'"\|"\.join(\(.*\b(row|key|cells)\b|, axis)': "etl/meta/view.py",
    r"dict\(zip\(.*, strict=True\)": "etl/meta/view.py",
    r'(next\(|\{)\(?\w+(\["\w+"\])?\b.* for \w+ in [\w.]*\["resources"\]( if|\})': "",
}


@pytest.mark.parametrize("fact", SAID_ONCE)
def test_small_facts_are_said_once(fact: str) -> None:
    found = {
        f"{name}:{number}"
        for path in ROOT.glob("etl/**/*.py")
        if not (name := path.relative_to(ROOT).as_posix()).startswith("etl/recipes/") and name != SAID_ONCE[fact]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if re.search(fact, line)
    }
    assert not found, "use digest, as_json, key_of, record or resources of etl/meta/view.py"
