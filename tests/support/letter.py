"""A copy of Borgofiorito and of the program, changed as CONTRIBUTING.md says, built, and held against its table."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from support.borgo import LANGUAGES, copy_borgo, release_of
from support.repository import ROOT, TESTS

BEFORE, TODAY = date(2026, 11, 28), "2026-11-29"
SITE = Path("town", "build", "site")
OF_THE_CITY = ("datasets/source", "site/content", "mkdocs.yml", "city.toml", "release.toml")
"""What stands in a city's repository; the rest is the program's."""
MADE = re.compile(r"town/build|town/datasets/(release|versions|source/sources\.lock)|__pycache__")
"""What commands write."""
ADDED = TESTS / "house" / "letter"
"""Files that newcomers write, each at its place below this folder."""
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ROWS = dict(re.findall(r"(?m)^\| ([^|]+?) \| (.+) \|$", CONTRIBUTING))
"""What one may want -> what to touch, and nothing else."""


class Copy:
    """A town and the program that builds it, in folders of their own. base: the same before any change; before: its
    files before the change that is made now."""

    def __init__(self, root: Path, base: Path) -> None:
        self.root = root
        self.before = files(base)

    def path(self, name: str) -> Path:
        """A file as CONTRIBUTING.md names it."""
        return self.root / ("town" if name.startswith(OF_THE_CITY) else "program") / name

    def read(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, "utf-8")

    def add(self, name: str) -> None:
        """Write a file that a newcomer has written."""
        self.write(name, (ADDED / name).read_text("utf-8"))

    def edit(self, name: str, old: str, new: str) -> None:
        """Put new words where the old ones stand once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{name} holds {text.count(old)} times: {old}"
        self.write(name, text.replace(old, new))

    def rows(self, table: str) -> list[dict[str, str]]:
        with self.path(f"datasets/source/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def write_rows(self, table: str, rows: list[dict[str, str]]) -> None:
        """Save a table as a spreadsheet does: «CSV UTF-8» starts with a BOM and ends lines with CRLF."""
        with self.path(f"datasets/source/{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    def schema(self, name: str, like: str, change: Callable[[dict[str, Any]], None]) -> None:
        """Write a schema as another one is, with a change."""
        schema = json.loads(self.read(f"schemas/{like}.json"))
        change(schema)
        self.write(f"schemas/{name}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n")

    def declaration(self, name: str, like: str, italian: str, english: str) -> None:
        """Write a declaration as another one is, with a title of its own, one row at least and no further check."""
        text = self.read(f"datasets/{like}.toml").partition("[[expectations]]")[0]
        text = re.sub(r"(\[title\]\n)it = .*\nen = .*", rf'\1it = "{italian}"\nen = "{english}"', text)
        self.write(f"datasets/{name}.toml", re.sub(r"(?m)^min = .*", "min = 1", text))

    def words(self, said: dict[str, tuple[str, ...]]) -> None:
        """Give words to every other language of the town. said: Italian -> English, French."""
        for number, code in enumerate(LANGUAGES[1:]):
            more = "".join(f'\nmsgid "{italian}"\nmsgstr "{others[number]}"\n' for italian, others in said.items())
            self.append(f"site/locale/{code}/LC_MESSAGES/data.po", more)

    def append(self, name: str, text: str) -> None:
        self.write(name, self.read(name) + text)

    def touched(self) -> set[str]:
        """The files that are not as they were, as CONTRIBUTING.md names them."""
        now, before = files(self.root), self.before
        return {name.partition("/")[2] for name in now.keys() | before.keys() if now.get(name) != before.get(name)}

    def keeps_to(self, *rows: str) -> None:
        """Everything that was touched stands in these rows of the table, and something of each row was touched; what
        is touched from now on is another change."""
        touched = self.touched()
        patterns = [pattern for row in rows for pattern in named(row)]
        outside = sorted(name for name in touched if not any(pattern.match(name) for pattern in patterns))
        assert outside == [], f"the rows {rows} of CONTRIBUTING.md do not name {outside}"
        assert all(any(pattern.match(name) for name in touched for pattern in named(row)) for row in rows)
        self.before = files(self.root)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the copied program in the town."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "program")}
        return subprocess.run([sys.executable, *words], cwd=self.root / "town", capture_output=True, text=True,
                              env=environment, check=False)

    def build(self, day: str = TODAY) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "etl", "build", "--date", day)

    def next_version(self, wanted: str) -> None:
        """The build asks for another version: write it."""
        refused = self.build()
        assert (refused.returncode, f'Write version = "{wanted}"' in refused.stderr) == (2, True), refused.stderr
        self.write("release.toml", re.sub(r'(?m)^version = .*', f'version = "{wanted}"', self.read("release.toml")))

    def build_all(self) -> None:
        """Build the site after all changes, each of which has been held against the table."""
        assert self.touched() == set()
        built = self.build()
        assert built.returncode == 0, built.stdout + built.stderr


def named(row: str) -> list[re.Pattern[str]]:
    """The paths that a row names; a word in capitals stands for any name, a folder for what is in it."""
    paths = [text for text in re.findall(r"`([^`]+)`", ROWS[row]) if re.fullmatch(r"[\w*.]+(/[\w*.]+)*/?", text)]
    return [re.compile(re.sub(r"\b[A-Z]+\b|\\\*", "[^/]+", re.escape(path.rstrip("/"))) + "(/|$)") for path in paths]


def files(root: Path) -> dict[str, bytes]:
    """Every file that people write, by its path."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not MADE.search(name)}


def beginning(root: Path, built: Path) -> Path:
    """The town as it was released the day before, and the program as a wheel carries it; its site is made after the
    changes. built: see `copy_borgo`."""
    for part in ("etl", "schemas", "requirements", "site/theme", "site/assets", "site/locale"):
        shutil.copytree(ROOT / part, root / "program" / part)
    shutil.copytree(ROOT / "datasets", root / "program" / "datasets",
                    ignore=shutil.ignore_patterns("source", "release", "versions", "inbox"))
    shutil.copy(ROOT / "site" / "hooks.py", root / "program" / "site")
    release_of(copy_borgo(root / "town", built=built), BEFORE)
    return root
