"""Files that the site before has already, because all that they are made from is the same: those of a single table, and
small ones of which there are many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from etl.exports.model import Format
from etl.exports.packed import LIBRARY
from etl.meta.model import Draft
from etl.meta.view import as_json, resources
from etl.runtime.aside import aside
from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.runtime.files import write_into
from etl.runtime.standing import Standing

DATA = "dati/"
LIBRARIES = ("pyarrow", "xlsxwriter")


class Written(NamedTuple):
    """What is known of a file once it stands in its folder. key: of all that it was made from, "" where nobody asks."""

    bytes: int
    sha256: str
    key: str = ""


class Alone:
    """Such files of the site before. One is taken only when its bytes are those that were written: a site or a cache
    that is gone or spoilt costs time, nothing else."""

    def __init__(self, cache: Path | None = None, before: Standing | None = None) -> None:
        """cache: the file that says what each was made from; without it nothing is kept."""
        self._cache, self._before = cache, before or Standing()
        found = (read_cache(cache) if cache and self._before.signs else None) or {}
        self._known = {path: Written(*said) for path, said in found.items()}

    def files_of(self, form: Format, draft: Draft, folder: Path) -> dict[str, Written]:
        """Put the files of a format of which each is made of one table into the folder of a site; gives what they are,
        by path in DATA."""
        found = {}
        for name in draft.tables:
            part, path = only(draft, name), form.path_of(name)
            key = key_of(form, part)
            if known := self._taken(DATA + path, key, folder):
                found[path] = known
            else:
                found |= {path: Written(len(data), write_into(folder, DATA + path, data), key)
                          for path, data in form.write(part).items()}
        return found

    def told(self, path: str, content: Any, folder: Path) -> Written:
        """Put a JSON file that holds this into the folder of a site."""
        key = ""
        if self._cache:
            about = json.dumps(content, default=amount, check_circular=False, ensure_ascii=False)
            key = cache_key("told", about, program())
        if known := self._taken(path, key, folder):
            return known
        data = as_json(content)
        return Written(len(data), write_into(folder, path, data), key)

    def _taken(self, path: str, key: str, folder: Path) -> Written | None:
        """Give a file of the site before another name; None where it has to be made."""
        known = self._known.get(path)
        if not key or known is None or known.key != key or self._before.signs.get(path) != known.sha256:
            return None
        self._before.put(path, folder)
        return known

    def save(self, made: Mapping[str, Written]) -> None:
        """Keep for the next build what files were made from. made: by path in the site."""
        if self._cache:
            write_cache(self._cache, {path: item for path, item in made.items() if item.key})


def only(draft: Draft, name: str) -> Draft:
    """A draft that has one table, and knows of no other and of no day but that of its release: what is made of it can
    depend on nothing else."""
    path, package = f"{name}.csv", draft.package
    return replace(
        draft, datasets={name: draft.datasets[name]}, tables={name: draft.tables[name]}, findings=[],
        date=date.fromisoformat(package["created"][:10]), typed=None, published=None,
        package={**package, "resources": [resources(package)[name]]}, files=aside(draft.files).moved({path: path}),
    )


def key_of(form: Format, part: Draft) -> str:
    """A key of all that the file of a table in a format depends on; the descriptor holds the sha256 of its rows."""
    said: list[Any] = [(item.name, item.schema, item.about, item.key) for item in part.datasets.values()]
    return cache_key(form.name, said, part.about, part.package, part.address, program())


def amount(value: Any) -> list[str]:
    """A value that JSON has no word for, as no text of the data can be."""
    return [repr(value)]


@cache
def program() -> tuple[str, ...]:
    """What writes: our own code, and the libraries."""
    return code_of("**/*.py"), LIBRARY, *map(version, LIBRARIES)
