"""Nights of publish.yml: its scripts against a repository beside, a program and a code host that only pretend."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from support.repository import ROOT

SCRIPTS = ROOT / ".github" / "scripts"
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
GH = """#!{python}
import json, os, pathlib, sys
folder = pathlib.Path(os.environ["GH_FOLDER"])
issues = folder / "issues.json"
known = json.loads(issues.read_text()) if issues.exists() else []
words = sys.argv[1:]
if words[:2] == ["issue", "list"]:
    print(json.dumps([item for item in known if item["open"]]))
elif words[:2] == ["issue", "create"]:
    known.append({{"number": len(known) + 1, "title": words[words.index("--title") + 1], "open": True,
                  "body": words[words.index("--body") + 1]}})
elif words[:2] == ["issue", "edit"]:
    known[int(words[2]) - 1]["body"] = words[words.index("--body") + 1]
elif words[:2] == ["issue", "close"]:
    known[int(words[2]) - 1]["open"] = False
issues.write_text(json.dumps(known))
"""


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"]
    return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


class Host:
    """A repository on a code host, a runner's clone of it, and somebody else's clone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runner, self.other = folder, folder / "runner", folder / "other"
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

    def night(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", str(SCRIPTS / "release.sh"), "https://x.example/"], cwd=self.runner, text=True,
                              capture_output=True, check=False)

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


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def test_a_release_is_committed_once_and_a_repeated_run_builds_the_site_again(host: Host) -> None:
    assert host.night().returncode == 0
    assert host.log()[0].startswith("Release of ")
    (host.runner / "build" / "site" / "release.json").unlink()  # pushed, and then the upload failed
    assert host.night().returncode == 0
    assert (len(host.log()), host.built()) == (2, "a\n")


def test_a_source_that_changed_is_in_the_release(host: Host) -> None:
    host.put(host.folder / "source", "b\na\n")
    assert host.night().returncode == 0
    assert (host.shown("datasets/release/table.csv"), host.built()) == ("a\nb\n", "a\nb\n")


def test_wrong_data_leave_main_and_say_why(host: Host) -> None:
    host.put(host.folder / "source", "wrong\n")
    assert host.night().returncode == 1
    assert host.log() == ["first"]
    assert "ERRORE / ERROR: wrong" in (host.runner / "findings.txt").read_text()
    host.put(host.folder / "source", "b\n")
    assert host.night().returncode == 0
    assert not (host.runner / "findings.txt").exists()


@pytest.mark.parametrize("moment", ["while_fetching", "while_building"])
@pytest.mark.parametrize("times", [1, 3])
def test_main_that_moves_is_built_anew_and_nothing_is_lost(host: Host, moment: str, times: int) -> None:
    host.put(host.folder / moment, host.pushes("c", times))
    run = host.night()
    assert run.returncode == 0, run.stderr
    assert host.log()[0].startswith("Release of ")
    assert host.log().count("more") == times
    assert host.shown("datasets/release/table.csv") == host.built() == "a\n" + "c\n" * times


def test_main_that_never_rests_ends_in_words(host: Host) -> None:
    host.put(host.folder / "while_building", host.pushes("c", 99))
    run = host.night()
    assert (run.returncode, host.log().count("more")) == (1, 5)
    assert "the next run tries again" in run.stderr


def test_a_run_that_waited_starts_from_the_newest_main(host: Host) -> None:
    host.put(host.folder / "by_hand", host.pushes("c"))
    subprocess.run([host.folder / "by_hand"], cwd=host.runner, check=True)
    assert host.night().returncode == 0
    assert host.built() == "a\nc\n"


def test_a_push_that_is_forbidden_is_no_movement(host: Host) -> None:
    host.put(host.folder / "host" / "hooks" / "pre-receive", "#!/bin/sh\nexit 1\n")
    run = host.night()
    assert run.returncode == 1
    assert "may this job write to it?" in run.stderr


class Pretended:
    """The code host's issues, as a stand-in for `gh` keeps them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        Host.put(folder / "gh", GH.format(python=sys.executable))

    def ends(self, findings: str = "", **results: str) -> None:
        needs = {name: {"result": result, "outputs": {}} for name, result in results.items()}
        environment = {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}", "RUN": "https://run/1",
                       "GH_FOLDER": str(self.folder), "RESULTS": json.dumps(needs), "FINDINGS": findings}
        subprocess.run([sys.executable, SCRIPTS / "publication_issue.py"], env=environment, check=True)

    def issues(self) -> list[tuple[bool, str]]:
        path = self.folder / "issues.json"
        return [(item["open"], item["body"]) for item in json.loads(path.read_text())] if path.exists() else []


@pytest.fixture
def pretended(tmp_path: Path) -> Pretended:
    return Pretended(tmp_path)


def test_a_build_that_failed_has_one_issue_which_the_next_success_closes(pretended: Pretended) -> None:
    pretended.ends("table.csv:2: ERRORE\n```\n@tutti", build="failure", deploy="skipped")
    ((opened, text),) = pretended.issues()
    assert opened
    assert "\n    table.csv:2: ERRORE\n    ```\n    @tutti\n" in text
    pretended.ends("table.csv:3: ERRORE", build="failure", deploy="skipped")
    assert [("table.csv:3" in text, opened) for opened, text in pretended.issues()] == [(True, True)]
    pretended.ends(build="success", deploy="success")
    assert [opened for opened, _ in pretended.issues()] == [False]


def test_a_deployment_that_failed_is_told_as_such_and_heals(pretended: Pretended) -> None:
    pretended.ends(build="success", deploy="failure")
    ((_, text),) = pretended.issues()
    assert "the deployment" in text
    assert "the build" not in text
    pretended.ends(build="success", deploy="success")
    assert [opened for opened, _ in pretended.issues()] == [False]


def test_a_run_that_was_cut_off_neither_opens_nor_closes(pretended: Pretended) -> None:
    pretended.ends(build="cancelled", deploy="skipped")
    assert pretended.issues() == []
    pretended.ends(build="failure", deploy="skipped")
    pretended.ends(build="success", deploy="cancelled")
    assert [opened for opened, _ in pretended.issues()] == [True]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Quiet(*a, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_what_people_see_is_held_against_what_was_built(tmp_path: Path, address: str) -> None:
    def run(text: str) -> subprocess.CompletedProcess[str]:
        words = ["sh", SCRIPTS / "published.sh", address, hashlib.sha256(text.encode()).hexdigest(), "2", "0.1"]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "404" in run("new").stderr
    (tmp_path / "release.json").write_text("old")
    assert (run("new").returncode, run("old").returncode) == (1, 0)


def test_the_workflow_calls_these_scripts_and_reports_every_job_that_publishes() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    words = {name: " ".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}
    assert "sh .github/scripts/release.sh" in words["build"]
    assert "published.sh" in words["deploy"]
    assert "publication_issue.py" in words["report"]
    assert (jobs["report"]["needs"], jobs["report"]["if"]) == (["build", "deploy"], "always()")
    (checkout, *_) = jobs["build"]["steps"]
    assert checkout["with"]["ref"] == "main"
