"""The one gate: with a critical finding nothing is published."""

from __future__ import annotations

from collections.abc import Sequence

from etl.meta.errors import InvalidDataError
from etl.meta.model import Finding


class InvalidReleaseError(InvalidDataError):
    """Critical findings. `findings` holds all of them, warnings too."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        critical = sum(item.severity == "critical" for item in findings)
        super().__init__(
            f"{critical} errori nei dati: niente è stato pubblicato. Correggi le righe elencate e riprova. "
            f"({critical} errors in the data: nothing was published. Correct the rows listed and try again.)"
        )


def gate(findings: Sequence[Finding]) -> None:
    """Let a release with these findings pass, or raise InvalidReleaseError with all of them."""
    if any(item.severity == "critical" for item in findings):
        raise InvalidReleaseError(findings)
