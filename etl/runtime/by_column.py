"""Rows of text held by column: as lists of lists they take five times the memory, and a process that is copied makes
all of it anew by looking at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 10_000
"""Rows that are made at once for whoever goes through them."""
REPEATED = 1 << 13
"""Different texts of a column, at most, that stand in memory once each: codes, days and addresses."""


class ByColumn(Sequence[list[str]]):
    """Rows, each a list of text, made anew for each who asks."""

    def __init__(self, columns: Sequence[pa.Array], count: int) -> None:
        """columns: see `packed`. count: of rows, which a table without columns has too."""
        self.held, self._count = columns, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[str]]:
        for start in range(0, self._count, BLOCK):
            yield from map(list, zip(*self[start:start + BLOCK].columns(), strict=True))

    @overload
    def __getitem__(self, place: int) -> list[str]: ...

    @overload
    def __getitem__(self, place: slice) -> ByColumn: ...

    def __getitem__(self, place: int | slice) -> list[str] | ByColumn:
        if isinstance(place, slice):
            start, stop, _ = place.indices(self._count)
            return ByColumn([column[start:stop] for column in self.held], max(stop - start, 0))
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return [column[place].as_py() for column in self.held]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == self._count and all(
            mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return repr(list(self))

    __hash__ = None  # type: ignore[assignment]

    def columns(self) -> Iterator[list[str]]:
        """One column after the other with all its cells."""
        return map(texts, self.held)

    def column(self, place: int) -> list[str]:
        """The cells of one column."""
        return texts(self.held[place])

    def different(self, place: int) -> list[str]:
        """The cells of one column, each different text once where few are."""
        column: Any = self.held[place]
        return texts(getattr(column, "dictionary", column))

    def at(self, places: Sequence[int]) -> ByColumn:
        """The rows at some places, in their order."""
        return ByColumn([moved(column, places) for column in self.held], len(places))

    def only(self, places: Sequence[int]) -> ByColumn:
        """The same rows with some of their columns."""
        return ByColumn([self.held[place] for place in places], self._count)


def by_column(rows: Sequence[Sequence[str]], width: int) -> ByColumn:
    """Rows held by column. width: the number of their columns, which no row tells where there is none."""
    if isinstance(rows, ByColumn):
        return rows
    return ByColumn([packed([row[place] for row in rows]) for place in range(width)], len(rows))


def gathered(rows: Iterable[Sequence[str]], width: int) -> ByColumn | None:
    """Rows that come one after the other, held by column; None where one has not `width` cells."""
    import pyarrow as pa

    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    coming, count = iter(rows), 0
    while some := list(islice(coming, BLOCK)):
        if any(len(row) != width for row in some):
            return None
        for part, cells in zip(parts, zip(*some, strict=True), strict=True):
            part.append(pa.array(cells, pa.large_string()))
        count += len(some)
    held = []
    for part in parts:
        held.append(packed(pa.concat_arrays(part) if part else []))
        part.clear()
    return ByColumn(held, count)


def whole(column: pa.Array) -> pa.Array:
    """A packed column with each of its texts, as a frame holds it."""
    import pyarrow as pa

    return column.cast(pa.large_string())


def packed(values: Any) -> pa.Array:
    """A column of text, of a frame or a list, in as little memory as it takes; what is packed stays."""
    import pyarrow as pa

    if isinstance(values, pa.DictionaryArray):
        return values
    column = pa.array(values, pa.large_string())
    if isinstance(column, pa.ChunkedArray):  # a column in pieces, or one without rows and so of no kind
        column = pa.array(values.tolist(), pa.large_string())
    if len(column[:BLOCK].dictionary_encode().dictionary) > REPEATED // 2:  # so many in a part: more in all
        return column
    known = column.dictionary_encode()
    return known if len(known.dictionary) <= REPEATED else column


def moved(column: Any, places: Sequence[int]) -> pa.Array:
    """The cells of a column at some places, in their order, packed."""
    import pyarrow as pa

    return packed(column).take(pa.array(places, pa.int64()))


def texts(column: Any) -> list[str]:
    """The cells of a column, those of a list as it is; equal texts of a packed one are the same."""
    if isinstance(column, list):
        return column
    if not hasattr(column, "dictionary"):
        found: list[str] = column.to_pylist()
        return found
    known = column.dictionary.to_numpy(zero_copy_only=False)
    return list(known.take(column.indices.to_numpy()).tolist())
