"""Web servers with the settings that we recommend, each showing what `publish` puts into a folder."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import NamedTuple

from support.repository import ROOT

NGINX = shutil.which("nginx") or next((p for p in ("/usr/sbin/nginx",) if Path(p).exists()), None)
CADDY = shutil.which("caddy")
SNIPPET, CADDYFILE = ROOT / "docs" / "nginx.conf", ROOT / "docs" / "Caddyfile"


class Site(NamedTuple):
    """A publication that a web server shows: its address, and the folder that `publish` fills."""

    address: str
    to: Path


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def nginx(folder: Path, to: Path, port: int) -> list[str]:
    """The words that run nginx with our snippet."""
    site = SNIPPET.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = re.sub(r"/srv/[\w-]+/current", str(to / "current"), site)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; worker_processes 1; user root;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n{site}\n}}\n", "utf-8")
    words = [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    check = subprocess.run([*words, "-t"], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
    return words


def caddy(folder: Path, to: Path, port: int) -> list[str]:
    """The words that run Caddy with our Caddyfile, without its own certificates and its port for orders."""
    site = CADDYFILE.read_text("utf-8").replace("\n:80 {", f"\nhttp://127.0.0.1:{port} {{")
    site = re.sub(r"/srv/[\w-]+/current", str(to / "current"), site)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{site}", "utf-8")
    return [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
