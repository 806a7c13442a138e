"""Which version the next release has: worked out from what changed in the schemas, and held against what is declared.

Major: a column or table goes, gets another name, type, unit or key, or loses an allowed value. Minor: one comes.
Patch: values change. A column can change its meaning without its schema changing; then people declare the next major,
and say why: who reads version numbers must be able to tell what a larger step was for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES

Resource = Mapping[str, Any]
Version = tuple[int, int, int]
PATCH, MINOR, MAJOR = 1, 2, 3
FIRST_VERSION = "0.1"
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


def reasons_of(about: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """version -> {"it": why, "en": why}, from `[[reasons]]` of release.toml, which are about MAJOR.MINOR."""
    try:
        return {f"{item['version']}.0": {code: str(item[code]) for code in LANGUAGES}
                for item in about.get("reasons", [])}
    except (KeyError, TypeError) as error:
        raise DeclarationError('release.toml: each of [[reasons]] has version = "1.0", it = "…", en = "…"') from error


def transition(
    previous: Mapping[str, Any] | None, resources: Sequence[Resource], created: str, about: Mapping[str, Any],
    changed: bool,
) -> tuple[str, str, str]:
    """(version, created, version replaced) of the next release.

    previous: the descriptor of the release before, None for a first one. about: release.toml, with the version that it
    declares ("MAJOR.MINOR") and the reasons of steps larger than the schemas ask for. changed: whether any fact is
    different. All changes of a day are one release, with the largest of their steps.
    """
    declared = about.get("version", FIRST_VERSION)
    if previous is None:
        return f"{declared}.0", created, ""
    version, replaced = previous["version"], previous.get("replaces", "")
    changes = schema_changes(previous["resources"], resources)
    rank = max((rank for rank, _ in changes), default=PATCH)
    if not changed and parse(version)[:2] == as_pair(declared):
        return version, previous["created"], replaced
    if previous["created"] == created:
        if not replaced:
            return agreed(f"{declared}.0", about, changes, version), created, ""
        rank = max(rank, rank_between(replaced, version))
    else:
        refuse_backwards(previous, created)
        replaced = version
    return agreed(next_version(replaced, rank), about, changes, replaced), created, replaced


def refuse_backwards(previous: Mapping[str, Any], created: str) -> None:
    """Refuse a release of an earlier day than the one that it follows: who reads versions in their order would find the
    days out of theirs."""
    if created < previous["created"]:
        day, before = created[:10], previous["created"][:10]
        raise DeclarationError(
            f"{day}: prima dell'ultima release, {previous['version']} del {before}. Correggi l'orologio di questo "
            f"computer, o --date, o SOURCE_DATE_EPOCH / before the last release, {previous['version']} of {before}. "
            "Set the clock of this machine, or --date, or SOURCE_DATE_EPOCH."
        )


def as_pair(declared: str) -> tuple[int, int]:
    major, minor = declared.split(".")
    return int(major), int(minor)


def agreed(computed: str, about: Mapping[str, Any], changes: Sequence[tuple[int, str]], replaced: str) -> str:
    """The version, if what is declared agrees with it; a larger step needs a reason, a smaller one is refused."""
    declared = about.get("version", FIRST_VERSION)
    pair = as_pair(declared)
    if pair == parse(computed)[:2]:
        return computed
    larger = {parse(next_version(replaced, rank))[:2] for rank in (MINOR, MAJOR)}
    why = "; ".join(words for _, words in changes) or "only values changed"
    major, minor, _ = parse(computed)
    if pair in larger and pair > parse(computed)[:2]:
        if f"{declared}.0" in reasons_of(about):
            return f"{declared}.0"
        raise DeclarationError(
            f'release.toml: version = "{declared}" is a larger step than what changed since {replaced} asks for '
            f'({why}). Say why to those who read the data: [[reasons]] with version = "{declared}", it = "…" and '
            f'en = "…"; or write version = "{major}.{minor}"'
        )
    raise DeclarationError(
        f'release.toml: version = "{declared}" does not agree with what changed since {replaced} ({why}). '
        f'Write version = "{major}.{minor}"'
    )
