"""The build, as a list of steps: sources -> release -> gate -> site -> receipt -> swap."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from etl import publish, release
from etl.cache import read_cache, write_cache
from etl.catalog import load_catalog
from etl.errors import PublishError
from etl.formats.derived import derived_files
from etl.freshness import due_on
from etl.model import Draft
from etl.past import releases
from etl.publish import digest
from etl.rendering import render_site, site_settings
from etl.stylesheet import stylesheet_files
from etl.workers import beside, meanwhile

Step = Callable[[str], None]
STANDING = Path("build", "cache", "standing.json")
FRESH = ("newest_fact", "checked_on", "due_on")
"""What the receipt says of the freshness of each table."""


def check(root: Path, today: date) -> Draft:
    """The draft of the next release with all its findings; writes nothing, but finishes what a crash left half done."""
    publish.finish_writing(root / "datasets")
    with beside() as submit:
        return release.draft_release(root, load_catalog(root), today, submit)


def build(root: Path, out: Path | None, base_url: str | None, today: date, step: Step) -> Draft | None:
    """Build everything. Raises InvalidReleaseError, and leaves `out` untouched, on critical findings.

    out: the folder for the finished site. None means build/site, and then datasets/release is brought up to
    date as well; with another folder the build is a trial and leaves the repository alone.
    Gives None when the site that stands was made from the same files on the same date: nothing is done then.
    """
    publish.finish_writing(root / "datasets")
    target = out or root / "build" / "site"
    publish.restore(target)
    staged, made_from = target.with_name("next"), identity(root, base_url, today)
    if is_current(target, made_from, root / STANDING) and (out or holds_release(root, target)):
        return None

    step("Controllo dei dati / Checking the data")
    with meanwhile(stylesheet_files, root / "site", root / "build" / "cache"):
        draft = check(root, today)
    release.gate(draft)
    due = days(draft)
    files = release.release_files(draft, root / "datasets" / "release")

    step("Formati / Formats")
    settings = site_settings(root, base_url)
    past, released = releases(root, files, draft)
    derived = derived_files(draft, files, settings.site_url) | released

    step("Pagine / Pages")
    data = stage(staged, files | derived)
    render_site(settings, staged, data, {**due, "build": made_from["release"], "previous": str(target)})

    step("Dati e ricevuta / Data and receipt")
    shutil.copytree(data, staged / "dati", dirs_exist_ok=True)
    fresh = {row["dataset"]: {key: row[key] for key in FRESH} for row in rows_of(draft, "sources")}
    publish.write_receipt(staged, {**made_from, **due, "datasets": fresh})
    publish.swap(staged, target)
    if out is None:
        publish.write_together(root / "datasets", {"release": files, "versions": past})
    shutil.rmtree(data)
    write_cache(root / STANDING, publish.fingerprint(target))
    return draft


def days(draft: Draft) -> dict[str, str]:
    """The day of a build, and the last day on which the next one is to come."""
    today = draft.date.isoformat()
    return {"checked_on": today, "due_on": due_on({"every_days": draft.about.get("every_days", 1)}, today)}


def identity(root: Path, base_url: str | None, today: date) -> dict[str, Any]:
    """What a site is made from: date, address and inputs; `release` stands for them in twelve signs, `commit` helps."""
    made_from = {"date": today.isoformat(), "base_url": base_url, "inputs": inputs(root)}
    signs = digest(json.dumps(made_from, sort_keys=True).encode())[:12]
    return made_from | {"release": signs, "commit": commit(root)}


def rebuilt(root: Path, site: Path, step: Step) -> list[str]:
    """One line per file in which `site` differs from what this repository gives for the same date and address."""
    receipt = publish.read_receipt(site)
    if receipt is None:
        raise PublishError(f"{site / publish.RECEIPT}: no readable receipt. Build the site again.")
    theirs, ours = receipt.get("inputs", {}), inputs(root)
    other = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    if other:
        raise PublishError(f"{root}: not what the site was made from ({', '.join(other[:5])}, {len(other)} in all). "
                           f"Check out commit {receipt.get('commit')}.")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "site"
        build(root, made, receipt["base_url"], date.fromisoformat(receipt["date"]), step)
        files = publish.site_files(made)
    known = receipt["files"]
    return [f"not the same when built again: {name}" for name in sorted({*known, *files})
            if known.get(name) != files.get(name)]


def stage(staged: Path, files: Mapping[str, bytes]) -> Path:
    """An empty folder for the site in the making, and beside it the folder given back, which holds its data files."""
    data = staged.with_name(".data")
    try:
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        shutil.rmtree(data, ignore_errors=True)
        publish.write_if_changed(data, files)
    except OSError as error:
        raise PublishError(f"{staged}: cannot be written ({error}). Check the folder and the disk.") from error
    return data


def rows_of(draft: Draft, name: str) -> list[dict[str, str]]:
    """The rows of a table of a draft by column; none when it has no such table."""
    table = draft.tables.get(name)
    return [dict(zip(draft.datasets[name].columns, row, strict=True)) for row in table.rows] if table else []


def commit(root: Path) -> str | None:
    """The commit that the repository stands on, None outside a git checkout."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False, timeout=10
        )
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def inputs(root: Path) -> dict[str, str]:
    """sha256 of everything in the repository that a build reads: data, declarations, program, theme, texts, locks."""
    patterns = ("*.toml", "mkdocs.yml", "datasets/*.toml", "datasets/source/*", "schemas/*", "etl/**/*.py", "site/**/*",
                "requirements/site.txt")
    paths = {path for pattern in patterns for path in root.glob(pattern)}
    kept = sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in kept}


def is_current(site: Path, made_from: dict[str, Any], standing: Path) -> bool:
    """Whether a site is whole and was made from exactly these files, commit, address and date.

    standing: the file that keeps the fingerprint of the last site; every byte is read only when that is another one.
    """
    receipt = publish.read_receipt(site)
    if receipt is None or not made_from.items() <= receipt.items():
        return False
    return read_cache(standing) == publish.fingerprint(site) or not publish.verify(site)


def holds_release(root: Path, site: Path) -> bool:
    """Whether datasets/release is what a whole site publishes: every file of it stands in dati/."""
    published = (publish.read_receipt(site) or {"files": {}})["files"]
    return all(published.get(f"dati/{name}") == digest
               for name, digest in publish.site_files(root / "datasets" / "release").items())
