"""Members of ZIP files that are compressed once: what stays as it is goes into the next archive as it was kept."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LIBRARY = zlib.ZLIB_RUNTIME_VERSION
"""What compresses: another version may find other bytes for the same."""


class Packed(NamedTuple):
    """A member as it stands in an archive: compressed, with the checksum and the size of what it holds. about: what
    else whoever packed it has to know of it."""

    data: bytes
    crc: int
    size: int
    about: list[str]


def packed(parts: Iterable[bytes], about: Sequence[str] = ()) -> bytes:
    """A member that holds these parts, compressed as ZipFile does it; as bytes, to be kept."""
    press, crc, size, out = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0, []
    for part in parts:
        out.append(press.compress(part))
        crc, size = zlib.crc32(part, crc), size + len(part)
    return b"".join([json.dumps([crc, size, list(about)]).encode(), b"\n", *out, press.flush()])


def unpacked(kept: bytes) -> Packed:
    """What `packed` gave."""
    said, _, data = kept.partition(b"\n")
    return Packed(data, *json.loads(said))


def put(archive: ZipFile, out: IO[bytes], entry: ZipInfo, member: Packed) -> None:
    """Add a member to an archive that is written into `out`: it goes in as it is, then its head says what it is."""
    entry.compress_type = ZIP_STORED
    archive.writestr(entry, member.data)
    entry.compress_type, entry.CRC, entry.file_size = ZIP_DEFLATED, member.crc, member.size
    end = out.tell()
    out.seek(entry.header_offset)
    out.write(entry.FileHeader(zip64=False))
    out.seek(end)
