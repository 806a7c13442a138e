"""One issue about the files of the inbox that need correcting: opened, kept up to date, and closed when none does.

Use: inbox_issue.py FILE, where FILE is the inbox.json of `abitare fetch`.
"""

import json
import sys
from pathlib import Path

from code_host import keep_issues

LABEL = "inbox"
TITLE = "Files in the inbox need correcting"
BODY = """Questi file della posta in arrivo non sono entrati. Gli altri sì.

{files}

In `datasets/inbox/report` ognuno ha una pagina con gli errori e una copia con le celle da correggere colorate.
Correggi la copia e caricala in `datasets/inbox`: vale al posto del file.

These files of the inbox were not taken in; the others were. `datasets/inbox/report` holds a page and a marked copy of
each: correct the copy and upload it into `datasets/inbox`.

This issue is kept up to date by the nightly reading, and closes by itself when every file holds.
"""


def main(path: str) -> None:
    """Bring the open issue in line with the inbox."""
    wrong = [item for item in json.loads(Path(path).read_text("utf-8")) if not item["holds"]]
    # A name is what somebody chose: no sign of it may lead anywhere or call anybody.
    files = "\n".join(f"- `{' '.join(item['file'].replace('`', '’').split())}`: {item['errors']} errori / errors"
                      for item in wrong)
    keep_issues(LABEL, "A file in datasets/inbox needs correcting",
                {TITLE: BODY.format(files=files) if wrong else None}, "Ogni file è entrato. / Every file was taken in.")


if __name__ == "__main__":
    main(*sys.argv[1:])
