"""Put a text on a pull request as one comment: the one with the same mark is updated, else it is made.

Use: comment.py NUMBER FILE. The first line of FILE is the mark. `gh` does the talking; its settings come from the
environment (GH_TOKEN, GH_REPO).
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def gh(*words: str, body: str | None = None) -> str:
    """What a call of gh prints; it must succeed."""
    run = subprocess.run(["gh", *words], input=body, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"gh {' '.join(words)}: {run.stderr}")
    return run.stdout


def main(number: str, path: str) -> None:
    """Update the comment that begins with the mark, or make it."""
    text = Path(path).read_text("utf-8")
    mark = text.partition("\n")[0]
    place = f"repos/{os.environ['GH_REPO']}/issues"
    comments = json.loads(gh("api", "--paginate", "--slurp", f"{place}/{number}/comments"))
    own = [item["id"] for page in comments for item in page if item["body"].startswith(mark)]
    where = ["--method", "PATCH", f"{place}/comments/{own[0]}"] if own else [f"{place}/{number}/comments"]
    gh("api", *where, "--input", "-", body=json.dumps({"body": text}))


if __name__ == "__main__":
    main(*sys.argv[1:])
