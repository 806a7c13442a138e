"""What workflows say on the code host: one issue per trouble, one comment per proposal, nothing to be misused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.code_host import BOT, CodeHost
from support.repository import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def host(tmp_path: Path) -> CodeHost:
    return CodeHost(tmp_path)


def source(dataset: str, state: str) -> dict[str, str]:
    said = {"dataset": dataset, "state": state, "address": "https://x.example/", "last_good": "2026-11-20",
            "state_it": f"{state} it", "state_en": f"{state} en"}
    words = {f"{kind}_{language}": f"{kind} {language}" for kind in ("message", "remedy") for language in ("it", "en")}
    return said | words if state not in ("updated", "unchanged", "waiting") else said


def test_one_issue_per_broken_source(host: CodeHost) -> None:
    def night(*sources: dict[str, str]) -> dict[str, tuple[bool, str]]:
        (host.folder / "fetch.json").write_text(json.dumps(sources))
        host.script("source_issues.py", host.folder / "fetch.json")
        return {item["title"].split()[3]: (item["open"], item["body"]) for item in host["issues"]}

    opened = night(source("projects", "failing"), source("funding", "nothing"), source("services", "fewer"))
    assert [is_open for is_open, _ in opened.values()] == [True, True, True]
    assert "failing it" in opened["projects"][1]
    after = night(source("desks", "web_page"), source("projects", "web_page"), source("funding", "updated"),
                  source("services", "waiting"), source("allocations", "unchanged"))
    assert {name: is_open for name, (is_open, _) in after.items()} == {
        "projects": True, "funding": False, "services": True, "desks": True}
    assert "web_page it" in after["projects"][1]
    assert "message it" in after["desks"][1]
    assert "Ultimo giorno buono: 2026-11-20" in after["desks"][1]


def test_files_of_the_inbox_that_need_correcting_have_one_issue(host: CodeHost) -> None:
    def said(*files: dict[str, Any]) -> list[tuple[bool, str]]:
        (host.folder / "inbox.json").write_text(json.dumps(files))
        host.script("inbox_issue.py", host.folder / "inbox.json")
        return host.issues()

    wrong, right = {"file": "a `@b`.xlsx", "holds": False, "errors": 3}, {"file": "c.csv", "holds": True, "errors": 0}
    ((is_open, text),) = said(wrong, right)
    assert is_open
    assert "- `a ’@b’.xlsx`: 3 errori" in text
    assert "c.csv" not in text
    ((is_open, text),) = said({**wrong, "errors": 4})
    assert (is_open, "4 errori" in text) == (True, True)
    assert [is_open for is_open, _ in said(right)] == [False]
    assert len(said()) == 1


def test_checks_of_main_that_fail_have_one_issue_which_heals(host: CodeHost) -> None:
    def ends(**results: str) -> list[tuple[bool, str]]:
        host.script("checks_issue.py", RUN="https://run/1",
                    RESULTS=json.dumps({name: {"result": result} for name, result in results.items()}))
        return host.issues()

    assert ends(data="success", test="cancelled") == []
    ((is_open, text),) = ends(data="success", test="failure")
    assert (is_open, "fail: test." in text) == (True, True)
    assert [is_open for is_open, _ in ends(data="cancelled", test="success")] == [True]
    assert [is_open for is_open, _ in ends(data="success", test="success")] == [False]


def test_a_comment_is_made_once_then_updated_and_never_that_of_somebody_else(host: CodeHost) -> None:
    path = host.folder / "comment.md"
    host.put(comments=[{"id": 1, "on": "12", "body": "<!-- mark -->\nmine", "user": {"login": "somebody"}}])
    for words in ("Words", "Other words"):
        path.write_text(f"<!-- mark -->\n{words}")
        host.script("comment.py", "12", path)
    assert [(item["on"], item["body"]) for item in host["comments"]] == [
        ("12", "<!-- mark -->\nmine"), ("12", "<!-- mark -->\nOther words")]


HEAD = {"id": 77, "head_sha": "a" * 40, "head_branch": "mie-modifiche", "html_url": "https://run/77",
        "head_repository": {"owner": {"login": "forker"}}}
PULLS = [{"number": 5, "named": "forker:mie-modifiche", "head": {"sha": "a" * 40}},
         {"number": 6, "named": "other:mie-modifiche", "head": {"sha": "a" * 40}}]


def from_fork(host: CodeHost, findings: bytes | None, name: str = "findings.txt", **changed: Any) -> list[str]:
    """The comments after a run of a fork has left its findings, none where it left nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, findings or b"")
    artefact = {"id": 3, "name": "inbox-findings", "size_in_bytes": packed.tell(), **changed.pop("artefact", {})}
    (host.folder / "3.zip").write_bytes(changed.pop("packed", packed.getvalue()))
    host.put(pulls=PULLS, artifacts=[artefact] if findings is not None else [])
    event = host.folder / "event.json"
    event.write_text(json.dumps({"workflow_run": {**HEAD, **changed}}))
    host.script("fork_comment.py", GITHUB_EVENT_PATH=str(event))
    return [item["body"] for item in host["comments"] if item["on"] == "5"]


def test_a_file_of_a_fork_is_told_on_the_proposal_whose_commit_was_checked(host: CodeHost) -> None:
    (text,) = from_fork(host, b"desks.csv:2: ERRORE / ERROR: x")
    assert "\n\n    desks.csv:2: ERRORE / ERROR: x\n\nLog: https://run/77\n" in text
    (text,) = from_fork(host, b"desks.csv: va bene / it holds")
    assert "va bene" in text
    assert len(host["comments"]) == 1


@pytest.mark.parametrize("changed", [
    {"head_sha": "b" * 40}, {"head_branch": "main"}, {"head_repository": {"owner": {"login": "nobody"}}}])
def test_a_commit_that_is_no_longer_proposed_is_told_nowhere(host: CodeHost, changed: dict[str, Any]) -> None:
    from_fork(host, b"x", **changed)
    assert host["comments"] == []


HOSTILE = "\n".join([
    "@everyone <!-- --> </details><img src=x> ![x](https://evil.example/?) [a](javascript:1) fixes #1", "```", "~~~",
    "", "number: 1", "\u202eesrever\u200b", "a\x1b[31mb\x00", "# one\u2028@two\x85@three\x0b@four\r@five"])


def test_nothing_in_the_words_of_a_fork_leads_anywhere(host: CodeHost) -> None:
    (text,) = from_fork(host, HOSTILE.encode() + b"\xff")
    shown = text.partition("\n\n    ")[2].partition("\n\nLog: ")[0]
    assert shown
    assert [line for line in f"    {shown}".split("\n") if not line.startswith("    ")] == []
    assert "esrever" in shown
    assert not set("\u202e\u200b\x1b\x00\u2028\x85\x0b\r") & set(text)
    (_, marked, *_) = text.split("\n", 2)
    assert marked.startswith("### ")


@pytest.mark.parametrize("left", [
    {"findings": None}, {"findings": b"x", "artefact": {"size_in_bytes": 1_000_001}},
    {"findings": b"x", "artefact": {"name": "other"}}, {"findings": b"x", "packed": b"no archive"},
    {"findings": b"x", "name": "../findings.txt"}, {"findings": b""}])
def test_an_artefact_that_is_none_is_not_read(host: CodeHost, left: dict[str, Any]) -> None:
    (text,) = from_fork(host, **left)
    assert "    (niente / nothing)\n\nLog: https://run/77\n" in text


@pytest.mark.parametrize("findings", [bytes(20_000_000), b"x" * 50_000, b"\n" * 50_000, "è".encode() * 30_000])
def test_a_text_without_end_is_cut_before_it_is_read(host: CodeHost, findings: bytes) -> None:
    (text,) = from_fork(host, findings)
    assert "…" in text
    assert len(text) < 60_000


def jobs(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))
    return found["jobs"]


def test_what_a_fork_brings_meets_no_secret_and_no_right_to_write() -> None:
    (read,) = jobs("inbox-fork.yml").values()
    assert read["permissions"] == {"contents": "read"}
    text = (ROOT / ".github/workflows/inbox-fork.yml").read_text("utf-8")
    assert ("secrets" not in text, "github.token" not in text, "pull_request_target" not in text) == (True,) * 3
    (comment,) = jobs("inbox-comment.yml").values()
    (checkout, said) = comment["steps"]
    assert checkout["with"] == {"persist-credentials": False}, "the main branch, and nothing of the fork"
    assert said["run"] == "python3 .github/scripts/fork_comment.py"


def test_the_commit_of_the_program_has_its_checks() -> None:
    assert "gh workflow run check.yml" in "".join(step.get("run", "") for step in jobs("inbox.yml")["inbox"]["steps"])
    report = jobs("check.yml")["report"]
    assert set(report["needs"]) == set(jobs("check.yml")) - {"report"}
    assert "checks_issue.py" in report["steps"][-1]["run"]
    assert BOT == "github-actions[bot]"
