"""What was freed goes back to the system, where the C library can be asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from etl.runtime.memory import c_library_trim

CODE = """
from pathlib import Path
from etl.runtime.memory import give_back

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

kept = []
for _ in range(200_000):
    lost, left = bytearray(2_000), bytearray(600)
    kept.append(left)
    del lost
large = [bytearray(1_000) for _ in range(100_000)]
last = bytearray(1_000)
del large, kept
before = held()
give_back()
print(before - held())
"""


# Another C library is not asked, so there is nothing to measure: what Python frees by itself is not ours to try.
@pytest.mark.skipif(c_library_trim() is None, reason="malloc_trim is of the GNU C library")
def test_what_was_freed_goes_back() -> None:
    freed = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout
    assert int(freed) > 50_000_000
