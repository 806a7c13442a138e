"""The nouns of the sources: what a connector is asked, what it gives back, how it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from etl.meta.errors import SourceError
from etl.meta.messages import messages
from etl.meta.model import Finding

Record = dict[str, str]
"""Field names of the source -> text as the source writes it, plus "@url" (address asked) and "@date" (ISO day
of the reading); "@as_of", where a source may say the day of its facts: that day, else the one of the reading."""


@dataclass(frozen=True)
class Response:
    """A body that arrived whole: it is in the file `path`, and `sha256` and `size` (bytes) are its own.

    unchanged: the source holds what the lock says it held; after a 304 there is no body (path is None).
    """

    url: str
    status: int
    media_type: str
    charset: str | None
    path: Path | None
    sha256: str
    size: int
    unchanged: bool = False
    etag: str | None = None
    last_modified: str | None = None

    @property
    def body(self) -> bytes:
        """The whole body in memory; for small answers only."""
        return self.path.read_bytes() if self.path else b""


class Fetching(Protocol):
    """What connectors ask of the network."""

    def get(self, url: str, kind: str, conditional: bool = True) -> Response:
        """The body at an address, of the kind promised (one of etl.sources.bodies.LIMITS), or FailedSourceError."""


@dataclass(frozen=True)
class Request:
    """One dataset to refresh. options: its [source.fetch]; rows: its table today, one dict of text per row."""

    dataset: str
    options: Mapping[str, Any]
    rows: Sequence[Mapping[str, str]]
    fetcher: Fetching
    today: date


@dataclass(frozen=True)
class Batch:
    """What a source gave. complete: False when an address failed or was unchanged: there is more than the records."""

    records: list[Record]
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True


class FailedSourceError(SourceError):
    """A source did not give what it promised. check: its message in etl/messages; words: what fills it in."""

    def __init__(self, check: str, **words: str) -> None:
        self.check = check
        self.words = words
        message, remedy = messages()[check].said(column="", **words)
        super().__init__(" || ".join(f"{message[language]} {remedy[language]}" for language in message))


class PassingFailedSourceError(FailedSourceError):
    """A fault that may be gone in a moment. wait: seconds that the server asks for."""

    wait: float = 0
