"""The command line in the process of the tests: what it loads is loaded once for all of them."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from etl.commands import main


def abitare(*words: str | Path, **environment: str | None) -> Result:
    """What a command prints on stdout and stderr, and its exit_code; without the day that CI may set for all builds."""
    return CliRunner().invoke(main, list(map(str, words)), env={"SOURCE_DATE_EPOCH": None, **environment})
