"""The XML in office files, read piece by piece: what is not kept takes no memory, and nobody waits for its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from etl.spreadsheets.read.archive import RefusedFileError

FIRST, LONGEST = 1 << 16, 1 << 22
"""Bytes of the first piece, and of the longest: the parser looks again at what a piece leaves open."""
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def nothing(_: str) -> None:
    """What is done where nothing is to be done."""


def walk(stream: IO[bytes], start: Start, end: End, text: Text) -> Iterator[None]:
    """Call start(name, attributes), end(name) and text(characters) in the order of the file; stops after each piece.

    Names are local (c for x:c), so that Strict Open XML reads like the other; attributes keep their prefix.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_declarations
    size = FIRST
    try:
        while piece := stream.read(size):
            parser.Parse(piece, False)
            size = min(size * 2, LONGEST)
            yield
        parser.Parse(b"", True)
        yield
    except ExpatError as error:
        raise RefusedFileError("file-broken", f"XML: {error}") from error


def refuse_declarations(*_: object) -> None:
    """No office program writes a document type; one may unfold without end."""
    raise RefusedFileError("file-broken", "istruzioni XML non ammesse / XML declarations not allowed")
