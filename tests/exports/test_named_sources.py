"""Exports that name sources take their titles and issuers from the table of sources."""

from __future__ import annotations

import json
from pathlib import Path

from support.release import example


def test_an_item_says_what_its_sources_are(built_site: Path) -> None:
    desk = example("desks")
    whole = json.loads((built_site / f"api/v1/desks/{desk['desk_id']}.json").read_text("utf-8"))["data"]
    named = {row["source_url"] for part in ([whole], whole["texts"], whole["hours"], whole["services"]) for row in part}
    assert named <= {source["source_url"] for source in whole["sources"]}
    assert all(source["kind"] for source in whole["sources"])


def test_the_package_names_the_documents_of_each_table(built_site: Path) -> None:
    package = json.loads((built_site / "dati" / "datapackage.json").read_text("utf-8"))
    (desks,) = [item for item in package["resources"] if item["name"] == "desks"]
    desk = example("desks")
    (said,) = [source["title"] for source in desks["sources"] if source.get("path") == desk["source_url"]]
    assert said
    assert not said.startswith("http")
