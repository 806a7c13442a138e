"""Pictures of one point that say much beside it: Exif and where they were taken, as a telephone writes them."""

from __future__ import annotations

import io
import struct

from openpyxl.drawing.image import Image

PICTURE = 0x010E  # the tag of the description


def tiff(description: str, latitude: bool = False) -> bytes:
    """An Exif block: a description, and a folder with a latitude."""
    text = description.encode() + b"\0"
    count = 2 if latitude else 1
    after = 8 + 2 + 12 * count + 4
    entries = struct.pack("<HHII", PICTURE, 2, len(text), after)
    folder = b""
    if latitude:
        entries += struct.pack("<HHII", 0x8825, 4, 1, after + len(text))
        folder = struct.pack("<H", 1) + struct.pack("<HHII", 2, 5, 3, 0) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", count) + entries + bytes(4) + text + folder


def jpeg(description: str, latitude: bool = False) -> bytes:
    """As much of a JPEG as its readers of metadata ask for."""
    block = b"Exif\0\0" + tiff(description, latitude)
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xd9"


class Photo(Image):
    """A picture of a workbook, made without a library of pictures."""

    def __init__(self, description: str, latitude: bool = False) -> None:
        self.ref, self.format, self.width, self.height = io.BytesIO(), "jpeg", 1, 1
        self.content = jpeg(description, latitude)

    def _data(self) -> bytes:
        return self.content
