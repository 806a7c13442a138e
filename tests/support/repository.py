"""The repository that is tested: where it is, a copy of it, and the checkers made by others that run in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
TINY = TESTS / "tiny"
"""A whole repository in miniature."""
SHARED = ROOT.parent / "shared"
"""Files of standards and of sources that are not in the repository; tests that want them skip where it is absent."""
SOAK = bool(os.environ.get("SOAK"))
"""Set by `make soak`: the long form of the tests that look for rare faults."""
BIN = Path(sys.executable).parent
SOON_OVER = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
"""For Java that runs for seconds: its second compiler takes more time than it saves; the first one's code is deeper."""
NODE_MODULES = TESTS / "tools" / "node_modules"

OF_PAGES = shutil.ignore_patterns("pages.json", "standing.json")
"""The caches that say of a site which of its pages stand: a copy begins without it, and all pages are made anew."""


def worked_out(built: Path) -> Path:
    """The folder of what builds of the repository work out once, such as fonts, compiled templates and findings; full,
    because `built`, its site, is there: where it was empty, each copy would work all of it out again."""
    assert (built / "release.json").is_file(), built
    return ROOT / "build" / "cache"


def copy_repository(target: Path, *languages: str, built: Path | None = None) -> Path:
    """What a build reads, in another folder; only some languages (the full ones where none is named), and what need not
    be worked out again. built: the finished site, where the copy is checked or built (see `worked_out`).

    Its release is of the first day of the year: tests build it on days of their own, and none may come before that.
    """
    for part in ("datasets", "schemas", "etl", "site"):
        shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("release.toml", "city.toml", "mkdocs.yml"):
        shutil.copy(ROOT / name, target)
    package = target / "datasets" / "release" / "datapackage.json"
    package.write_text(re.sub(r'(?m)^  "created": "[^"]*"', '  "created": "2026-01-01T00:00:00Z"',
                              package.read_text("utf-8"), count=1), "utf-8")
    in_languages(target, *languages)
    if built:
        shutil.copytree(worked_out(built), target / "build" / "cache", ignore=OF_PAGES)
    return target


def in_languages(root: Path, *kept: str) -> None:
    """Leave a repository some of its languages, or those in which its site is full where none is named: where any will
    do, fewer pages are made sooner."""
    settings = (root / "mkdocs.yml").read_text("utf-8")
    found = dict(re.findall(r"(?m)^    (\w+): (\{name: .*\})$", settings))
    gone = [code for code, about in found.items() if (code not in kept if kept else "partial: true" in about)]
    assert set(kept) <= found.keys() != set(gone), f"mkdocs.yml has no {kept}"
    (root / "mkdocs.yml").write_text(re.sub(rf"(?m)^    ({'|'.join(gone)}): \{{.*\n", "", settings), "utf-8")
    words = root / "site" / "content" / "search_words.csv"
    if words.exists():
        lines = words.read_text("utf-8").splitlines(keepends=True)
        words.write_text("".join(line for line in lines if line.split(",")[0] not in gone), "utf-8")


def run_tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a checker in the repository; a command named without a folder is taken from our environment first."""
    environment = {**os.environ, "PATH": os.pathsep.join((str(BIN), os.environ["PATH"]))}
    words = [str(word) for word in command]
    program = shutil.which(words[0], path=environment["PATH"])
    assert program, f"{words[0]} is not installed: run `make test`, which installs it or says how"
    return subprocess.run([program, *words[1:]], cwd=ROOT, capture_output=True, text=True, env=environment)
