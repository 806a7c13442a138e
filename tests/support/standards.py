"""The files of standards that are not ours to keep here."""

from __future__ import annotations

import pytest

from support.repository import SHARED

STANDARDS = SHARED / "standards" / "files"
# A stranger's clone has no ../shared: the standards' own shapes are not ours to keep here.
needs_shapes = pytest.mark.skipif(
    not STANDARDS.is_dir(), reason="the shapes of the standards are not here (../shared/standards/files)")
ATOM = STANDARDS / "atom" / "atom-rfc4287.rng"
