"""Bootstrap Italia, as the installed package has it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from etl.meta.errors import DeclarationError

PACKAGE = "bootstrap_italia_template"


def package_folder() -> Path:
    """Where the installed package keeps Bootstrap Italia; found without importing its Django side."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DeclarationError("Bootstrap Italia is not installed. Run `make site`: it installs the locked packages.")
    return Path(spec.submodule_search_locations[0]) / "static"
