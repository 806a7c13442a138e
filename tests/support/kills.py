"""Killing: what stands on the disk when a run ends at any moment."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate"}


def killed(step: int, act: Callable[[], object], within: Path | None = None) -> bool:
    """Do something in a copy of this process that kills itself at its Nth change of the file system.

    within: the folder whose changes count; without it all do.

    Gives whether it was killed; False when it had ended by itself.
    """
    if child := os.fork():
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL)
        return status != 0
    status = 1
    try:
        sys.dont_write_bytecode = True  # writing it would be steps too, and none of ours
        left = itertools.count(step - 1, -1)

        def hook(event: str, args: tuple[object, ...]) -> None:
            writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax")
            ours = within is None or str(args[0] if args else "").startswith(str(within))
            if (event in STEPS or writes) and ours and not next(left):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        act()
        status = 0
    finally:
        os._exit(status)
