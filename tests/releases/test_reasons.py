"""A step of the version larger than the schemas ask for has a reason that is published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.repository import ROOT

from etl.meta.catalog import load_about
from etl.meta.errors import DeclarationError
from etl.releases.versions import PATCH, rank_between, reasons_of, schema_changes, transition

COLUMN = {"name": "a", "type": "string"}


def tables(*fields: dict[str, Any], digest: str = "one") -> list[dict[str, Any]]:
    return [{"name": "t", "hash": digest, "schema": {"fields": list(fields), "primaryKey": ["a"]}}]


BEFORE = {"version": "1.2.3", "created": "D1", "replaces": "1.2.2", "resources": tables(COLUMN)}
WIDER, VALUES = tables(COLUMN, {"name": "c", "type": "string"}), tables(COLUMN, digest="two")


def step(after: list[dict[str, Any]], declared: str, *reasoned: str) -> str:
    reasons = [{"version": version, "it": "perché", "en": "why"} for version in reasoned]
    return transition(BEFORE, after, "D2", {"version": declared, "reasons": reasons}, True)[0]


@pytest.mark.parametrize(
    ("after", "declared", "others"), [(VALUES, "2.0", ()), (VALUES, "2.0", ("1.3",)), (WIDER, "2.0", ())])
def test_a_step_larger_than_the_schemas_ask_for_needs_a_published_reason(
    after: list[dict[str, Any]], declared: str, others: tuple[str, ...]
) -> None:
    """1.0.0 was a first number with the same CSV as 0.1.0, and nobody was told why."""
    with pytest.raises(DeclarationError, match=r"larger step than what changed since 1\.2\.3.*\[\[reasons\]\]"):
        step(after, declared, *others)
    assert step(after, declared, declared) == f"{declared}.0"


def test_every_step_of_this_city_that_its_schemas_do_not_ask_for_has_a_reason() -> None:
    """The list of versions says it, and it is the one that release.toml has."""
    folder = ROOT / "datasets" / "versions"
    packages = {path.parent.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*/datapackage.json")}
    said = reasons_of(load_about(ROOT))
    for version, package in packages.items():
        if before := packages.get(package.get("replaces", "")):
            asked = max((rank for rank, _ in schema_changes(before["resources"], package["resources"])), default=PATCH)
            assert asked >= rank_between(before["version"], version) or version in said, version
    assert packages


@pytest.mark.parametrize("written", [[{"version": "1.0", "it": "perché"}], [{"it": "a", "en": "b"}], ["1.0"]])
def test_a_reason_is_said_of_a_version_in_both_languages(written: list[Any]) -> None:
    with pytest.raises(DeclarationError, match=r"each of \[\[reasons\]\]"):
        reasons_of({"reasons": written})
