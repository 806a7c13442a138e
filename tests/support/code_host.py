"""A code host that only pretends: its issues, comments, proposals and runs, kept by a stand-in for `gh`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from support.repository import ROOT

SCRIPTS = ROOT / ".github" / "scripts"
BOT = "github-actions[bot]"
GH = f"""#!{sys.executable}
import json, os, pathlib, sys
folder = pathlib.Path(os.environ["GH_FOLDER"])
state, words = json.loads((folder / "host.json").read_text()), sys.argv[1:]
told = lambda name: words[words.index(name) + 1]
state["calls"].append(words)
issues, comments = state["issues"], state["comments"]
if words[:2] == ["issue", "list"]:
    print(json.dumps([item for item in issues if item["open"] and item["label"] == told("--label")]))
elif words[:2] == ["issue", "create"]:
    issues.append({{"number": len(issues) + 1, "title": told("--title"), "open": True, "label": told("--label"),
                   "body": told("--body")}})
elif words[:2] == ["issue", "edit"]:
    issues[int(words[2]) - 1]["body"] = told("--body")
elif words[:2] == ["issue", "close"]:
    issues[int(words[2]) - 1]["open"] = False
elif words[0] == "workflow" and state["no_workflows"]:
    sys.exit("could not create workflow dispatch event")
elif words[0] == "api":
    place = next(word for word in words if word.startswith("repos/city/data/")).split("/")[3:]
    body = json.loads(sys.stdin.read())["body"] if "--input" in words else ""
    if place[0] == "pulls":
        heads = [word[5:] for word in words if word.startswith("head=")]
        print(json.dumps([item for item in state["pulls"] if item["named"] in heads]))
    elif "PATCH" in words:
        next(item for item in comments if item["id"] == int(place[2]))["body"] = body
    elif body:
        comments.append({{"id": len(comments) + 1, "on": place[1], "body": body, "user": {{"login": "{BOT}"}}}})
    elif place[-1] == "comments":
        print(json.dumps([[item for item in comments if item["on"] == place[1]], []]))
    elif place[-1] == "artifacts":
        print(json.dumps({{"artifacts": state["artifacts"]}}))
    elif place[-1] == "zip":
        sys.stdout.buffer.write((folder / (place[2] + ".zip")).read_bytes())
    else:
        sys.exit("not pretended: " + " ".join(words))
(folder / "host.json").write_text(json.dumps(state))
"""


class CodeHost:
    """What stands on the host, as the stand-in keeps it in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "gh").write_text(GH)
        (folder / "gh").chmod(0o755)
        self.put(calls=[], issues=[], comments=[], pulls=[], artifacts=[], no_workflows=False)

    def put(self, **parts: Any) -> None:
        """Let parts of what stands there be these."""
        path = self.folder / "host.json"
        path.write_text(json.dumps({**(json.loads(path.read_text()) if path.exists() else {}), **parts}))

    def __getitem__(self, part: str) -> Any:
        return json.loads((self.folder / "host.json").read_text())[part]

    def environment(self, **more: str) -> dict[str, str]:
        """Where `gh` is the stand-in."""
        return {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}", "GH_FOLDER": str(self.folder),
                "GH_REPO": "city/data", "PYTHONDONTWRITEBYTECODE": "1", **more}

    def script(self, name: str, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the workflows; it must succeed."""
        run = subprocess.run([sys.executable, SCRIPTS / name, *words], env=self.environment(**environment),
                             capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run

    def issues(self) -> list[tuple[bool, str]]:
        """(whether it is open, its text) of each issue."""
        return [(item["open"], item["body"]) for item in self["issues"]]

    def asked(self, *words: str) -> int:
        """How often `gh` was called with words that begin so."""
        return sum(call[:len(words)] == list(words) for call in self["calls"])
