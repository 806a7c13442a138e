"""Lines of a page -> its labels and what stands below or beside each, told apart by the words of the labels alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from etl.sources.visible_text import Element, Line, Run, joined, shared_depth

LABEL_TAGS = frozenset("dt th h1 h2 h3 h4 h5 h6 summary legend".split())
"""Elements that hold labels; what else stands in one with a label is a remark on it, not its value."""
LONGEST = 12  # runs that one label may be made of
SOFTEST = 4  # lines that one label may be broken into
INSIDE = re.compile(r"([^:]{2,80}):\s*(.*\S)\s*")
Known = Callable[[str], str]
"""A text -> the label that it is, "" when it is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A label (its name in `label`), or a piece below one: the runs of text that adjoin in it.

    remark: it stands beside a label, inside the element that is the label.
    """

    runs: tuple[Run, ...]
    label: str = ""
    remark: bool = False

    @property
    def text(self) -> str:
        return joined(run.text for run in self.runs)

    @property
    def place(self) -> Element:
        return self.runs[0].place

    @property
    def tag(self) -> str:
        """The element that begins its line."""
        return self.place.block.tag

    @property
    def apart(self) -> bool:
        """Whether it is nothing but words on a button, in a tooltip, or for the ear."""
        return all(run.place.apart for run in self.runs)

    @property
    def raised(self) -> bool:
        return all(run.place.raised for run in self.runs)


def entries(lines: Sequence[Line], known: Known) -> Iterator[Entry]:
    """Every label and every piece of a page, in reading order."""
    number = 0
    while number < len(lines):
        label, count, rest = broken_label(lines[number : number + SOFTEST], known)
        if label:
            yield label
            yield from of_line(rest, known, labelled=True)
        else:
            yield from of_line(lines[number].runs, known)
        number += count


def broken_label(lines: Sequence[Line], known: Known) -> tuple[Entry | None, int, Sequence[Run]]:
    """(the label that begins a line and ends in one below it, how many lines that are, what stands behind it)."""
    for count in range(len(lines), 1, -1):
        if in_one_block(lines[:count]):
            above = [run for line in lines[: count - 1] for run in line.runs]
            last = lines[count - 1].runs
            said = "".join(f"{line.text} " for line in lines[: count - 1])
            for end in range(min(len(last), LONGEST), 0, -1):
                label = known(said + joined(run.text for run in last[:end]))
                if label:
                    return Entry((*above, *last[:end]), label), count, last[end:]
    return None, 1, ()


def in_one_block(lines: Sequence[Line]) -> bool:
    return all(line.soft and line.runs[0].place.block is lines[0].runs[0].place.block for line in lines[1:])


def of_line(runs: Sequence[Run], known: Known, labelled: bool = False) -> Iterator[Entry]:
    """The entries of one line: all of it text, unless it begins with a label; then others may follow in it.

    labelled: it is the rest of a line that began so.
    """
    pending: list[Run] = []
    begun = beside = labelled
    place = 0
    while place < len(runs):
        found = label_at(runs, place, known) if not begun or (labelled and runs[place].fresh) else None
        if found:
            yield from piece(pending, beside)
            label, place, rest = found
            yield label
            pending, begun, labelled = [rest] if rest else [], True, True
            beside = rest is None
        else:
            if not is_said_apart(runs[place]):
                pending.append(runs[place])
                begun = True
            place += 1
    # A button alone: whether it says anything is seen by what stands beside it.
    yield from piece(pending if begun else list(runs), beside)


def piece(runs: list[Run], beside: bool) -> Iterator[Entry]:
    """What stands between two labels of a line, if anything does; a colon between both belongs to neither."""
    if beside and runs and runs[0].text.lstrip().startswith(":"):
        first = runs[0]
        runs = [Run(first.text.lstrip().removeprefix(":"), first.place, first.fresh), *runs[1:]]
        beside = False
    runs = [run for run in runs if run.text.strip()]
    if any(run.text.strip(" :*•|") for run in runs):
        yield Entry(tuple(runs), remark=beside and runs[0].place.block.tag in LABEL_TAGS)


def label_at(runs: Sequence[Run], place: int, known: Known) -> tuple[Entry, int, Run | None] | None:
    """The label that begins at a run, the place after it, and what follows its colon inside its own run."""
    ends = range(min(len(runs), place + LONGEST), place, -1)
    for end in ends:
        part = runs[place:end]
        for some in (part, [run for run in part if not is_said_apart(run)]):
            label = known(joined(run.text for run in some)) if some else ""
            if label:
                return Entry(tuple(part), label), end, None
    for end in reversed(ends):
        match = INSIDE.fullmatch("".join(run.text for run in runs[place:end]).strip())
        if match:
            label, last = known(match[1]), runs[end - 1]
            rest = Run(match[2], last.place, last.fresh)
            return (Entry(tuple(runs[place:end]), label), end, rest) if label else None
    return None


def is_said_apart(run: Run) -> bool:
    """Whether a run is words of a button, of a tooltip or for the ear. Figures never are: they may be of a value."""
    words = run.text.strip()
    return run.place.apart and not re.search(r"[0-9]", words) and bool(re.search(r"[^\W\d_]|^[^.,]*$", words))


def nearest(label: Entry, value: Entry, before: Entry | None, after: Entry | None) -> bool:
    """Whether the structure of the page says, or at least does not deny, that a value is of the label above it.

    Where the next label stands nearer to the value, values come before their labels; where the label before stands
    nearer to the label than the value does, there are rows of labels above rows of values.
    """
    near = shared_depth(label.place, value.place)
    return all(near >= shared_depth(one.place, other.place)
               for one, other in ((value, after), (before, label)) if one and other)
