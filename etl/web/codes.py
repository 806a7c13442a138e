"""QR codes of pages, beside them as pictures: for paper, and for the telephone of whoever stands next to the reader."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import segno

from etl.runtime.cache import cache_key, code_of, read_cache, write_cache
from etl.web.pages import KINDS
from etl.web.writer import Writer

CODE = "qr.svg"
"""Name of the picture beside a page."""
PRINTED = {"services": -1, "situations": -1, "notices": -1, "rent": 0}
"""Kinds of pages that are printed to be taken along -> which of their templates; desks have more beside their pages."""


class Codes:
    """QR codes as SVG: those of the last build are taken from it, as to draw one takes longer than to render a page.

    path: the file that keeps them.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._program = path, cache_key(version("segno"), code_of("web/codes.py"))
        self._known: dict[str, str] = (read_cache(path) or {}).get(self._program, {})
        self._used: dict[str, str] = {}

    def of(self, address: str) -> bytes:
        """The code of an address."""
        self._used[address] = self._known.get(address) or drawn(address).decode()
        return self._used[address].encode()

    def save(self) -> None:
        """Keep those that were asked for."""
        write_cache(self._path, {self._program: self._used})


def drawn(address: str) -> bytes:
    """The QR code of an address, as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=1, border=4, omitsize=True, xmldecl=False)
    return out.getvalue()


def beside_pages(writer: Writer, codes: Codes) -> Iterator[tuple[str, bytes]]:
    """(path in the site, content) of the code of each page of PRINTED, in each of its languages."""
    printed = {KINDS[name].templates[place] for name, place in PRINTED.items() if name in KINDS}
    for page in writer.pages:
        if page.template in printed:
            folder = page.path.removesuffix("index.html")
            yield folder + CODE, codes.of(writer.config.site_url + folder)
