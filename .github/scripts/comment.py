"""Put a text on a pull request as one comment: the one with the same mark is updated, else it is made.

Use: comment.py NUMBER FILE. The first line of FILE is the mark.
"""

import sys
from pathlib import Path

from code_host import say

if __name__ == "__main__":
    say(sys.argv[1], Path(sys.argv[2]).read_text("utf-8"))
