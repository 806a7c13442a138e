"""The body of an answer: unpacked within limits, whole or not at all, and really what was promised."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from urllib3 import BaseHTTPResponse

from etl.sources.model import FailedSourceError, PassingFailedSourceError

LIMITS = {"html": 10_000_000, "xml": 50_000_000, "json": 100_000_000, "csv": 3_000_000_000, "xlsx": 50_000_000,
          "xlsb": 50_000_000, "xls": 50_000_000, "ods": 50_000_000, "zip": 1_500_000_000, "text": 500_000}
"""Bytes of a body, unpacked: ten times the largest that is known of each kind; the bulk file has 1.5 GB as CSV."""
SECONDS = {**dict.fromkeys(LIMITS, 300), "csv": 1800, "zip": 1800}
"""How long one answer of each kind may take in all: the bulk files of OpenCoesione take minutes."""
RIGHT = {
    "html": {"html", "other"}, "xml": {"other", "html"}, "json": {"json"}, "csv": {"other", "json"}, "xlsx": {"zip"},
    "xlsb": {"zip"}, "xls": {"binary"}, "ods": {"zip"}, "zip": {"zip", "other"}, "text": {"other", "json", "html"},
}
"""Kind promised -> what its first bytes may be; a bulk file is promised as zip and may be a plain CSV."""
SWELLING = 200  # times: text shrinks ten- or twentyfold in gzip; what grows more was made to harm
SMALL = 10_000_000  # bytes below which swelling harms nobody
PAGE = re.compile(
    rb"\s*<(!doctype html|!--|(html|head|body|title|meta|script|style|link|base|div|span|p|h[1-6]|center|table|form|"
    rb"iframe|noscript|main|b|font|br|img|a)\b)", re.IGNORECASE)
OPENED, CLOSED = re.compile(rb"<(html|body)\b", re.IGNORECASE), re.compile(rb"</(html|body)\s*>", re.IGNORECASE)
SECTOR = 512  # bytes; an .xls is made of such
LAST = 4096  # bytes in which a whole page says that it ends
MARK = b"\xef\xbb\xbf"
PIECE = 1 << 16


def pieces(answer: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it comes."""
    while piece := answer.read1(PIECE, decode_content=False):
        yield piece


def unpacked(pieces: Iterable[bytes], encoding: str, url: str, limit: int) -> Iterator[bytes]:
    """The bytes of a body, with gzip or deflate taken off a megabyte at a time; never more than the limit."""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FailedSourceError("source-type", expected=f"Content-Encoding: {encoding}", found=url)
    inflate = None if encoding in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    packed = total = 0
    for piece in pieces:
        packed += len(piece)
        while piece:
            part, piece = inflated(inflate, piece, url) if inflate else (piece, b"")
            total += len(part)
            if inflate and total > max(SMALL, packed * SWELLING):
                raise FailedSourceError("source-bomb", found=url)
            if total > limit:
                raise FailedSourceError("source-too-large", expected=f"{limit // 1_000_000} MB", found=url)
            yield part
    if inflate and not inflate.eof:
        raise FailedSourceError("source-truncated", found=url)


def inflated(inflate: Any, piece: bytes, url: str) -> tuple[bytes, bytes]:
    """(at most a megabyte of what a packed piece holds, the rest of the piece)."""
    try:
        return inflate.decompress(piece, 1 << 20), inflate.unconsumed_tail
    except zlib.error as error:
        raise FailedSourceError("source-type", expected=f"gzip: {error}", found=url) from error


def check_kind(path: Path, kind: str, url: str) -> None:
    """Refuse a body that is empty or another thing than was promised. The media type is not asked: it often lies."""
    with path.open("rb") as file:
        head = file.read(4096).removeprefix(MARK)
    if not head.strip():
        raise FailedSourceError("source-empty", found=url)
    found = kind_of(head)
    if found not in RIGHT[kind] or (kind == "html" and b"<" not in head):
        raise FailedSourceError("source-type", expected=found, found=url)


def check_whole(path: Path, kind: str, url: str, ended: bool) -> None:
    """Refuse a body that stops in its middle, as far as its last bytes show. ended: the answer said where it ends; of
    one that did not, the last line must be a whole one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(LAST)
        file.seek(max(0, size - LAST))
        tail = file.read()
    packed = kind_of(head) == "zip"
    if not (zipfile.is_zipfile(path) if packed else is_whole(kind, head, tail, ended, size)):
        raise PassingFailedSourceError("source-truncated", found=url)


def is_whole(kind: str, head: bytes, tail: bytes, ended: bool, size: int) -> bool:
    """Whether a body ends as its kind does."""
    end = tail.rstrip(b"\x00 \t\r\n")
    if kind == "json":
        return end.endswith((b"}", b"]"))
    if kind == "html":
        return bool(CLOSED.search(tail)) or (ended and not OPENED.search(head))
    if kind == "xml":
        return end.endswith(b">")
    if kind == "xls":
        return ended or not size % SECTOR
    return ended or kind == "text" or tail.rstrip(b"\x00").endswith((b"\n", b"\r"))


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
