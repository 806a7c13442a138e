"""The command line `abitare`: the group, and the options that commands share. One command a file, named after it.

A command is imported when it is called: the help of all of them opens in an instant.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from etl.meta.errors import AbitareError, DeclarationError, PublishError
from etl.meta.model import Finding
from etl.meta.places import DISTRIBUTION
from etl.runtime.files import write_whole
from etl.runtime.report import FORMATS

Step = Callable[[str], None]
"""Tells which step begins."""

NAMES = ("build", "check", "fetch", "template", "diff", "query", "publish", "rollback", "verify", "erase", "serve",
         "national", "init")
"""In the order in which people see them."""
STOPPED = 130
"""Exit code of a run that was stopped with Ctrl-C, as of every program."""
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


class RegularFile(click.Path):
    """A file that is there and can be read twice: no folder, no pipe, no device."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or an error that says what it is not."""
        path: Any = super().convert(value, param, ctx)
        if not Path(path).is_file():
            self.fail(f"'{path}' is a pipe or a device. Save it as a file first.", param, ctx)
        return path


class Commands(click.Group):
    """Turns whatever goes wrong into one line on stderr and an exit code; no traceback reaches the user."""

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

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and exit."""
        try:
            sys.exit(super().main(*args, **{**extra, "standalone_mode": False}))
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("abitare: interrotto / stopped", err=True)
            sys.exit(STOPPED)
        except Exception as error:  # noqa: BLE001 - the last resort: what nobody foresaw is told too, and kept
            words, code = explained(error)
            # An address of thousands of letters would hide what is said of it.
            line = re.sub(r"(\S{60})\S{200,}(\S{20})", r"\1…\2", " ".join(words.split()))
            click.echo(f"abitare: {line}", err=True)
            sys.exit(code)


def explained(error: Exception) -> tuple[str, int]:
    """What went wrong and what to do, and the exit code."""
    if isinstance(error, AbitareError):
        return str(error), error.exit_code
    if isinstance(error, click.ClickException):
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "abitare"
        return f"{error.format_message().rstrip('.')}. See: {path} --help", DeclarationError.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        words = f"{where}{error.strerror or error}. Check the disk and who may write there."
        return words, PublishError.exit_code
    kept = Path("build", "error.txt").absolute()
    text = "".join(traceback.format_exception(error))
    try:
        write_whole(kept, text.encode("utf-8", "backslashreplace"))
    except OSError:
        click.echo(text, err=True)
    said = f"{type(error).__name__}: {error}"
    return f"{said}. This is a fault of the program: please report it with {kept}", PublishError.exit_code


def first_line(name: str) -> str:
    """What the file of a command says that it does."""
    import ast  # only the help asks for it

    said = ast.get_docstring(ast.parse(Path(__file__).with_name(f"{name}.py").read_text("utf-8"))) or ""
    return said.splitlines()[0]


@click.group(cls=Commands)
@click.version_option(package_name=DISTRIBUTION)
def main() -> None:
    """Open data of a city's housing services: check the data, build the site."""


@contextmanager
def working() -> Iterator[Step]:
    """While something takes its time, one line on a terminal says which step it is at; elsewhere the result is enough.

    No thread draws it: a step may copy this process (runtime/workers.py).
    """
    if "CI" in os.environ or not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(stderr=True), transient=True, auto_refresh=False, redirect_stdout=False,
              redirect_stderr=False) as line:
        yield lambda text: line.update(Text(f"… {text}"), refresh=True)


def in_style(style: str, findings: Sequence[Finding], about: str) -> str:
    """Findings in one of the forms of --format; `about`: what they are of, for the page."""
    if style != "html":
        return FORMATS[style](findings)
    from etl.spreadsheets.write.report_page import page

    return page(about, findings, {})
