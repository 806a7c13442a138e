"""One issue per source that fails: opened, kept up to date, and closed when the source answers again.

Use: source_issues.py FILE, where FILE is the fetch.json of `abitare fetch`. `gh` does the talking; its settings come
from the environment (GH_TOKEN, GH_REPO).
"""

import json
import subprocess
import sys
from pathlib import Path

LABEL = "source-broken"
BODY = """La fonte della tabella `{dataset}` non va. I dati di prima restano sul sito.

- Che cosa: {message_it}
- Che cosa fare: {remedy_it}
- Indirizzo: {address}

The source of the table `{dataset}` fails. The data of before stay on the site.

- What: {message_en}
- What to do: {remedy_en}

This issue is kept up to date by the nightly reading, and closes by itself when the source answers.
"""


def gh(*words: str) -> str:
    """What a call of gh prints; it must succeed."""
    run = subprocess.run(["gh", *words], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"gh {' '.join(words)}: {run.stderr}")
    return run.stdout


def title(dataset: str) -> str:
    return f"The source of {dataset} fails"


def main(path: str) -> None:
    """Bring the open issues in line with the sources."""
    sources = json.loads(Path(path).read_text("utf-8"))
    gh("label", "create", LABEL, "--description", "A source of data does not answer as it should", "--force")
    listed = json.loads(gh("issue", "list", "--label", LABEL, "--state", "open", "--limit", "200",
                           "--json", "number,title"))
    opened = {item["title"]: str(item["number"]) for item in listed}
    for source in sources:
        number = opened.get(title(source["dataset"]))
        if source["state"] == "failing":
            body = BODY.format(**source)
            if number:
                gh("issue", "edit", number, "--body", body)
            else:
                gh("issue", "create", "--title", title(source["dataset"]), "--label", LABEL, "--body", body)
        elif number and source["state"] in ("updated", "unchanged"):
            gh("issue", "close", number, "--comment", "La fonte risponde di nuovo. / The source answers again.")


if __name__ == "__main__":
    main(*sys.argv[1:])
