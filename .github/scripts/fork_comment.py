"""Say on a pull request from a fork what the checks said of its files of the inbox.

Use: fork_comment.py, with the event `workflow_run` in the file GITHUB_EVENT_PATH. What the run of the fork left is
somebody else's, and so is the program that made it: it is read only up to a size, shown as text that leads nowhere, and
never says where it is put. That comes from the event alone: the open pull request whose newest commit the run checked.
"""

import io
import json
import os
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

from code_host import as_it_is, gh, gh_bytes, place, say

ARTEFACT, FILE = "inbox-findings", "findings.txt"
PACKED, LONGEST, LINES = 1_000_000, 20_000, 300
"""Bytes of the artefact, bytes and lines of its text that are shown."""
TEXT = """<!-- abitare: inbox of a fork -->
### File della posta in arrivo / Files of the inbox

Questa proposta viene da un’altra copia del codice: i suoi file sono stati letti, e niente è cambiato. Se vanno bene,
entrano la notte dopo che è accettata. Chi decide guardi i file: questo è ciò che ha detto il programma di quella copia.

This proposal comes from a fork: its files were read, and nothing was changed. If they hold, they are taken in the night
after the proposal is accepted. Whoever decides looks at the files: this is what the program of that fork said.

{said}
Log: {run}
"""
NOTHING = "    (niente / nothing)\n"


def proposal(run: dict[str, Any]) -> str:
    """The number of the open pull request from that fork and branch whose newest commit this is; "" when none is."""
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    found = json.loads(gh("api", "--method", "GET", place("pulls"), "-f", "state=open", "-f", f"head={head}"))
    return next((str(item["number"]) for item in found if item["head"]["sha"] == run["head_sha"]), "")


def left_by(run: dict[str, Any]) -> str:
    """The text that a run left, cut where it is too long; "" where there is none that can be read."""
    listed = json.loads(gh("api", place(f"actions/runs/{int(run['id'])}/artifacts")))["artifacts"]
    ours = [item for item in listed if item["name"] == ARTEFACT and item["size_in_bytes"] <= PACKED]
    if not ours:
        return ""
    packed = gh_bytes("api", place(f"actions/artifacts/{int(ours[0]['id'])}/zip"))
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive, archive.open(FILE) as file:
            found = file.read(LONGEST + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError, zlib.error) as error:
        print(f"the artefact cannot be read: {type(error).__name__}", file=sys.stderr)
        return ""
    lines = found[:LONGEST].decode("utf-8", "replace").splitlines()
    return "\n".join([*lines[:LINES], *(["…"] if len(found) > LONGEST or len(lines) > LINES else [])])


def main() -> None:
    """Comment on the pull request, if there is one still."""
    run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["workflow_run"]
    number = proposal(run)
    if number:
        say(number, TEXT.format(said=as_it_is(left_by(run)) or NOTHING, run=run["html_url"]))
    else:
        print("no open pull request stands at the commit that was checked")


if __name__ == "__main__":
    main()
