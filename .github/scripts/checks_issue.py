"""One issue about checks of the main branch that fail: nobody is told of those that the program asked for itself.

Use: checks_issue.py, with RESULTS (the `needs` of the job, as JSON) and RUN (address of the run) in the environment.
"""

import json
import os

from code_host import keep_issues

LABEL = "main-checks"
TITLE = "The checks of main fail"
BODY = """I controlli del ramo principale non passano: {failed}. Il sito si pubblica lo stesso, se i dati sono giusti.

The checks of the main branch fail: {failed}. The site is published all the same where the data are right.

Log: {run}

This issue closes by itself when they pass.
"""


def main() -> None:
    """Bring the open issue in line with how the checks ended; checks that were cut off say nothing."""
    results = {name: job["result"] for name, job in json.loads(os.environ["RESULTS"]).items()}
    failed = ", ".join(name for name, result in results.items() if result == "failure")
    if failed or set(results.values()) == {"success"}:
        text = BODY.format(failed=failed, run=os.environ["RUN"]) if failed else None
        keep_issues(LABEL, "A check of the main branch fails", {TITLE: text}, "Passano di nuovo. / They pass again.")


if __name__ == "__main__":
    main()
