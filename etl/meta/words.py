"""Words: maps of languages read by one function, and the forms in which machines compare or address them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from etl.meta.model import LANGUAGES

LONGEST_PART = 80
"""Signs of a part of an address: as many as an identifier may have (etl/checks/values.py). Systems allow 255."""


def say(words: Any, language: str) -> Any:
    """The words of one language, Italian where it has none."""
    return words.get(language) or words[LANGUAGES[0]]


def plain(text: str) -> str:
    """A text without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """Words as part of an address: lower case, no accents, hyphens: "Non riesco a pagare" -> "non-riesco-a-pagare"."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(words.replace("’", " "))))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A heading without what people write differently: case, accents, punctuation, line breaks."""
    return " ".join(re.findall(r"[a-z0-9€]+", plain(text)))
