"""One issue per source that fails, or gives nothing, a web page or too little: opened, kept up to date, and closed when
the source gives its data again.

Use: source_issues.py FILE, where FILE is the fetch.json of `abitare fetch`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from code_host import keep_issues

LABEL = "source-broken"
WELL = "La fonte dà di nuovo i suoi dati. / The source gives its data again."
WRONG, RIGHT = ("failing", "nothing", "web_page", "fewer"), ("updated", "unchanged")
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


def main(path: str) -> None:
    """Bring the open issues in line with the sources. Nothing is said of one that was not asked."""
    sources = [item for item in json.loads(Path(path).read_text("utf-8")) if item["state"] in (*WRONG, *RIGHT)]
    keep_issues(LABEL, "A source of data does not answer as it should",
                {f"The source of {item['dataset']} fails": body(item) for item in sources}, WELL)


def body(source: dict[str, Any]) -> str | None:
    """The text of the issue of a source that fails."""
    if source["state"] in RIGHT:
        return None
    day = source["last_good"]
    return BODY.format(**source, last_good_it=day or "nessuno", last_good_en=day or "none")


if __name__ == "__main__":
    main(*sys.argv[1:])
