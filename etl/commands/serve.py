"""Preview build/site on this machine, and only there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from etl.commands import ROOT
from etl.meta.errors import DeclarationError, PublishError


@click.command("serve")
@ROOT
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="Port on this machine.")
def command(root: Path, port: int) -> None:
    """Preview build/site on this machine (only on this machine)."""
    preview(root.resolve() / "build" / "site", port, click.echo)


def preview(site: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve a site until somebody presses Ctrl-C."""
    if not (site / "index.html").exists():
        raise DeclarationError(f"{site}: there is no site yet. Run `abitare build` first.")
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise PublishError(f"port {port}: {error.strerror}. Choose another one: abitare serve --port 8001") from error
    with server, suppress(KeyboardInterrupt):
        say(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C per fermare / to stop)")
        server.serve_forever()
