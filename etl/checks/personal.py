"""The lists of personal.toml, names.toml and ordinary.toml: the words by which the privacy gate knows people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(group: str, name: str) -> frozenset[str]:
    """One list."""
    return frozenset(lists()[group][name].split())


@cache
def surnames() -> frozenset[str]:
    """Every surname, those that are words too."""
    return words("names", "surnames") | words("names", "surname_words")


@cache
def phrases(group: str, name: str) -> tuple[str, ...]:
    """One list of phrases, written with commas between them."""
    return tuple(" ".join(phrase.split()) for phrase in lists()[group][name].split(",") if phrase.strip())


@cache
def lists() -> dict[str, dict[str, str]]:
    """Every list, as it is written."""
    here = files("etl.checks")
    return {group: said for name in ("personal.toml", "names.toml", "ordinary.toml")
            for group, said in tomllib.loads(here.joinpath(name).read_text("utf-8")).items()}
