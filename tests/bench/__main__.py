"""`make bench`, first part: our pages of projects beside those of other generators, and what a rebuild takes.

Whole processes, one after the other in turns, so that a slow moment of the machine hits all alike; medians after a
warm-up at the smaller sizes; only ratios are judged. On a RAM disk where there is one: a disk is mostly noise.
usage: bench [PAGES ...]; with numbers only the pages, without rebuilds.
"""

from __future__ import annotations

import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import processes
from alike import MOST, SAME, unlike
from contenders import CONTENDERS, LARGEST, ROOT, Job, install
from rebuild import measure_rebuild
from results import keep, load, note
from synthetic import cut, make_release

HERE = Path(__file__).parent
SIZES = (100, 1_000, 5_000, 20_000)
LANGUAGES = ("it", "it,en")
RUNS = {100: 5, 1_000: 5, 5_000: 3, 20_000: 2}
SMALL = 1_000
"""Up to this many pages a first run is not counted: it fills the caches of the machine."""
JUDGED = ("ours", "Hugo")
"""Those with a close target; the others run once, watched for their memory at the same time: what is said of them holds
by far or is not judged."""


def prepare(name: str, release: Path, languages: str, base: Path) -> tuple[Any, Path]:
    """Prepare one contender; gives its command and its folder."""
    folder = base / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return CONTENDERS[name](Job(release, base / "content.json", folder, languages)), folder


def in_turns(
    ready: dict[str, tuple[Any, Path]], pages: int,
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Seconds of each contender, those of JUDGED in turns; and the megabytes of one run more."""
    times: dict[str, list[float]] = {name: [] for name in ready}
    memory: dict[str, float] = {}
    first = pages <= SMALL
    for turn in range(first + RUNS.get(pages, 1)):
        for name in JUDGED:
            (command, more), folder = ready[name]
            shutil.rmtree(folder / "out", ignore_errors=True)
            spent = processes.seconds(command, more, folder)
            if turn >= first:
                times[name].append(spent)
    for name, ((command, more), folder) in ready.items():
        shutil.rmtree(folder / "out", ignore_errors=True)
        spent, memory[name] = processes.watched(command, more, folder)
        if name not in JUDGED:
            times[name].append(spent)
    return times, memory


def measure(release: Path, pages: int, languages: str, base: Path) -> list[dict[str, Any]]:
    """Seconds and memory of every contender for so many pages in all languages together."""
    projects = pages // len(languages.split(","))
    data = base / "data"
    cut(release, data, projects)
    subprocess.run([sys.executable, str(HERE / "content.py"), str(data), languages, str(base / "content.json")],
                   cwd=ROOT, check=True)
    names = [name for name in CONTENDERS if pages <= LARGEST.get(name, pages)]
    ready = {name: prepare(name, data, languages, base) for name in names}
    times, memory = in_turns(ready, pages)
    found, page = [], ""
    for name, (_command, folder) in ready.items():
        made = [path for path in (folder / "out").rglob("*.html") if "inventato" in path.as_posix()]
        if len(made) != pages:
            raise SystemExit(f"{name} made {len(made)} pages of {pages}")
        size = made[0].stat().st_size
        text = (folder / "out" / "progetti" / "0inventato7" / "index.html").read_text("utf-8")
        page = page or text
        if name in SAME and (off := unlike(page, text)) > MOST:
            raise SystemExit(f"{name}: {off:.1%} of its page is not ours. Bring tests/bench/peers/page.html up to date")
        shutil.rmtree(folder / "out")
        found.append({
            "name": name, "pages": pages, "languages": languages, "seconds": statistics.median(times[name]),
            "range": [min(times[name]), max(times[name])], "megabytes": memory[name], "bytes": size,
        })
        shutil.rmtree(folder)
        print(f"{pages:7,} pages {languages:6} {name:12} {found[-1]['seconds']:7.2f} s "
              f"({found[-1]['range'][0]:.2f}-{found[-1]['range'][1]:.2f}) {found[-1]['megabytes']:6.0f} MB", flush=True)
    return found


def judge(rows: list[dict[str, Any]]) -> None:
    """The targets of the build, from what was measured."""
    by = {(row["name"], row["pages"], row["languages"]): row for row in rows}
    for languages in LANGUAGES:
        said = "two languages" if "," in languages else "one language"
        for pages, limit in ((1_000, 1.2), (20_000, 0.8)):
            one, other = by.get(("ours", pages, languages)), by.get(("Hugo", pages, languages))
            if one and other:
                note(f"{pages:,} pages, {said}: our time / Hugo's", one["seconds"] / other["seconds"], limit)
                if pages == max(SIZES):
                    note(f"{pages:,} pages, {said}: our memory / Hugo's", one["megabytes"] / other["megabytes"], 1 / 3)
        one, other = by.get(("ours", 1_000, languages)), by.get(("Material", 1_000, languages))
        if one and other:
            note(f"1,000 pages, {said}: Material's time / ours", other["seconds"] / one["seconds"], 15, least=True)
        few, many = by.get(("ours", 1_000, languages)), by.get(("ours", 20_000, languages))
        if few and many:
            growth = math.log(many["seconds"] / few["seconds"]) / math.log(20)
            note(f"1,000 to 20,000 pages, {said}: growth exponent", growth, 1.05)


def main(named: list[int]) -> int:
    """Measure, print and keep the figures."""
    sizes = named or list(SIZES)
    install()
    memory = Path("/dev/shm")  # noqa: S108 - a RAM disk; the folder in it is a temporary one of our own
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        base = Path(folder)
        make_release(ROOT, base / "release", max(sizes))
        rows = [row for languages in LANGUAGES for pages in sizes
                for row in measure(base / "release" / "data", pages, languages, base / "work")]
        keep({**load(), "pages": rows})
        judge(rows)
        shutil.rmtree(base / "release")
        if not named:
            measure_rebuild(base)
    print(json.dumps([item["name"] for item in load()["figures"] if not item["met"]]))
    return 0


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]]))
