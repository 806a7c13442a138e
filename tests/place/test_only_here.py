"""What is true only of this city stands in city.toml, in rows and in texts: never in the program that others take."""

from __future__ import annotations

import re

from support.repository import ROOT

OURS = re.compile(r"milan|MI3|\bPON\b|lombard|ambrogio|015146|c_f205|ITA_MIL|\bF205\b", re.IGNORECASE)
PLACES = ("etl/**/*.py", "etl/**/*.toml", "site/theme/**/*", "site/assets/**/*", "site/locale/**/*.po",
          "schemas/*.json", "datasets/*.toml", "mkdocs.yml")
ALLOWED = {
    "etl/checks/names.toml": "surnames and given names of all of Italy, to tell people from streets",
    "etl/checks/personal.toml": "places and what bears names in all of Italy, for the same",
    "etl/domain/codes.py": "the cities of a national programme, by the letters of their codes",
    "etl/meta/places.py": "the name under which the program is installed",
}


def test_nothing_of_this_city_is_in_what_another_city_takes() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {text[:120]}"
        for pattern in PLACES for path in sorted(ROOT.glob(pattern))
        if path.is_file() and path.relative_to(ROOT).as_posix() not in ALLOWED
        for text in path.read_text("utf-8", "ignore").splitlines() if OURS.search(text)
    ]
    assert not found, "\n".join(found)
