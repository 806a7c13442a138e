"""One issue about a publication that failed, at whichever step: opened, kept up to date, closed by the next success.

Use: publication_issue.py, with RESULTS (the `needs` of the job, as JSON), FINDINGS (what the checks found, or nothing)
and RUN (address of the run) in the environment. `gh` does the talking (GH_TOKEN, GH_REPO).
"""

import json
import os
import subprocess
import sys

LABEL = "not-published"
TITLE = "The site was not published"
STEPS = {
    "build": "la costruzione / the build",
    "deploy": "la consegna, o il controllo di ciò che si vede / the deployment, or the check of what is shown",
}
BODY = """Il sito non è stato pubblicato: resta com’era. Si è fermata {step}.

The site was not published: it stays as it was. This step failed: {step}.
{findings}
Log: {run}

This issue is kept up to date by each run, and closes by itself when one publishes.
"""


def gh(*words: str) -> str:
    """What a call of gh prints; it must succeed."""
    run = subprocess.run(["gh", *words], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"gh {' '.join(words)}: {run.stderr}")
    return run.stdout


def body(failed: str, findings: str, run: str) -> str:
    """The text of the issue. Indented by four spaces, findings are shown as they are and cannot end the block early."""
    lines = "".join(f"    {line}\n" for line in findings.splitlines())
    return BODY.format(step=STEPS.get(failed, failed), findings=f"\n{lines}" if lines else "", run=run)


def main() -> None:
    """Bring the open issue in line with how the run ended. A run that was cut off says nothing of the site."""
    results = {name: job["result"] for name, job in json.loads(os.environ["RESULTS"]).items()}
    failed = next((name for name, result in results.items() if result == "failure"), "")
    if not failed and set(results.values()) != {"success"}:
        return
    gh("label", "create", LABEL, "--description", "The last publication failed", "--force")
    listed = json.loads(gh("issue", "list", "--label", LABEL, "--state", "open", "--json", "number,title"))
    number = next((str(item["number"]) for item in listed if item["title"] == TITLE), "")
    if not failed:
        if number:
            gh("issue", "close", number, "--comment", "Il sito è pubblicato. / The site is published.")
        return
    text = body(failed, os.environ["FINDINGS"], os.environ["RUN"])
    if number:
        gh("issue", "edit", number, "--body", text)
    else:
        gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body", text)


if __name__ == "__main__":
    main()
