"""Hypothesis as the tests use it: a slow moment of a shared machine is no fault of what is tested."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st

settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

__all__ = ["HealthCheck", "assume", "example", "given", "note", "settings", "st"]
