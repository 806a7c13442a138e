"""The container of old Excel workbooks (OLE2, [MS-CFB]): sectors of a file chained to streams with names."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

LAST = 0xFFFFFFFA  # sectors are numbered below it; from it on numbers say that a chain ends, or what a sector holds
SHORT = 64  # bytes of a piece of the streams that are too short for sectors of their own
ENTRY, STREAM, ROOT = 128, 2, 5  # bytes of an entry of the directory, and two of its kinds


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The first stream that bears one of the names; raises ValueError, or struct.error, when the file is damaged."""
    (shift,), (first_entry,) = struct.unpack_from("<H", data, 30), struct.unpack_from("<I", data, 48)
    cutoff, first_short = struct.unpack_from("<2I", data, 56)
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    links = links_of(data, sector)
    entries = pieces_of(chained(first_entry, links, sector), ENTRY)
    for entry in entries:
        (length,), (first, bytes_in) = struct.unpack_from("<H", entry, 64), struct.unpack_from("<2I", entry, 116)
        if entry[66] != STREAM or entry[: max(length, 2) - 2].decode("utf-16-le") not in names:
            continue
        if bytes_in >= cutoff:
            return chained(first, links, sector)[:bytes_in]
        (container,) = [struct.unpack_from("<I", each, 116)[0] for each in entries if each[66] == ROOT]
        shorts = pieces_of(chained(container, links, sector), SHORT)
        return chained(first, numbers(chained(first_short, links, sector)), shorts.__getitem__)[:bytes_in]
    raise ValueError(f"no stream {' or '.join(names)}")


def links_of(data: bytes, sector: Callable[[int], bytes]) -> Sequence[int]:
    """Number of a sector -> the number of the next one in its chain."""
    places = [*struct.unpack_from("<109I", data, 76)]
    (following,) = struct.unpack_from("<I", data, 68)
    while following < LAST:
        *more, following = numbers(sector(following))
        places += more
        if len(places) > len(data):
            raise ValueError("a chain without an end")
    return numbers(b"".join(sector(place) for place in places if place < LAST))


def chained(first: int, links: Sequence[int], piece: Callable[[int], bytes]) -> bytes:
    """The pieces of a chain, one after the other."""
    parts: list[bytes] = []
    while first < LAST:
        parts.append(piece(first))
        first = links[first]
        if len(parts) > len(links):
            raise ValueError("a chain without an end")
    return b"".join(parts)


def numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data)


def pieces_of(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]
