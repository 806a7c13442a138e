"""Which kinds of pages read which datasets, noted while the pages are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from etl.meta.model import Release
from etl.meta.settings import SiteConfig

P = ParamSpec("P")
T = TypeVar("T")


class Records(dict[str, list[dict[str, Any]]]):
    """The rows of a release; notes which datasets are asked for."""

    def __init__(self, records: Any) -> None:
        super().__init__(records)
        self.asked: set[str] = set()
        self._made: dict[Any, tuple[Any, set[str]]] = {}

    def get(self, name: str, default: Any = None) -> Any:
        """The rows of a dataset, as `rows` asks for them."""
        if name in self:
            self.asked.add(name)
        return super().get(name, default)

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives; see the function of this name."""
        if key not in self._made:
            before, self.asked = self.asked, set()
            self._made[key] = make(), self.asked
            self.asked = before
        value, read = self._made[key]
        self.asked |= read
        found: T = value
        return found


def once(make: Callable[Concatenate[Release, P], T]) -> Callable[Concatenate[Release, P], T]:
    """A function of a release and of plain values that is worked out for the first who asks.

    Several sections ask for what it gives: nobody may change that. What it read is noted for everybody who asks.
    """
    @wraps(make)
    def known(release: Release, /, *given: P.args, **named: P.kwargs) -> T:
        work = partial(make, release, *given, **named)
        return release.records.once((make, given), work) if isinstance(release.records, Records) else work()

    return known


class Watched(Release):
    """A release that knows which site it is for, and what was read of it. used: dataset -> kinds of pages."""

    config: SiteConfig
    used: dict[str, set[str]]

    def __init__(self, release: Release, config: SiteConfig) -> None:
        super().__init__(Records(release.records), release.package, release.declarations, release.files,
                         release.scores, release.versions, release.past, today=release.today)
        object.__setattr__(self, "config", config)
        object.__setattr__(self, "used", {})

    def read_for(self, kinds: Iterable[str]) -> None:
        """Note that everything asked for since the last call was for pages of these kinds."""
        records: Any = self.records
        for name in records.asked:
            self.used.setdefault(name, set()).update(kinds)
        records.asked.clear()
