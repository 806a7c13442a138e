"""What in datasets/release and datasets/versions this program has written; anything else there would be lost."""

from __future__ import annotations

import json
from pathlib import Path

from etl.domain.pinned import CHARTS
from etl.meta.errors import PublishError
from etl.meta.view import resources
from etl.runtime.files import names

DESCRIPTOR, INDEX = "datapackage.json", "index.json"
"""What says of a release which tables it has; of all releases, which there are."""


def refuse_others(datasets: Path) -> None:
    """Refuse to bring these two folders up to date, which makes them hold a release and nothing else, while they hold a
    file of somebody else."""
    versions = datasets / "versions"
    folders = [path for path in (datasets / "release", *sorted(versions.glob("*"))) if path.is_dir()]
    found = [path for folder in folders for path in others(folder)]
    found += [path for path in versions.glob("*") if not path.is_dir() and path.name != INDEX]
    if found:
        raise PublishError(
            f"{found[0]}: non l'ha scritto questo programma, e andrebbe perso: spostalo / not written by this program, "
            f"and would be lost ({len(found)} in all): move it away."
        )


def others(folder: Path) -> list[Path]:
    """The files of a release that are not named after it or one of its tables, and are no charts."""
    try:
        package = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        known = {*resources(package), DESCRIPTOR.partition(".")[0]}
    except FileNotFoundError:
        known = set[str]()
    except (ValueError, LookupError, TypeError) as error:
        raise PublishError(f"{folder / DESCRIPTOR}: cannot be read ({error}). Restore it.") from error
    return [folder / name for name in names(folder) if Path(name).name.partition(".")[0] not in known
            and not (name.startswith(CHARTS) and name.endswith((".svg", ".csv")))]
