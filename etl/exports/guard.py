"""What a spreadsheet would take for a formula, and how a text of ours stays a text: one rule for CSV and script.

A text that begins with one of DANGEROUS gets an apostrophe in front; so does one that begins with apostrophes and then
one of DANGEROUS, so that every text can be told from its guarded form. The data explorer (site/assets/explorer.js)
follows the same rule; a test compares the two.
"""

from __future__ import annotations

import re

DANGEROUS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""Signs that start a formula in some spreadsheet or in some locale, full-width ones too, as in a character class."""
FIRST_SIGNS = frozenset("'= +-@\t\r\n\u00a0\uff1d\uff0b\uff0d\uff20")
"""Signs that a text begins with when it may need a guard: all others can be left alone without looking further."""
NEEDS_GUARD = re.compile(f"'*[ \u00a0]*[{DANGEROUS}]")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet computes."""
    return f"'{text}" if NEEDS_GUARD.match(text) else text
