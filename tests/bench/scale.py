"""Part of `make bench`: what the site and a release weigh; and the model of docs/scale.md, fitted to the last bench.

usage: scale.py: needs build/site. report.py writes what `section` says into docs/scale.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from results import ROOT, keep, load

from etl.releases.archive import BUDGET, read

WORST = 0.5
"""Share by which a measure may lie off its line; above it the line says nothing, and the bench fails."""
IN_MEMORY = 1_000_000
"""Rows of the national table up to which DuckDB has room in the memory that it may take; beyond it uses the disk."""
NIGHTS = 30
"""Builds a month (.github/workflows/publish.yml)."""
SITE, MEMORY, HOURS = 1e9, 16e9, 6
"""What hosts allow: bytes of a site on GitHub Pages, bytes of memory and hours of a job of GitHub Actions."""
SIZES = (1, 10, 100)
"""Cities of today's size that the table says."""


ARCHIVE = """Past releases fill the {budget:.0f} MB that the archive keeps; one is a copy of its CSVs, {release:.1f} MB
   today. The oldest go first. To keep more, raise `BUDGET` in `etl/releases/archive.py`, or publish old ones as files
   of a tag."""
HOST = """The site has 1 GB, the most on GitHub Pages, at {pages:,.0f} pages. Publish it on a server of one's own
   (docs/nginx.conf, docs/Caddyfile), or leave formats out."""
MACHINE = """Writing pages needs the 16 GB of a machine of GitHub Actions. Give each part of the country a build of its
   own: the memory is then that of the largest."""
JOB = """Writing all pages takes the 6 hours of a job. Give each city a job of its own."""
"""The walls, and what to do at each."""


class Line(NamedTuple):
    """start + each * how many; the largest share by which a measure lies off it, and how many measures there are."""

    start: float
    each: float
    off: float
    measures: int

    def at(self, count: float) -> float:
        """The value for so many."""
        return self.start + self.each * count


def fit(points: Sequence[tuple[float, float]]) -> Line:
    """The line with the smallest relative errors through (count, value): small builds count as much as large ones."""
    counts, values = np.array(points, dtype=float).T
    both = np.stack([1 / values, counts / values], axis=1)
    start, each = np.linalg.lstsq(both, np.ones(len(values)), rcond=None)[0]
    return Line(float(start), float(each), float(np.abs(both @ [start, each] - 1).max()), len(values))


def national(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was measured of the national table on one machine, by size."""
    return [row for row in found["national"] if row["engine"] == "duckdb"]


def on_disk(found: Mapping[str, Any]) -> str:
    """What tables that do not fit into the memory of DuckDB take, beside what the line says."""
    line = lines(found)["rows of the national table: processor time"][1]
    return "".join(
        f"{row['rows']:,} rows do not fit into it: they took {row['processor']:,.0f} s of processors,\n"
        f"{row['processor'] / line.at(row['rows']):.1f} times what the line says, because DuckDB uses the disk then."
        for row in national(found) if row["rows"] > IN_MEMORY)


def lines(found: Mapping[str, Any]) -> dict[str, tuple[str, Line]]:
    """What is fitted: name -> (unit, line). Pages and national rows are what is counted."""
    pages = [row for row in found["pages"] if (row["name"], row["languages"]) == ("ours", "it")]
    table = [row for row in national(found) if row["rows"] <= IN_MEMORY]
    return {
        "pages: time": ("s", fit([(row["pages"], row["seconds"]) for row in pages])),
        "pages: memory": ("MB", fit([(row["pages"], row["megabytes"]) for row in pages])),
        "pages: disk": ("MB", fit([(row["pages"], row["pages"] * row["bytes"] / 1e6) for row in pages])),
        "rows of the national table: processor time": ("s", fit([(row["rows"], row["processor"]) for row in table])),
        "rows of the national table: disk": ("MB", fit([(row["rows"], row["written"] / 1e6) for row in table])),
    }


def table(found: Mapping[str, Any]) -> str:
    """Start, what each thousand adds, and how far the measures lie off, as Markdown."""
    head = ["| Of | At the start | Each thousand adds | Measures | They lie off by at most |",
            "|---|---:|---:|---:|---:|"]
    return "\n".join([*head, *(
        f"| {name} | {line.start:.3g} {unit} | {line.each * 1000:.3g} {unit} | {line.measures} | {line.off:.0%} |"
        for name, (unit, line) in lines(found).items())])


def cities(found: Mapping[str, Any]) -> str:
    """What so many cities like this one take, each a site of its own, with the past releases that it keeps."""
    site, known = found["site"], lines(found)
    rows = ["| Cities | Pages | Time to write them | Memory for it | Disk | Bytes a month |",
            "|---:|---:|---:|---:|---:|---:|"]
    for count in SIZES:
        pages = count * site["pages"]
        disk = count * (site["bytes"] + site["kept"]) / 1e6
        rows.append(f"| {count:,} | {pages:,} | {known['pages: time'][1].at(pages):,.1f} s | "
                    f"{known['pages: memory'][1].at(site['pages']):,.0f} MB | {disk:,.0f} MB | "
                    f"{count * NIGHTS * site['bytes'] / 1e9:,.1f} GB |")
    return "\n".join(rows)


def walls(found: Mapping[str, Any]) -> list[tuple[float, str]]:
    """(how many times today, what stops there and what to do), the nearest first."""
    site, known = found["site"], lines(found)
    whole = site["bytes"] / site["pages"]
    memory, seconds = (known[f"pages: {what}"][1].at(site["pages"]) for what in ("memory", "time"))
    return sorted(((BUDGET / site["kept"], ARCHIVE.format(budget=BUDGET / 1e6, release=site["release"] / 1e6)),
                   (SITE / site["bytes"], HOST.format(pages=SITE / whole)),
                   (MEMORY / 1e6 / memory, MACHINE), (HOURS * 3600 / seconds, JOB)))


def section(found: Mapping[str, Any]) -> str:
    """The model in words, tables and the first three walls."""
    site, most = found["site"], max(row["megabytes"] for row in national(found))
    size = {name: f"{site[name] / 1e6:.1f} MB" for name in ("bytes", "release", "kept")}
    said = "\n".join(f"{number}. **{times:.3g} times today.** {words}"
                     for number, (times, words) in enumerate(walls(found)[:3], 1))
    return f"""Fitted by `tests/bench/scale.py` to the measures of [performance.json](performance.json): the line with
the smallest relative errors. Pages are like those of projects; their time and memory are what it takes to write them.
What a build does before, with nothing kept, is in [performance.md](performance.md). Time is that of the machine of the
bench: on another one read how it grows.

{table(found)}

Memory of the national table has a bound: {most:,.0f} MB is the most that was measured.
{on_disk(found)}

Today the site has {site["pages"]:,} pages in {site["files"]:,} files ({size["bytes"]}) from {site["rows"]:,} rows.
A release is {size["release"]}. The past ones that are kept are copies, {size["kept"]} together, in the repository
and on the site. A night that changes nothing adds nothing to the repository; a month sends the site {NIGHTS} times
to its host.

{cities(found)}

The first three walls, for one city:

{said}
"""


def weigh() -> dict[str, int]:
    """Pages, files and bytes of build/site; rows and bytes of a release; bytes of the past ones that are kept."""
    files = [path for path in (ROOT / "build" / "site").rglob("*") if path.is_file()]
    release, past = read(ROOT / "datasets" / "release"), (ROOT / "datasets" / "versions").glob("*/*")
    return {
        "pages": sum(path.suffix == ".html" for path in files), "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "rows": sum(item["rows"] for item in json.loads(release["datapackage.json"])["resources"]),
        "release": sum(map(len, release.values())), "kept": sum(path.stat().st_size for path in past),
    }


def main() -> int:
    """Keep what the site weighs, and print it; 1 when a line says nothing of what was measured."""
    keep({**load(), "site": weigh()})
    print(json.dumps(load()["site"]))
    found = load()
    if not found["pages"] or not found.get("national"):
        return 0
    worst = max(line.off for _unit, line in lines(found).values())
    print(table(found))
    return int(worst > WORST)


if __name__ == "__main__":
    sys.exit(main())
