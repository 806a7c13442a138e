"""Where the program keeps its own files, and the rule by which those of a city take their place.

A file of the city takes the place of the program's file with the same path. A clone holds both the program and its
city: nothing is laid over anything there.
"""

from __future__ import annotations

from pathlib import Path

DISTRIBUTION, COMMAND = "milano-abitare-open-data", "abitare"
PACKAGE = Path(__file__).parents[1]
CARRIED = PACKAGE / "program"
"""What a wheel carries beside the code: schemas, declarations, theme, words (pyproject.toml)."""
PROGRAM = CARRIED if CARRIED.is_dir() else PACKAGE.parent


def is_whole(root: Path) -> bool:
    """Whether a repository is a clone: the program, or recipes of its own, stand in it, and nothing is lent to it."""
    return (root / "etl").is_dir()


def layers(root: Path) -> list[Path]:
    """The folders that a repository is read from, the one that wins first."""
    return [root] if is_whole(root) else [root, PROGRAM]


def find(root: Path, path: str) -> Path:
    """The city's file, else the program's; where neither has one, the place in which the city would put it."""
    places = [layer / path for layer in layers(root)]
    return next((place for place in places if place.exists()), places[0])


def listed(root: Path, folder: str, pattern: str = "**/*") -> dict[str, Path]:
    """Every file of a folder by its path below it, in order; hidden files are nobody's."""
    found: dict[str, Path] = {}
    for layer in reversed(layers(root)):
        found |= {path.relative_to(layer / folder).as_posix(): path for path in (layer / folder).glob(pattern)
                  if path.is_file() and not path.name.startswith(".")}
    return dict(sorted(found.items()))


def words(root: Path) -> list[Path]:
    """The folders with the words of each language; what the first ones say goes before what the others say."""
    return [layer / "site" / "locale" for layer in layers(root)]


def recipes(root: Path) -> Path:
    """The folder with the recipes."""
    return (root / "etl" if is_whole(root) else PACKAGE) / "recipes"
