"""What the scripts ask of the code host, through `gh`; its settings come from the environment (GH_TOKEN, GH_REPO)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

BOT = "github-actions[bot]"
"""As whom workflows write."""


def gh(*words: str, body: str | None = None) -> str:
    """What a call of gh prints; it must succeed. body: for its standard input."""
    return gh_bytes(*words, body=body).decode("utf-8")


def gh_bytes(*words: str, body: str | None = None) -> bytes:
    """The same for an answer that is no text."""
    run = subprocess.run(["gh", *words], input=body and body.encode(), capture_output=True, check=False)
    if run.returncode:
        sys.exit(f"gh {' '.join(words)}: {run.stderr.decode('utf-8', 'replace')}")
    return run.stdout


def place(path: str) -> str:
    """Where something of this repository stands, for `gh api`."""
    return f"repos/{os.environ['GH_REPO']}/{path}"


def keep_issues(label: str, about: str, troubles: dict[str, str | None], well: str) -> None:
    """One issue per trouble, in line with how things stand: opened, kept up to date, closed.

    troubles: title -> the text of its issue; None where all is well, which closes it with the words `well`.
    label, about: what all of them bear, and what that means.
    """
    gh("label", "create", label, "--description", about, "--force")
    listed = json.loads(gh("issue", "list", "--label", label, "--state", "open", "--limit", "200",
                           "--json", "number,title"))
    opened = {item["title"]: str(item["number"]) for item in listed}
    for title, text in troubles.items():
        number = opened.get(title)
        if text and number:
            gh("issue", "edit", number, "--body", text)
        elif text:
            gh("issue", "create", "--title", title, "--label", label, "--body", text)
        elif number:
            gh("issue", "close", number, "--comment", well)


def say(number: str, text: str) -> None:
    """Put a text on a pull request as one comment of ours: the one with the same mark, its first line, is updated."""
    mark, issues = text.partition("\n")[0], place("issues")
    comments = json.loads(gh("api", "--paginate", "--slurp", f"{issues}/{number}/comments"))
    own = [item["id"] for page in comments for item in page
           if item["user"]["login"] == BOT and item["body"].startswith(mark)]
    where = ["--method", "PATCH", f"{issues}/comments/{own[0]}"] if own else [f"{issues}/{number}/comments"]
    gh("api", *where, "--input", "-", body=json.dumps({"body": text}))


def as_it_is(text: str) -> str:
    """A text of somebody else, so that nothing in it leads anywhere, calls anybody or ends early: each line is indented
    by four spaces, and signs that hide or turn others are left out."""
    lines = ("".join(sign for sign in line if sign.isprintable() or sign == "\t") for line in text.splitlines())
    return "".join(f"    {line}\n" for line in lines)
