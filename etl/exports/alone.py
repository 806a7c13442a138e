"""Files that are made of one table each: where it and all else that they say is the same, the site before has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from etl.exports.model import Format
from etl.exports.packed import LIBRARY
from etl.meta.model import Draft
from etl.meta.view import resources
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
    """The files of single tables in the site before. One is taken only when its bytes are those that were written: a
    site or a cache that is gone or spoilt costs time, nothing else."""

    def __init__(self, cache: Path | None = None, before: Standing | None = None) -> None:
        """cache: the file that says what each was made from; without it nothing is kept."""
        self._cache, self._before = cache, before or Standing()
        found = (read_cache(cache) if cache and self._before.signs else None) or {}
        self._known = {path: Written(*said) for path, said in found.items()}

    def files_of(self, form: Format, draft: Draft, folder: Path) -> dict[str, Written]:
        """Put the files of a format into the folder of the data of a site; gives what they are, by path."""
        found = {}
        for name in draft.tables:
            part, path = only(draft, name), form.path_of(name)
            key = key_of(form, part)
            if known := self._taken(path, key, folder):
                found[path] = known
            else:
                found |= {path: Written(len(data), write_into(folder, path, data), key)
                          for path, data in form.write(part).items()}
        return found

    def _taken(self, path: str, key: str, folder: Path) -> Written | None:
        """Give a file of the site before another name; None where it has to be made."""
        known = self._known.get(path)
        if known is None or known.key != key or self._before.signs.get(f"{DATA}{path}") != known.sha256:
            return None
        self._before.put(f"{DATA}{path}", folder.parent)
        return known

    def save(self, forms: Iterable[Format], made: Mapping[str, Mapping[str, Written]]) -> None:
        """Keep for the next build what the files of some formats were made from."""
        if self._cache:
            write_cache(self._cache, {path: item for form in forms for path, item in made[form.name].items()})


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


@cache
def program() -> tuple[str, ...]:
    """What writes: our own code, and the libraries."""
    return code_of("**/*.py"), LIBRARY, *map(version, LIBRARIES)
