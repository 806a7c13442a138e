"""Nights of publish.yml: its scripts against a repository beside, a program and a code host that only pretend."""

from __future__ import annotations

import hashlib
import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from support.code_host import SCRIPTS, CodeHost
from support.nights import Host, git
from support.repository import ROOT

pytestmark = pytest.mark.slow


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


def test_the_checks_of_a_release_are_asked_for_once_and_the_site_does_not_wait_for_them(host: Host) -> None:
    assert host.night().returncode == 0
    assert host.night().returncode == 0
    assert host.code_host.asked("workflow", "run", "check.yml", "--ref", "main") == 1
    host.put(host.folder / "source", "b\n")
    host.code_host.put(no_workflows=True)
    run = host.night()
    assert (run.returncode, host.built()) == (0, "b\n")
    assert "::warning::The checks of the release could not be asked for" in run.stdout


def test_two_nights_at_once_leave_one_release_and_the_same_site(host: Host) -> None:
    git(host.folder, "clone", "--quiet", "host", "second")
    host.put(host.folder / "source", "b\n")
    with ThreadPoolExecutor() as nights:
        runs = list(nights.map(host.night, ("runner", "second")))
    assert [run.returncode for run in runs] == [0, 0], [run.stderr for run in runs]
    assert [line[:10] for line in host.log()] == ["Release of", "first"]
    assert (host.folder / "second" / "build" / "site" / "release.json").read_text() == host.built() == "b\n"


def test_a_night_after_sixty_days_without_one_starts_from_what_stands(host: Host) -> None:
    assert host.night().returncode == 0
    for _ in range(3):  # people went on, and no night came
        host.put(host.folder / "calls", "0")
        host.put(host.folder / "by_hand", host.pushes("c"))
        subprocess.run([host.folder / "by_hand"], cwd=host.runner, check=True)
    assert host.night().returncode == 0
    assert (host.built(), host.log()[0][:10]) == ("a\nc\nc\nc\n", "Release of")
    steps = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    (alive,) = [step for step in steps if "gh workflow enable publish.yml" in step.get("run", "")]
    assert alive["if"] == "always()"


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


class Pretended(CodeHost):
    """The code host at the end of a night."""

    def ends(self, findings: str = "", attest: str = "success", **results: str) -> None:
        needs = {name: {"result": result, "outputs": {}} for name, result in {"attest": attest, **results}.items()}
        self.script("publication_issue.py", RUN="https://run/1", RESULTS=json.dumps(needs), FINDINGS=findings)


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


def test_a_receipt_that_was_not_attested_is_told_apart_from_a_site_that_was_not_published(pretended: Pretended) -> None:
    pretended.ends(build="success", deploy="success", attest="failure")
    ((opened, text),) = pretended.issues()
    assert (opened, "gh attestation verify" in text) == (True, True)
    pretended.ends(build="failure", deploy="skipped", attest="skipped")
    pretended.ends(build="success", deploy="success", attest="skipped")
    assert [opened for opened, _ in pretended.issues()] == [True, False]
    pretended.ends(build="success", deploy="success")
    assert [opened for opened, _ in pretended.issues()] == [False, False]


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
    assert (jobs["report"]["needs"], jobs["report"]["if"]) == (["build", "attest", "deploy"], "always()")
    (checkout, *_) = jobs["build"]["steps"]
    assert checkout["with"]["ref"] == "main"
