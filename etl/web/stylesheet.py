"""Stylesheets as they are published: without the rules that no page uses, without what only their authors read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tinycss2

# Markdown makes these tags, and templates cannot be searched for them.
MARKDOWN_TAGS = frozenset(
    "html body h1 h2 h3 h4 h5 h6 p a ul ol li dl dt dd em strong code pre blockquote hr img table tr th td".split()
)
NESTED = frozenset({"media", "supports", "layer", "container"})
WORD = re.compile(r"[A-Za-z_][\w-]*")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
TAG = re.compile(r"<([a-z]\w*)")
REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
TIGHT = (",", ";", ">")
"""Signs beside which a space says nothing."""
READ = re.compile(r"var\(\s*(--[\w-]+)")
PROPERTY = re.compile(r"(?<=[{;])\s*(--[\w-]+)\s*:[^;{}]*(?:;|(?=}))")
EMPTY = re.compile(r"(?<=[{}])[^{}]+{}")
ASKED = frozenset({"--bootstrap-italia-version"})
"""What the official check reads from outside."""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """What templates and scripts may name: every tag, and `.NAME` for a class or an id, which stand between quotes."""
    words = set(MARKDOWN_TAGS)
    for text in texts:
        said = REMARK.sub("", text)
        words.update(TAG.findall(said))
        words.update(f".{word}" for quoted in QUOTED.findall(said) for word in WORD.findall(quoted))
    return frozenset(words)


def purge(css: bytes, known: frozenset[str]) -> bytes:
    """The rules of a stylesheet that pages made of the `known` words (see words_of) can use; licences stay."""
    # The published file begins with a byte order mark, which would break the first rule once joined to others.
    nodes = tinycss2.parse_stylesheet(css.decode("utf-8-sig"), skip_whitespace=True)
    kept = list(keep(nodes, known))
    text = "".join(part for name, part in kept if name is None)
    return "".join(part for name, part in kept if name is None or uses(text, name)).encode("utf-8")


def uses(text: str, animation: str) -> bool:
    """Whether a kept rule names this animation."""
    return re.search(rf"animation[^;}}]*\b{re.escape(animation)}\b", text) is not None


def keep(nodes: Iterable[Any], known: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """(animation name or None, CSS) of each node that stays."""
    for node in nodes:
        if node.type == "comment" and node.value.startswith("!"):
            yield None, f"/*{node.value}*/\n"
        elif node.type == "qualified-rule":
            selectors = [selector for selector in split(node.prelude) if fits(selector, known)]
            if selectors:
                heads = ",".join(tinycss2.serialize(selector).strip() for selector in selectors)
                yield None, f"{heads}{{{tinycss2.serialize(node.content)}}}"
        elif node.type == "at-rule" and node.lower_at_keyword in NESTED and node.content:
            yield from within(node, known)
        elif node.type == "at-rule" and node.lower_at_keyword.endswith("keyframes"):
            yield tinycss2.serialize(node.prelude).strip(), node.serialize()
        # What is left is @font-face, which we declare ourselves, and @charset.


def within(node: Any, known: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """A conditional group with the rules that stay; nothing when none does."""
    inner = "".join(part for _, part in keep(tinycss2.parse_rule_list(node.content, skip_whitespace=True), known))
    if inner:
        yield None, f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"


def split(prelude: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a rule, as lists of tokens."""
    selectors: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def fits(selector: list[Any], known: frozenset[str]) -> bool:
    """Whether every class, id and tag of a selector is known; what stands in (…) and […] is not looked at."""
    before = None
    for token in selector:
        if token.type == "hash" or (token.type == "ident" and before == "."):
            if f".{token.value}" not in known:
                return False
        elif token.type == "ident" and before != ":" and token.value not in known:
            return False
        before = token.value if token.type == "literal" else None
    return True


def parted(css: bytes) -> tuple[bytes, bytes]:
    """A sheet without its rules for paper alone, and these rules."""
    screen, paper = [], []
    for rule in tinycss2.parse_stylesheet(css.decode("utf-8"), skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and (
                tinycss2.serialize(rule.prelude).strip() == "print"):
            paper.append(tinycss2.serialize(rule.content))
        else:
            screen.append(rule.serialize())
    return "\n".join(screen).encode("utf-8"), "\n".join(paper).encode("utf-8")


def light(css: bytes) -> bytes:
    """The same rules without comments and spaces that say nothing; licences stay."""
    return written(tinycss2.parse_component_value_list(css.decode("utf-8"))).encode("utf-8")


def written(tokens: Iterable[Any]) -> str:
    """Tokens as text, as short as they can be written without reading them as another rule."""
    shown = [token for token in tokens if token.type != "comment" or token.value.startswith("!")]
    around = zip([None, *shown], shown, [*shown[1:], None], strict=False)
    return "".join(part_of(token) for before, token, after in around
                   if token.type != "whitespace" or parts_words(before, after))


def parts_words(before: Any, after: Any) -> bool:
    """Whether a space between two tokens (None: beginning and end) says something."""
    if before is None or before.type in ("whitespace", "comment", "{} block") or before in TIGHT:
        return False
    if before == ":":
        return bool(after == ";")  # a property that is empty on purpose
    return not (after is None or after.type == "{} block" or after in TIGHT)


def part_of(token: Any) -> str:
    """One token; what stands in brackets is made shorter too."""
    if token.type == "{} block":
        return f"{{{written(token.content).removesuffix(';')}}}"
    if token.type == "() block":
        return f"({written(token.content)})"
    if token.type == "function" and token.lower_name != "url":
        return f"{token.name}({written(token.arguments)})"
    if token.type == "comment":
        return f"/*{token.value}*/\n"
    return " " if token.type == "whitespace" else str(token.serialize())


def without_unread(sheets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The sheets that a page loads together, without the custom properties that none of them reads."""
    texts = {name: css.decode("utf-8") for name, css in sheets.items()}
    while True:
        read = ASKED.union(*(READ.findall(text) for text in texts.values()))
        left = {name: EMPTY.sub("", PROPERTY.sub(lambda found: found[0] if found[1] in read else "", text))  # noqa: B023
                for name, text in texts.items()}
        if left == texts:
            return {name: text.encode("utf-8") for name, text in left.items()}
        texts = left
