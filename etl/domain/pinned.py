"""Where the bytes of a release stay: what is cited must not change under its address, as `dati/NAME.csv` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.meta.model import Release
from etl.meta.view import resources

CHARTS = "grafici/"
"""The folder of the charts of the story in that of a release: SVG and CSV, in each language with all pages."""


@dataclass(frozen=True)
class Pinned:
    """A file of one release. path: in the site. sha256: of its bytes, empty where the list of versions lacks it."""

    version: str
    path: str
    sha256: str
    bytes: int

    @property
    def hashed(self) -> str:
        """The name of the file whose checksum it is."""
        return self.path.rpartition("/")[2]


def folder_of(version: str) -> str:
    """The folder of the files of a release in the site."""
    return f"dati/releases/{version}/"


def folder_now(release: Release) -> str:
    """The same for the release that is shown; where its versions are not kept, the folder that changes."""
    version = release.package["version"]
    return folder_of(version) if any(line["version"] == version for line in release.versions) else "dati/"


def descriptor_of(version: str) -> str:
    """The file that describes a release; it is there whatever language the page of the release is in."""
    return f"{folder_of(version)}datapackage.json"


def pinned(release: Release, name: str) -> Pinned:
    """The CSV of a dataset as this release has it."""
    version, resource = release.package["version"], resources(release.package)[name]
    return Pinned(version, folder_now(release) + resource["path"], resource["hash"].removeprefix("sha256:"),
                  resource["bytes"])


def pinned_whole(release: Release) -> Pinned:
    """The release as a whole: its descriptor, which has the checksum of every file beside it."""
    version = release.package["version"]
    line: Mapping[str, Any] = next((line for line in release.versions if line["version"] == version), {})
    return Pinned(version, f"{folder_now(release)}datapackage.json", line.get("sha256", ""), line.get("bytes", 0))


def chart_path(name: str, language: str, end: str) -> str:
    """Where a file of a chart is in the folder of a release. name: of its page. end: svg, csv."""
    return f"{CHARTS}{name}.{language}.{end}"


def pinned_chart(release: Release, name: str, language: str) -> dict[str, Pinned]:
    """svg, csv -> the file of a chart as this release has it; empty where it has none."""
    version = release.package["version"]
    listed = {each["path"]: each for line in release.versions if line["version"] == version
              for each in line.get("charts", ())}
    files = {end: listed.get(chart_path(name, language, end)) for end in ("svg", "csv")}
    return {end: Pinned(version, folder_of(version) + each["path"], each["sha256"], each["bytes"])
            for end, each in files.items() if each}


def pinned_on(release: Release, day: str, name: str) -> Pinned | None:
    """The CSV of a dataset in the last release of a day; None where it is not kept."""
    for line in release.versions:
        if line["created"][:10] == day and line["kept"]:
            return next((Pinned(line["version"], folder_of(line["version"]) + table["path"], table.get("sha256", ""),
                                table["bytes"]) for table in line["tables"] if table["name"] == name), None)
    return None


def reasons(release: Release) -> dict[str, Mapping[str, str]]:
    """version -> why its number grew, in Italian and English, of the releases that say so; the newest first."""
    return {line["version"]: line["reason"] for line in release.versions if "reason" in line}
