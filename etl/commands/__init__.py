"""The command line `abitare`: the group, and the options that commands share. One command a file, named after it.

A command is imported when it is called: the help of all of them opens in an instant.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from etl.meta.errors import AbitareError, PublishError
from etl.runtime.report import FORMATS

NAMES = ("build", "check", "fetch", "template", "diff", "publish", "rollback", "verify", "serve", "national")
"""In the order in which people see them."""
ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="The repository to work on (default: this folder).",
)
DATE = click.option(
    "--date", "today", metavar="YYYY-MM-DD",
    help="Date of the release (default: SOURCE_DATE_EPOCH, else today).",
)
TO = click.option(
    "--to", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
    help="DIR/releases/ID holds each site; the symlink DIR/current is the web server's root.",
)
FORMAT = click.option(
    "--format", "style", type=click.Choice(sorted({*FORMATS, "html"})), default="text", help="How findings are printed."
)


class Commands(click.Group):
    """Turns our errors into one line on stderr and their exit code; no traceback reaches the user."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Every command."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, imported now."""
        if cmd_name not in NAMES:
            return None
        found: click.Command = import_module(f"etl.commands.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Each command with the first line of its file."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, first_line(name)) for name in NAMES])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except AbitareError as error:
            click.echo(f"abitare: {error}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"abitare: {where}{error.strerror or error}. Check the disk and who may write there.", err=True)
            ctx.exit(PublishError.exit_code)


def first_line(name: str) -> str:
    """What the file of a command says that it does."""
    said = ast.get_docstring(ast.parse(Path(__file__).with_name(f"{name}.py").read_text("utf-8"))) or ""
    return said.splitlines()[0]


@click.group(cls=Commands)
@click.version_option(package_name="milano-abitare-open-data")
def main() -> None:
    """Open data of a city's housing services: check the data, build the site."""


def progress(text: str) -> None:
    """Say which step runs, on a terminal only: in CI the result is enough."""
    if sys.stderr.isatty():
        click.echo(f"… {text}", err=True)
