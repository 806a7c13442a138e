"""Nights of publish.yml: a repository on a host, a runner's clone and somebody else's, a program that only pretends."""

from __future__ import annotations

import subprocess
from pathlib import Path

from support.code_host import SCRIPTS, CodeHost

MAKEFILE = """fetch:
\t@mkdir -p build/fetch && echo '[]' > build/fetch/fetch.json
\t@if [ -f ../source ]; then cp ../source datasets/table.csv; fi
\t@if [ -x ../while_fetching ]; then ../while_fetching; fi
"""
ABITARE = """#!/bin/sh
if [ -x ../while_building ]; then ../while_building; fi
if grep -q wrong datasets/table.csv; then echo "table.csv:2: ERRORE / ERROR: wrong"; exit 1; fi
mkdir -p build/site datasets/release
sort datasets/table.csv > datasets/release/table.csv
cp datasets/release/table.csv build/site/release.json
echo "site: 1 dataset"
"""


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


class Host:
    """A repository on a code host, a runner's clone of it, and somebody else's clone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runner, self.other = folder, folder / "runner", folder / "other"
        (folder / "gh").mkdir()
        self.code_host = CodeHost(folder / "gh")
        first = folder / "first"
        (first / ".venv" / "bin").mkdir(parents=True)
        (first / "datasets").mkdir()
        self.put(first / "Makefile", MAKEFILE)
        self.put(first / ".venv" / "bin" / "abitare", ABITARE)
        self.put(first / "datasets" / "table.csv", "a\n")
        self.put(first / ".gitignore", "build\nsaid.txt\nfindings.txt\n")
        git(first, "init", "--quiet", "--initial-branch=main")
        git(first, "add", "--all", "--force")
        git(first, "commit", "--quiet", "--message", "first")
        git(folder, "clone", "--quiet", "--bare", str(first), "host")
        for clone in (self.runner, self.other):
            git(folder, "clone", "--quiet", "host", clone.name)

    @staticmethod
    def put(path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o755)

    def night(self, runner: str = "runner") -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", str(SCRIPTS / "release.sh"), "https://x.example/"], cwd=self.folder / runner,
                              text=True, capture_output=True, check=False, env=self.code_host.environment())

    def pushes(self, line: str, times: int = 1) -> str:
        """A script by which somebody else pushes a line to main, the first times that it is called."""
        return (f"#!/bin/sh\nset -e\nn=$(cat ../calls 2>/dev/null || echo 0)\n[ $n -lt {times} ] || exit 0\n"
                f"echo $((n + 1)) > ../calls\ncd ../other\ngit pull --quiet\necho '{line}' >> datasets/table.csv\n"
                "git -c user.name=P -c user.email=p@x.example commit --quiet --all --message more\ngit push --quiet\n")

    def log(self) -> list[str]:
        return git(self.folder / "host", "log", "--format=%s", "main").splitlines()

    def shown(self, path: str) -> str:
        return git(self.folder / "host", "show", f"main:{path}")

    def built(self) -> str:
        return (self.runner / "build" / "site" / "release.json").read_text()
