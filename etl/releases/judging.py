"""Each file that was handed in is judged by itself: those that hold are taken, whatever is wrong with the others.

Files that need each other are tried together. A trial costs a whole release, so those that look right are tried at
once, and one by one only where something is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.meta.view import key_of
from etl.releases.handed import File, HandedIn, Judged
from etl.releases.merge import same_number
from etl.releases.own_rows import cell_of
from etl.releases.references import Needs, in_order, needs, pointers, said_of_needs, together, values
from etl.releases.trial import Trials, Tried, usable
from etl.runtime.source_tables import Rows, table_bytes


@dataclass
class Verdict:
    """Files that are taken and refused so far, each with the trial that says so; rows: the tables with the taken."""

    rows: Mapping[str, Rows] = field(default_factory=dict)
    taken: dict[str, tuple[File, Tried]] = field(default_factory=dict)
    refused: dict[str, tuple[File, Tried | None]] = field(default_factory=dict)


def judge(trials: Trials, files: Sequence[File]) -> Judged:
    """What comes of each file, in the order given, and the tables with all that hold."""
    need = needs(trials.datasets, files, standing_keys(trials, files))
    sound = [file for file in files if is_sound(trials, file)]
    verdict = Verdict()
    admit(trials, in_order(sound, need), need, verdict)
    quarrels = disagreements(trials, [file for file, _ in verdict.taken.values()])
    if quarrels:
        verdict = Verdict()
        admit(trials, in_order([file for file in sound if file.id not in quarrels], need), need, verdict)
    for file in files:
        if file.id not in verdict.taken and file.id not in verdict.refused:
            readable = any(usable(trials.datasets, part) for part in file.parts)
            verdict.refused[file.id] = file, trials.of([file], verdict.rows) if readable else None
    names = {file.id: file.name for file in files}
    results = []
    for file in files:
        more = [*quarrels.get(file.id, []), *said_of_needs(file, need, names, verdict.taken)]
        results.append(told(trials, file, verdict, more))
    tables = {name: table_bytes(trials.datasets[name], rows) for name, rows in verdict.rows.items()}
    return Judged(results, tables, trials.names)


def is_sound(trials: Trials, file: File) -> bool:
    """Whether nothing is wrong with a file by itself, so that it is worth a trial."""
    parts = [usable(trials.datasets, part) for part in file.parts if part.rows]
    return bool(parts) and all(parts) and not any(item.severity == "critical" for item in file.own)


def admit(trials: Trials, files: Sequence[File], need: Needs, verdict: Verdict) -> None:
    """Take those of the files that hold, over those that were taken before; refuse each of the others by itself."""
    if not files:
        return
    tried = trials.of(files, verdict.rows)
    accused = [file for file in files if file.id in tried.accused]
    if not accused and not tried.elsewhere:
        verdict.rows = tried.rows
        verdict.taken |= {file.id: (file, tried) for file in files}
    elif len(files) == 1:
        verdict.refused[files[0].id] = files[0], tried
    else:
        for part in parted(files, accused, need):
            admit(trials, part, need, verdict)


def parted(files: Sequence[File], accused: Sequence[File], need: Needs) -> Iterator[Sequence[File]]:
    """Files among which something is wrong, in smaller lots, so that the fault of one is not told to another."""
    if accused and len(accused) < len(files):
        yield [file for file in files if file not in accused]
        yield accused
    elif accused:
        yield from ([file] for file in files)
    else:  # what is wrong is in no row of theirs: half of them make it
        groups = together(files, need)
        lots = groups if len(groups) > 1 else [[file] for file in files]
        middle = len(lots) // 2
        yield from ([file for lot in half for file in lot] for half in (lots[:middle], lots[middle:]))


def standing_keys(trials: Trials, files: Sequence[File]) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The keys that rows of these files may point to and that stand in our tables already."""
    tables = {part.dataset for file in files for part in file.parts if part.rows}
    targets = {(target, columns) for name in tables for target, _, columns in pointers(trials.datasets[name])
               if target in trials.datasets and not trials.datasets[target].derived}
    return {(target, columns, values(row, columns)) for target, columns in targets for row in trials.table(target)}


def disagreements(trials: Trials, files: Sequence[File]) -> dict[str, list[Finding]]:
    """What two files say differently of one row: neither is taken, because nobody can tell which is right."""
    said: dict[tuple[str, str, str], list[tuple[File, str, RowRef]]] = defaultdict(list)
    for file in files:
        for part in file.parts:
            key = trials.datasets[part.dataset].key
            for line, row in zip(part.lines, part.rows, strict=True):
                for column, value in row.items():
                    if value:
                        ref = RowRef(line, key_of(row, key), value, cell_of(part, column, line))
                        said[part.dataset, key_of(row, key), column].append((file, value, ref))
    found: dict[str, list[Finding]] = defaultdict(list)
    for (dataset, _, column), items in said.items():
        for file, value, ref in items:
            others = [(rival.name, other) for rival, other, _ in items
                      if rival is not file and other != value and not same_number(other, value)]
            if others:
                shown = f"«{others[0][1]}» ({others[0][0]})"
                found[file.id].append(finding("files-disagree", dataset, column, [ref], file=file.name, found=shown))
    return found


def told(trials: Trials, file: File, verdict: Verdict, more: Sequence[Finding]) -> HandedIn:
    """A file after it was judged. One that was refused was tried alone: what is wrong elsewhere is its doing."""
    holds = file.id in verdict.taken
    tried = verdict.taken[file.id][1] if holds else verdict.refused[file.id][1]
    elsewhere = [replace(found, file=file.name) for found in (tried.elsewhere if tried and not holds else [])]
    return trials.result(file, tried, holds, [*elsewhere, *more])
