"""What the site is made with: locked, from wheels only, told with its licences, and no more than is locked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.repository import ROOT

from etl.exports.sbom import PINNED, components

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_dependency_is_pinned_with_its_hashes(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
    assert blocks
    for block in blocks:
        assert PINNED.match(block), block
        assert "--hash=sha256:" in block, block


def test_nothing_that_is_downloaded_runs_while_it_is_installed() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^LOCKED := install --no-compile --no-deps --require-hashes --only-binary :all:$", makefile, re.M)
    installs = re.findall(r"\$\(PIP\) (.*)", makefile)
    assert installs
    own = "install --no-deps --no-build-isolation -e ."
    # Spark and one package that mlcroissant needs come without a wheel, and only those install them who ask for them.
    locked, beside = "install --no-compile --no-deps --require-hashes --no-build-isolation", "--upgrade --target .venv"
    spark = f"{locked} {beside}/spark -r requirements/spark.txt"
    wheels = "--only-binary :all: --no-binary jsonpath-rw"
    readers = f"{locked} {wheels} {beside}/readers -r requirements/readers.txt"
    assert [line for line in installs if not line.startswith("$(LOCKED)") and line not in (own, spark, readers)] == []
    for name in ("spark", "readers"):
        assert makefile.count(f"requirements/{name}.txt") == 2
        assert not re.search(rf"^(site|test|check|bench):.* {name}\b", makefile, re.M)
    assert "npm ci --ignore-scripts" in makefile


def test_the_bill_of_materials_names_every_locked_component(built_site: Path) -> None:
    bill = json.loads((built_site / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    named = {(item["name"], item.get("version")) for item in bill["components"]}
    assert named >= set(PINNED.findall((ROOT / "requirements" / "site.txt").read_text("utf-8")))
    assert {"Bootstrap Italia", "Titillium Web"} <= {name for name, _ in named}
    for item in bill["components"]:
        assert item["type"] == "library"
        assert item.get("purl", "pkg:pypi/").startswith("pkg:pypi/")


def test_nearly_every_licence_is_known_and_on_the_page(built_site: Path) -> None:
    found = components(ROOT / "requirements" / "site.txt")
    unknown = [item["name"] for item in found if not item["licence"]]
    # Needed on other systems only, or without a word about its licence in its metadata.
    assert len(unknown) <= 4, unknown
    for path in ("licenze", "en/licences"):
        html = (built_site / path / "index.html").read_text("utf-8")
        assert [item["name"] for item in found if item["name"] not in html] == []
