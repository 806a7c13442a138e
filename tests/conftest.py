"""What tests of several rooms share: the finished site, a server for it, a browser, the checkers made by others.

What a fixture needs is imported when it is asked for: tests without a browser load none. Whoever asks for one of them
is slow; whoever runs a program, loads Great Expectations or works for a second says so with `@pytest.mark.slow`.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.durations import by_file, known, pytest_runtest_logreport, pytest_sessionfinish
from support.once import once
from support.repository import NODE_MODULES, ROOT

from etl.runtime.source_tables import EXAMPLE
from etl.runtime.workers import processors

__all__ = ["pytest_runtest_logreport", "pytest_sessionfinish"]
if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOW = {"built_site", "served_site", "town", "looks", "browser", "tools"}
"""Fixtures that `make quick` does without."""


LONGEST = ("test_national.py", "test_cluster.py", "test_site.py", "test_html.py", "test_crash.py", "test_rebuild.py",
           "test_long_lists.py", "test_borgo.py", "test_hostile.py", "test_init.py", "test_by_the_letter.py")
"""Files that take long, where it is not known how long each took in the last run (support/durations.py)."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A worker more than there are processors, so that none rests while another waits for a browser, a server or what
    is made once for all. The quick tests wait for nothing."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return processors() + (config.option.markexpr != "not slow")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read a file whose tests are all slow where none of them is asked for."""
    if config.option.markexpr != "not slow" or collection_path.suffix != ".py":
        return None
    return True if "\npytestmark = pytest.mark.slow\n" in collection_path.read_text("utf-8") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, so that no worker has one left when the others have ended, and mark what asks for a
    slow fixture."""
    spent = by_file(known())
    items.sort(key=lambda item: (-spent[item.nodeid.partition("::")[0]], item.path.name not in LONGEST))
    for item in items:
        if SLOW & {*getattr(item, "fixturenames", ()), *asked_by_name(item)}:
            item.add_marker(pytest.mark.slow)


SELDOM = (50_000, 20, 50)
"""When Python looks for rings of objects that nobody holds any more: its own 700 are for programs that hold little."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests and what they import stay until the end: to look through them for what can go, again and
    again, takes an eighth of the time of tests that render pages."""
    gc.set_threshold(*SELDOM)
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()


def asked_by_name(item: pytest.Item) -> list[object]:
    """What a test may hand to `request.getfixturevalue`: the words among its parameters."""
    callspec = getattr(item, "callspec", None)
    return [value for value in callspec.params.values() if isinstance(value, str)] if callspec else []


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Load Great Expectations once: processes in which tables are checked are copies of this one, and have it then."""
    if item.get_closest_marker("slow"):
        from etl.checks.expectations import load

        load()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site, built from the committed sources into a temporary folder: once for all workers."""
    begun = [path.name for path in (ROOT / "datasets" / "source").glob("*.csv") if EXAMPLE in path.read_text("utf-8")]
    if begun:
        pytest.skip(f"a city in the making has not all pages yet: examples in {len(begun)} tables (abitare init)")
    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "etl", "build", "--out", str(folder / "site")]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, f"abitare build failed ({run.returncode}):\n{run.stdout}\n{run.stderr}"
        assert not run.stderr, f"abitare build worked, and still complained:\n{run.stderr}"

    return once(tmp_path_factory, "built", build) / "site"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of Borgofiorito, the invented second city, with its finished site: built once for all workers."""
    from support.borgo import copy_borgo, site_of

    return once(tmp_path_factory, "town", lambda folder: site_of(copy_borgo(folder)))


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory, town: Path) -> Path:
    """The finished site of the city that has every kind of page: built once for all workers."""
    from support.looks import site_to_look_at

    return once(tmp_path_factory, "looks", lambda folder: site_to_look_at(folder, town)) / "build" / "site"


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[str]:
    """Address of the finished site on a server of this machine, e.g. http://127.0.0.1:40123 (no slash at the end)."""
    from support.browser import serving

    with serving(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all browser tests."""
    from playwright.sync_api import sync_playwright
    from support.browser import browser_path

    with sync_playwright() as playwright:
        path = browser_path() or playwright.chromium.executable_path
        assert Path(path).exists(), "No browser: install Chromium (Debian: apt-get install chromium) or set CHROME_PATH"
        # Chromium's sandbox does not start for root, which is who runs tests in containers; our pages are our own.
        # One process draws all our pages: starting one for each would take longer than what they are tested for.
        light = ["--no-sandbox", "--disable-gpu", "--process-per-site"]
        chromium = playwright.chromium.launch(executable_path=path, args=light)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def tools() -> Path:
    """The node_modules folder with the checkers made by others."""
    assert NODE_MODULES.is_dir(), "The checkers are not installed: run `make test` (or npm ci in tests/tools)"
    return NODE_MODULES
