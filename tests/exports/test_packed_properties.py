"""An archive of members that were compressed before is, byte for byte, the one that ZipFile makes of them."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from support.properties import example, given, st

from etl.exports.packed import packed, put, unpacked

MEMBERS = st.dictionaries(st.text("abcdèß/._", min_size=1, max_size=9), st.lists(st.binary(max_size=300), max_size=4),
                          max_size=4)
DAY = (2026, 11, 25, 0, 0, 0)


@given(MEMBERS)
@example({"big": [b"one row\n" * 90_000, bytes(range(256)) * 500], "none": []})
def test_an_archive_of_kept_members_is_the_one_of_the_library(members: dict[str, list[bytes]]) -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    with ZipFile(ours, "w") as archive:
        for name, parts in members.items():
            put(archive, ours, ZipInfo(name, DAY), unpacked(packed(parts, ["said"])))
    with ZipFile(theirs, "w", ZIP_DEFLATED) as archive:
        for name, parts in members.items():
            entry = ZipInfo(name, DAY)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, b"".join(parts))
    assert ours.getvalue() == theirs.getvalue()
    with ZipFile(ours) as archive:
        assert archive.testzip() is None
