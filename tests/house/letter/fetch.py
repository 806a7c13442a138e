"""What `abitare fetch desks` does on the day that is named; only a test may ask this machine."""

import sys
from datetime import date
from pathlib import Path

from etl.commands.fetch import run

LIMITS = {"allow_loopback": True, "pause": 0}
done = run(Path(), ["desks"], date.fromisoformat(sys.argv[1]), Path("build", "fetch"), limits=LIMITS)
print(*done.lines, sep="\n")
sys.exit(done.exit_code)
