"""Which version the next release has: worked out from what changed in the schemas, and held against what is declared.

Major: a column or table goes, gets another name, type, unit or key, or loses an allowed value. Minor: one comes.
Patch: values change. A column can change its meaning without its schema changing; then people declare the next major.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.meta.errors import DeclarationError

Resource = Mapping[str, Any]
Version = tuple[int, int, int]
PATCH, MINOR, MAJOR = 1, 2, 3
MEANING = ("type", "format", "kind", "unit")


def parse(version: str) -> Version:
    """(major, minor, patch) of "1.2.3"."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def next_version(replaced: str, rank: int) -> str:
    """The version after another one, one step of this rank on."""
    major, minor, patch = parse(replaced)
    steps = {MAJOR: (major + 1, 0, 0), MINOR: (major, minor + 1, 0), PATCH: (major, minor, patch + 1)}
    return ".".join(map(str, steps[rank]))


def rank_between(replaced: str, version: str) -> int:
    """How large the step from one version to a later one was."""
    old, new = parse(replaced), parse(version)
    return MAJOR if new[0] > old[0] else MINOR if new[1] > old[1] else PATCH


def schema_changes(before: Sequence[Resource], after: Sequence[Resource]) -> list[tuple[int, str]]:
    """(rank, what happened) for every difference between the schemas of two releases."""
    old, new = ({item["name"]: item["schema"] for item in resources} for resources in (before, after))
    found = [(MAJOR, f"{name}: the table is gone") for name in old if name not in new]
    found += [(MINOR, f"{name}: a new table") for name in new if name not in old]
    for name in sorted(set(old) & set(new)):
        found += [(rank, f"{name}: {words}") for rank, words in table_changes(old[name], new[name])]
    return found


def table_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The same for the schemas of one table."""
    before, after = ({field["name"]: field for field in schema["fields"]} for schema in (old, new))
    renamed = {field["renamed_from"]: name for name, field in after.items() if field.get("renamed_from")}
    for name in before:
        if name not in after:
            yield MAJOR, (f"column {name} is now {renamed[name]}" if name in renamed else f"column {name} is gone")
    for name in after:
        if name in before:
            yield from column_changes(before[name], after[name])
        elif after[name].get("renamed_from") not in before:
            yield MINOR, f"a new column {name}"
    if old["primaryKey"] != new["primaryKey"]:
        yield MAJOR, f"the key is now {', '.join(new['primaryKey'])}"


def column_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The same for one column that stays."""
    name = new["name"]
    for key in MEANING:
        if old.get(key) != new.get(key):
            yield MAJOR, f"column {name}: {key} was {old.get(key)}, is {new.get(key)}"
    was, now = ([str(value) for value in field.get("constraints", {}).get("enum", [])] for field in (old, new))
    if was and now:
        yield from ((MAJOR, f"column {name}: {value} is no longer allowed") for value in was if value not in now)
        yield from ((MINOR, f"column {name}: {value} is allowed now") for value in now if value not in was)


def transition(
    previous: Mapping[str, Any] | None, resources: Sequence[Resource], created: str, declared: str, changed: bool
) -> tuple[str, str, str]:
    """(version, created, version replaced) of the next release.

    previous: the descriptor of the release before, None for a first one. declared: "MAJOR.MINOR" of release.toml.
    changed: whether any fact is different. All changes of a day are one release, with the largest of their steps.
    """
    if previous is None:
        return f"{declared}.0", created, ""
    version, replaced = previous["version"], previous.get("replaces", "")
    changes = schema_changes(previous["resources"], resources)
    rank = max((rank for rank, _ in changes), default=PATCH)
    if not changed and parse(version)[:2] == as_pair(declared):
        return version, previous["created"], replaced
    if previous["created"] == created:
        if not replaced:
            return agreed(f"{declared}.0", declared, changes, version), created, ""
        rank = max(rank, rank_between(replaced, version))
    else:
        replaced = version
    return agreed(next_version(replaced, rank), declared, changes, replaced), created, replaced


def as_pair(declared: str) -> tuple[int, int]:
    major, minor = declared.split(".")
    return int(major), int(minor)


def agreed(computed: str, declared: str, changes: Sequence[tuple[int, str]], replaced: str) -> str:
    """The version, if what is declared agrees with it; a larger step may be declared, a smaller one may not."""
    pair = as_pair(declared)
    if pair == parse(computed)[:2]:
        return computed
    larger = {parse(next_version(replaced, rank))[:2] for rank in (MINOR, MAJOR)}
    if pair in larger and pair > parse(computed)[:2]:
        return f"{declared}.0"
    why = "; ".join(words for _, words in changes) or "only values changed"
    major, minor, _ = parse(computed)
    raise DeclarationError(
        f'release.toml: version = "{declared}" does not agree with what changed since {replaced} ({why}). '
        f'Write version = "{major}.{minor}"'
    )
