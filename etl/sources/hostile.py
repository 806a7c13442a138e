"""Pages that were made to harm whoever reads them."""

from __future__ import annotations

ENDS = {"<": ">", "<!--": "-->", "<![": "]]>"}
SEARCHED = 10_000_000
"""Characters that may be searched in vain: less than a second."""


def is_hostile(text: str) -> bool:
    """Whether a text holds so much that never ends that the standard library's parser would search it for hours: it
    looks for the end of each such thing from where it begins."""
    tails = ((opener, text[text.rfind(closer) + 1:]) for opener, closer in ENDS.items())
    return any(tail.count(opener) * len(tail) > SEARCHED for opener, tail in tails)
