"""Hypothesis as the tests use it: a slow moment of a shared machine is no fault of what is tested."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st

from support.repository import SOAK

settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

__all__ = ["HealthCheck", "assume", "example", "given", "note", "settings", "st", "tries"]


def tries(number: int) -> int:
    """On how many examples a property is tried of which each takes long; in the soak on fifty times as many."""
    return 50 * number if SOAK else number
