"""One issue per trouble of a publication, at whichever step: opened, kept up to date, closed by the next success.

Use: publication_issue.py, with RESULTS (the `needs` of the job, as JSON), FINDINGS (what the checks found, or nothing)
and RUN (address of the run) in the environment.
"""

import json
import os

from code_host import as_it_is, keep_issues

LABEL = "not-published"
TITLE, UNATTESTED = "The site was not published", "The receipt of the site was not attested"
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
NO_PROOF = """Il sito è pubblicato, ma manca la prova di chi l’ha costruito (`gh attestation verify`).

The site is published, and nothing proves which workflow built it (`gh attestation verify`).

Log: {run}

This issue closes by itself when a receipt is attested again.
"""


def body(failed: str, findings: str, run: str) -> str:
    """The text of the issue of a publication."""
    lines = as_it_is(findings)
    return BODY.format(step=STEPS[failed], findings=f"\n{lines}" if lines else "", run=run)


def main() -> None:
    """Bring the open issues in line with how the run ended. A run that was cut off says nothing of the site."""
    results = {name: job["result"] for name, job in json.loads(os.environ["RESULTS"]).items()}
    run, troubles = os.environ["RUN"], dict[str, str | None]()
    failed = next((name for name in STEPS if results[name] == "failure"), "")
    if failed or all(results[name] == "success" for name in STEPS):
        troubles[TITLE] = body(failed, os.environ["FINDINGS"], run) if failed else None
    if results["attest"] in ("failure", "success"):
        troubles[UNATTESTED] = NO_PROOF.format(run=run) if results["attest"] == "failure" else None
    if troubles:
        keep_issues(LABEL, "The last publication failed", troubles, "Va di nuovo. / It works again.")


if __name__ == "__main__":
    main()
