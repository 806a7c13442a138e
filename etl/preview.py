"""A look at a finished site, on this machine only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from etl.errors import DeclarationError


def preview(site: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve a site until somebody presses Ctrl-C."""
    if not (site / "index.html").exists():
        raise DeclarationError(f"{site}: there is no site yet. Run `abitare build` first.")
    say(f"http://127.0.0.1:{port}/  (Ctrl-C per fermare / to stop)")
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server, suppress(KeyboardInterrupt):
        server.serve_forever()
