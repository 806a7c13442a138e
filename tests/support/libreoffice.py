"""LibreOffice, where it is: what it makes of our spreadsheets."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice writes it in another format; the test is skipped where there is no LibreOffice."""
    if not PROGRAM:
        pytest.skip("LibreOffice is not installed here: it cannot be tried")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run([PROGRAM, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)],
                   check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{kind}"


def content(ods: Path) -> str:
    """The XML of the cells of an ODS."""
    with zipfile.ZipFile(ods) as archive:
        return archive.read("content.xml").decode("utf-8")
