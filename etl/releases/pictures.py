"""What a picture says beside what it shows: its Exif texts, the texts of PNG, its XMP packet, where it was taken."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

EXIF = re.compile(rb"(?:Exif\x00\x00|eXIf|EXIF....)(?=II\*\x00|MM\x00\*)", re.DOTALL)  # of JPEG, PNG, WebP
XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
SAID = re.compile(r">([^<>]*\w[^<>]*)<|=\"([^\"]*\w[^\"]*)\"")
TEXTS = re.compile(rb"(....)(?:tEXt|iTXt)", re.DOTALL)  # of a PNG: length and kind, then keyword, 0, text
POSITION = re.compile(r"GPSL(?:atitude|ongitude)")
ASCII, UNDEFINED, BYTES, LONG = 2, 7, 1, 4
WIDE = range(0x9C9B, 0x9CA0)  # title, comment, author, keywords and subject, as Windows writes them
SUB, GPS, MADE = 0x8769, 0x8825, {0x010F, 0x0110, 0x0131, 0x0132, 0x9003, 0x9004, 0x9290, 0x9291, 0x9292}
"""Tags: a folder of its own, that of the position, and what the camera or the clock wrote."""
MOST = 200  # entries of a folder that are read


def said_in(picture: bytes) -> Iterator[str]:
    """The texts that go with a picture."""
    for match in EXIF.finditer(picture):
        yield from (text for tag, text in exif(picture[match.end():]) if tag != GPS)
    for match in TEXTS.finditer(picture):
        size = struct.unpack(">I", match[1])[0]
        yield from picture[match.end(): match.end() + size].decode("utf-8", "replace").split("\0")
    for packet in XMP.findall(picture):
        yield from (one or other for one, other in SAID.findall(packet.decode("utf-8", "replace")))


def has_position(picture: bytes) -> bool:
    """Whether a picture says where on earth it was taken."""
    packets = b"".join(XMP.findall(picture)).decode("utf-8", "replace")
    return bool(POSITION.search(packets)) or any(
        tag == GPS for match in EXIF.finditer(picture) for tag, _ in exif(picture[match.end():]))


def exif(tiff: bytes) -> Iterator[tuple[int, str]]:
    """(tag, text) of every text of an Exif block; (GPS, "") where it has a latitude. What points outside is no text."""
    order = "<" if tiff[:2] == b"II" else ">"
    folders = [(struct.unpack(f"{order}I", tiff[4:8])[0], False)] if len(tiff) > 8 else []
    for start, position in folders:
        if start + 2 > len(tiff):
            continue
        count = struct.unpack(f"{order}H", tiff[start: start + 2])[0]
        for place in range(start + 2, min(start + 2 + 12 * min(count, MOST), len(tiff) - 11), 12):
            tag, kind, size, value = struct.unpack(f"{order}HHII", tiff[place: place + 12])
            if tag in (SUB, GPS) and kind == LONG and not position and len(folders) < 4:
                folders.append((value, tag == GPS))
            elif position:
                yield from [(GPS, "")] if tag == 2 else []  # the latitude
            elif kind in (ASCII, UNDEFINED, BYTES) and tag not in MADE:
                raw = tiff[place + 8: place + 8 + size] if size <= 4 else tiff[value: value + size]
                yield tag, raw.decode("utf-16-le" if tag in WIDE else "utf-8", "replace").strip("\0 ")
