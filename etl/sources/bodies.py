"""The body of an answer: unpacked within limits, whole or not at all, and really what was promised."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from urllib3 import BaseHTTPResponse

from etl.sources.model import FailedSourceError, PassingFailedSourceError

LIMITS = {"html": 10_000_000, "xml": 50_000_000, "json": 100_000_000, "csv": 3_000_000_000, "xlsx": 50_000_000,
          "xlsb": 50_000_000, "xls": 50_000_000, "ods": 50_000_000, "zip": 1_500_000_000, "text": 500_000}
"""Bytes of a body, unpacked: ten times the largest that is known of each kind; the bulk file has 1.5 GB as CSV."""
RIGHT = {
    "html": {"html", "other"}, "xml": {"other", "html"}, "json": {"json"}, "csv": {"other", "json"}, "xlsx": {"zip"},
    "xlsb": {"zip"}, "xls": {"binary"}, "ods": {"zip"}, "zip": {"zip", "other"}, "text": {"other", "json", "html"},
}
"""Kind promised -> what its first bytes may be; a bulk file is promised as zip and may be a plain CSV."""
SWELLING = 200  # times: text shrinks ten- or twentyfold in gzip; what grows more was made to harm
SMALL = 10_000_000  # bytes below which swelling harms nobody
PAGE = re.compile(rb"\s*(<!doctype html|<html|<head|<body|<!--|<title)", re.IGNORECASE)
MARK = b"\xef\xbb\xbf"
PIECE = 1 << 16


def pieces(answer: BaseHTTPResponse, url: str, seconds: float) -> Iterator[bytes]:
    """The body as it comes; one that comes slowly without end is given up."""
    deadline = time.monotonic() + seconds
    while piece := answer.read1(PIECE, decode_content=False):
        yield piece
        if time.monotonic() > deadline:
            raise PassingFailedSourceError("source-timeout", found=url)


def unpacked(pieces: Iterable[bytes], encoding: str, url: str, limit: int) -> Iterator[bytes]:
    """The bytes of a body, with gzip or deflate taken off a megabyte at a time; never more than the limit."""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FailedSourceError("source-type", expected=f"Content-Encoding: {encoding}", found=url)
    inflate = None if encoding in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    packed = total = 0
    for piece in pieces:
        packed += len(piece)
        while piece:
            part, piece = (inflate.decompress(piece, 1 << 20), inflate.unconsumed_tail) if inflate else (piece, b"")
            total += len(part)
            if inflate and total > max(SMALL, packed * SWELLING):
                raise FailedSourceError("source-bomb", found=url)
            if total > limit:
                raise FailedSourceError("source-too-large", expected=f"{limit // 1_000_000} MB", found=url)
            yield part
    if inflate and not inflate.eof:
        raise FailedSourceError("source-truncated", found=url)


def check_kind(path: Path, kind: str, url: str) -> None:
    """Refuse a body that is empty or another thing than was promised. The media type is not asked: it often lies."""
    with path.open("rb") as file:
        head = file.read(4096).removeprefix(MARK)
    if not head.strip():
        raise FailedSourceError("source-empty", found=url)
    found = kind_of(head)
    if found not in RIGHT[kind] or (kind == "html" and b"<" not in head):
        raise FailedSourceError("source-type", expected=found, found=url)


def kind_of(head: bytes) -> str:
    """html, zip, json, pdf, binary, or other (text of some kind), by the first bytes of a body."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"%PDF"):
        return "pdf"
    if PAGE.match(head):
        return "html"
    if head.lstrip()[:1] in (b"{", b"["):
        return "json"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return "other"
