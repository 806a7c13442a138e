"""One issue per source that fails, or gives nothing, a web page or too little: opened, kept up to date, and closed when
the source gives its data again.

Use: source_issues.py FILE, where FILE is the fetch.json of `abitare fetch`. `gh` does the talking; its settings come
from the environment (GH_TOKEN, GH_REPO).
"""

import json
import subprocess
import sys
from pathlib import Path

LABEL = "source-broken"
WELL = "La fonte dà di nuovo i suoi dati. / The source gives its data again."
WRONG = ("failing", "nothing", "web_page", "fewer")
BODY = """La fonte della tabella `{dataset}`: {state_it}. I dati di prima restano sul sito.

- Ultimo giorno buono: {last_good_it}
- Che cosa: {message_it}
- Che cosa fare: {remedy_it}
- Indirizzo: {address}

The source of the table `{dataset}`: {state_en}. The data of before stay on the site.

- Last good day: {last_good_en}
- What: {message_en}
- What to do: {remedy_en}

This issue is kept up to date by the nightly reading, and closes by itself when the source gives its data again.
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
        if source["state"] in WRONG:
            day = source["last_good"]
            body = BODY.format(**source, last_good_it=day or "nessuno", last_good_en=day or "none")
            if number:
                gh("issue", "edit", number, "--body", body)
            else:
                gh("issue", "create", "--title", title(source["dataset"]), "--label", LABEL, "--body", body)
        elif number and source["state"] in ("updated", "unchanged"):
            gh("issue", "close", number, "--comment", WELL)


if __name__ == "__main__":
    main(*sys.argv[1:])
