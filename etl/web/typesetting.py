"""Typst: sheets and pictures made of its markup, and kept by what they are made of.

Typst keeps threads of its own, which do not survive the copy of a process (runtime/workers.py): a copy that typesets
after its parent did would wait for them for ever. So it is loaded only in a process that was started afresh.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from etl.runtime.cache import cache_key
from etl.runtime.workers import all_alive


class TypesettingError(Exception):
    """What Typst says that it cannot do."""


class Press:
    """Typst with a folder of what it made before. Use it with `with`: at the end, what nobody asked for is forgotten.

    cache: a folder of its own. fonts: the folder with the only fonts that it may use.
    """

    def __init__(self, cache: Path, fonts: Path) -> None:
        self._cache, self._fonts = cache, fonts
        self._known = cache_key(version("typst"), [(path.name, path.read_bytes()) for path in sorted(fonts.iterdir())])
        self._used: set[str] = set()
        self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))  # it starts with its first work

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        if error is None and self._cache.is_dir():
            for left in {path.name for path in self._cache.iterdir()} - self._used:
                shutil.rmtree(self._cache / left, ignore_errors=True)

    def made(self, source: str, beside: Mapping[str, bytes], **options: Any) -> list[bytes]:
        """The files that Typst makes of some markup: one, or one for each page where `format` is "png" or "svg".

        beside: name -> content of the files that the markup reads. options: of typst.compile.
        Raises TypesettingError with the words of Typst.
        """
        key = cache_key(self._known, source, sorted(beside.items()), sorted(options.items()))
        if key not in self._used and not (self._cache / key).is_dir():
            with all_alive():
                keep(self._cache / key, self._pool.submit(typeset, source, beside, self._fonts, options).result())
        self._used.add(key)
        return [path.read_bytes() for path in sorted((self._cache / key).iterdir())]


def keep(folder: Path, pages: list[bytes]) -> None:
    """Write the pages into a folder that is whole or not there. Two builds may run at once: the first one wins."""
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    part.mkdir(parents=True)
    for number, page in enumerate(pages):
        (part / f"{number:04}").write_bytes(page)
    with contextlib.suppress(OSError):
        part.rename(folder)
    shutil.rmtree(part, ignore_errors=True)


def typeset(source: str, beside: Mapping[str, bytes], fonts: Path, options: Mapping[str, Any]) -> list[bytes]:
    """What Press.made gives, in a process that was started for it."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for name, content in {"sheet.typ": source.encode(), **beside}.items():
            (Path(folder) / name).write_bytes(content)
        try:
            made = typst.compile(str(Path(folder) / "sheet.typ"), root=folder, font_paths=[str(fonts)],
                                 ignore_system_fonts=True, **options)
        except typst.TypstError as error:
            raise TypesettingError(str(error)) from None
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]
