"""The datasets of the repository and of its miniature, read once for all tests, which only look at them."""

from __future__ import annotations

from etl.meta.catalog import load_catalog
from support.repository import ROOT, TINY

CATALOG = load_catalog(ROOT)
MINIATURE = load_catalog(TINY)
