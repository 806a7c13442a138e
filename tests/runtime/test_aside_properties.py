"""Files that are put aside are those that were given, in copies of the process too."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.runtime import aside as module
from etl.runtime.aside import LARGE, aside
from etl.runtime.workers import in_parts

FILES = st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=4))


@given(FILES, FILES)
def test_parts_are_one_mapping_of_which_the_later_wins(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LARGE", 2)  # so that some of them go to the disk
        held = aside(aside(first), second)
        assert (dict(held), list(held), len(held)) == ({**first, **second}, list({**first, **second}), len(held))
        assert dict(held.moved({path: f"x/{path}" for path in first})) == {f"x/{path}": held[path] for path in first}
        assert ("a" in held) == ("a" in dict(held))


def test_processes_read_a_large_file_at_the_same_time() -> None:
    data = bytes(range(256)) * (LARGE // 128)
    held = aside({"a": data, "b": b"small"})
    assert not isinstance(held.held["a"], bytes)
    assert in_parts(lambda *_: [held["a"] == data for _ in range(20)], 3) == [[True] * 20] * 3


def test_a_file_that_the_system_gives_in_pieces_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """One read gives 2 GB at most."""
    pread, data = os.pread, bytes(range(256)) * (LARGE // 128)
    monkeypatch.setattr(os, "pread", lambda file, size, at: pread(file, min(size, LARGE // 2 + 7), at))
    assert aside({"a": data})["a"] == data
