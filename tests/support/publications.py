"""Small finished sites to publish, and what is published."""

from __future__ import annotations

from pathlib import Path

from etl.runtime.receipt import write_receipt


def make_site(folder: Path, number: int) -> Path:
    """A finished site of three files; its asset has its content in its name."""
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(f"home {number}", "utf-8")
    (folder / "assets" / f"site.{number:08}.css").write_text(f"style {number}", "utf-8")
    write_receipt(folder, {"date": f"2026-11-{number:02}", "release": f"r{number}"})
    return folder


def home(to: Path) -> str:
    return (to / "current" / "index.html").read_text("utf-8")
