"""Pages that were made to keep whoever reads them busy for hours end in no time, whichever reader reads them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from etl.sources.sheets.page import read_page
from etl.sources.visible_text import visible_lines


@pytest.mark.parametrize("read", [visible_lines, read_page])
@pytest.mark.parametrize("piece", ["<!--", "<a =", "<![CDATA[", "<", "<div>", "</", "&#", "<a b='"])
def test_what_never_ends_costs_little(read: Callable[[str], object], piece: str) -> None:
    before = time.process_time()
    read(piece * (200_000 // len(piece)))
    assert time.process_time() - before < 5
