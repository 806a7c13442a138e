"""The colours of the stylesheet for pictures that stand alone: what `var(--c-1)` is in site/assets/style/tokens.css."""

from __future__ import annotations

import re
from collections.abc import Mapping

import tinycss2

NAME = re.compile(r"var\(--([\w-]+)\)")
SIGN = re.compile(r"\.chart (text(?:\.\w+)?|\.[\w-]+|\.numbers text)")
"""Selectors of charts.css that draw, within an element of class `chart`: of words and of classes of signs."""
DARK = "prefers-color-scheme: dark"


def tokens(css: str, dark: bool = False) -> dict[str, str]:
    """Name -> value of the tokens for light or dark screens."""
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            found |= declared(rule.content)
        elif dark and rule.type == "at-rule" and DARK in tinycss2.serialize(rule.prelude):
            for inner in tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True):
                found |= declared(inner.content)
    return found


def declared(content: list[object]) -> dict[str, str]:
    """The custom properties of a rule."""
    parts = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    return {part.lower_name[2:]: tinycss2.serialize(part.value).strip() for part in parts
            if part.type == "declaration" and part.name.startswith("--")}


def signs(css: str, inks: Mapping[str, str]) -> str:
    """The rules of charts.css that draw signs, with colours in the place of their names."""
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selectors = [part.strip() for part in tinycss2.serialize(rule.prelude).split(",")]
        if kept := [each for each in selectors if SIGN.fullmatch(each)]:
            inner = NAME.sub(lambda name: inks[name[1]], tinycss2.serialize(rule.content))
            found.append(f"{','.join(kept)}{{{' '.join(inner.split())}}}")
    return "".join(found)
