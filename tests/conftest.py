"""What the tests share: the finished site, a server for it, a browser and the checkers made by others."""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from etl.pages.security import HEADERS

# A slow moment of a shared machine is no fault of what is tested.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

ROOT = Path(__file__).parents[1]
SOAK = bool(os.environ.get("SOAK"))
"""Set by `make soak`: the long form of the tests that look for rare faults."""
BIN = Path(sys.executable).parent
NODE_MODULES = ROOT / "tests" / "tools" / "node_modules"
COMPRESSED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".atom", ".txt", ".geojson", ".ttl"}
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site, built from the committed sources into a temporary folder: once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    site = folder / "built" / "site"
    with (folder / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            command = [sys.executable, "-m", "etl", "build", "--out", str(site)]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            assert run.returncode == 0, f"abitare build failed ({run.returncode}):\n{run.stdout}\n{run.stderr}"
            assert not run.stderr, f"abitare build worked, and still complained:\n{run.stderr}"
    return site


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves a folder as a careful web server would: strict CSP, gzip, the site's own 404 page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, its folder's index.html or the nearest 404.html."""
        path = unquote(urlsplit(self.path).path)
        file = Path(self.directory) / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        found = file.is_file()
        if not found:
            pages = [Path(self.directory) / place / "404.html" for place in (path.split("/")[1], ".")]
            file = next(page for page in pages if page.is_file())
        body = file.read_bytes()
        self.send_response(200 if found else 404)
        if file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing: pytest shows what matters."""


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[str]:
    """Address of the finished site on a server of this machine, e.g. http://127.0.0.1:40123 (no slash at the end)."""
    with serving(built_site) as address:
        yield address


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Address of a folder on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def browser_path() -> str | None:
    """A Chromium on this machine; None when only Playwright's own can be there."""
    places = [os.environ.get("CHROME_PATH"), *map(shutil.which, BROWSERS), shutil.which(MAC_CHROME)]
    return next((path for path in places if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all browser tests."""
    with sync_playwright() as playwright:
        path = browser_path() or playwright.chromium.executable_path
        assert Path(path).exists(), "No browser: install Chromium (Debian: apt-get install chromium) or set CHROME_PATH"
        # Chromium's sandbox does not start for root, which is who runs tests in containers; our pages are our own.
        # One process draws all our pages: starting one for each would take longer than what they are tested for.
        light = ["--no-sandbox", "--disable-gpu", "--process-per-site"]
        chromium = playwright.chromium.launch(executable_path=path, args=light)
        yield chromium
        chromium.close()


def copy_repository(target: Path) -> Path:
    """What a build reads, in another folder; only the two full languages, and fonts that need not be made again."""
    for part in ("datasets", "schemas", "etl", "site"):
        shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "release.toml", target)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (target / "mkdocs.yml").write_text(re.sub(r"(?m)^    \w+: \{.*partial: true\}\n", "", settings), "utf-8")
    (ROOT / "build" / "cache").mkdir(parents=True, exist_ok=True)
    (target / "build").mkdir()
    (target / "build" / "cache").symlink_to(ROOT / "build" / "cache")
    return target


def until(page: Page, expression: str, argument: object = None) -> None:
    """Wait up to ten seconds until JavaScript is true. Playwright's own wait needs eval, which the policy forbids."""
    for _ in range(100):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


@pytest.fixture(scope="session")
def tools() -> Path:
    """The node_modules folder with the checkers made by others."""
    assert NODE_MODULES.is_dir(), "The checkers are not installed: run `make test` (or npm ci in tests/tools)"
    return NODE_MODULES


def run_tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a checker in the repository; a command named without a folder is taken from our environment first."""
    environment = {**os.environ, "PATH": os.pathsep.join((str(BIN), os.environ["PATH"]))}
    words = [str(word) for word in command]
    program = shutil.which(words[0], path=environment["PATH"])
    assert program, f"{words[0]} is not installed: run `make test`, which installs it or says how"
    return subprocess.run([program, *words[1:]], cwd=ROOT, capture_output=True, text=True, env=environment)
