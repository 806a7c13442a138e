"""A project page -> its facts. A label is taken, ignored by name, or signalled; the description is never taken.

What the page does not say for certain is left out and told: two pieces below a label of one value, a value that stands
nearer to another label, figures of two days.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.meta.words import normal
from etl.sources.labelled import LABEL_TAGS, Entry, entries, nearest
from etl.sources.model import Record
from etl.sources.page_values import AMOUNT, AMOUNTS, CODES, SEVERAL, codes, day_of, is_sure, says_nothing, value
from etl.sources.visible_text import HEADINGS, upwards, visible_lines

INITIALS = re.compile(r"\b(?:[a-z] )+[a-z]\b")  # R.U.P., R. U. P.
UNIT = re.compile(r"^€ | (?:in )?(?:€|eur|euro)$")


def name_of(text: str) -> str:
    """A text as a label is compared: without case, accents, signs, the dots of initials and the unit of its values."""
    return INITIALS.sub(lambda match: match[0].replace(" ", ""), UNIT.sub("", normal(text)))


LABELS = tomllib.loads(Path(__file__).with_name("programme_page.toml").read_text("utf-8"))
TAKEN = {name_of(label): name for name, labels in LABELS.items() for label in labels}
"""Label -> field of the record."""
PROSE = name_of("descrizione dell'intervento")
PROGRESS = "avanzamento finanziario"
ATTACHED = frozenset({"photogallery", "documentazione"})
"""Labels ignored with all that stands below them: names of files, or that there are none."""
KNOWN = {PROSE, PROGRESS, *ATTACHED, *TAKEN}
DATED = {PROGRESS, *(label for label, name in TAKEN.items() if name in AMOUNTS)}
ON_A_DAY = re.compile(
    r"(?i)(?:(.{2,80}?)[\s(,;:–-]*\b)?(?:dati\s+)?(?:aggiornat[oiae]\s+)?(?:al|alla data del|alla data di)\s+"
    r"([^)]*[0-9][^)]*?)[\s).]*")
"""A label or nothing, and the day that its figures are of: "Avanzamento finanziario al 31/12/2019"."""
GAP = 4
WORD = re.compile(r"[^\W\d_]{2}")


@dataclass
class PageFacts:
    """What a page says. values: field -> its values in reading order; strange: pieces that belong to no label.

    unsure: what stands below a label and may or may not be its value; as_of: the day that the amounts are of, ISO, ""
    when the page does not say. shared: the page is about other projects too, and does not say which facts are whose.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    title: str = ""
    as_of: str = ""
    shared: bool = False

    def record(self) -> Record:
        """The facts as text, "" for a label without a value; several CUPs have | between them."""
        return {"title": self.title} | {name: "|".join(values) for name, values in self.values.items()}


@dataclass
class Group:
    """A label and the pieces below it; far: what stands there and is nearer to another label."""

    head: Entry
    pieces: list[Entry] = field(default_factory=list)
    far: list[Entry] = field(default_factory=list)


def label_of(text: str) -> str:
    """The label that a text is, a day behind it left aside; "" when it is none of ours."""
    if len(text) > 160:
        return ""
    name = name_of(text)
    if name in KNOWN:
        return name
    dated = ON_A_DAY.fullmatch(text.strip())
    label = name_of(dated[1] or "") if dated else ""
    return label if label in DATED else ""


def parse(text: str, wanted: str = "") -> PageFacts:
    """Read a page; wanted: the code of the project that it was asked for, "" when the address says none."""
    facts = PageFacts()
    found = of_one_project(facts, list(entries(visible_lines(text), label_of)), wanted)
    start = first_label(found)
    if start is None:
        return facts
    if found[start].label == PROSE and start and found[start - 1].tag in HEADINGS:
        facts.title = found[start - 1].text
    groups = list(grouped(found[start:]))
    for label in dict.fromkeys(group.head.label for group in groups):
        settle(facts, label, [group for group in groups if group.head.label == label])
    set_day(facts, groups)
    return facts


def of_one_project(facts: PageFacts, found: list[Entry], wanted: str) -> list[Entry]:
    """The entries without those of other projects (cards below "Altri progetti"), each in its own part of the page.

    A part is as large as it can be without the code that was asked for. A code that has only its own line is no part:
    then nobody can tell whose the facts around it are.
    """
    said = [entry for entry in found if not entry.label and CODES["code"].fullmatch(entry.text)]
    trunk = {element for entry in said if entry.text == wanted for element in upwards(entry.place)}
    if not trunk:
        return found
    parts = set()
    for entry in said:
        if entry.text != wanted:
            part = next(e for e in upwards(entry.place) if e.parent in trunk or e in trunk)
            above = found[: found.index(entry)]
            labelled = next((one.label for one in reversed(above) if one.label), "")
            if part in (entry.place, entry.place.block) or part in trunk:
                facts.shared |= TAKEN.get(labelled) == "code"
            else:
                parts.add(part)
    kept = [entry for entry in found if parts.isdisjoint(upwards(entry.place))]
    facts.shared |= has_facts(found) and not has_facts(kept)
    return kept


def has_facts(found: Sequence[Entry]) -> bool:
    """Whether there is a label of a fact beside that of the code."""
    return any(TAKEN.get(entry.label, "code") != "code" for entry in found)


def first_label(found: Sequence[Entry]) -> int | None:
    """Where the content starts: at the description, else at the first label of the group that holds the code.

    A menu may hold words such as "Città" far above; labels of one group stand at most GAP pieces apart.
    """
    labels = [entry.label for entry in found]
    if PROSE in labels:
        return labels.index(PROSE)
    code = next((number for number, label in enumerate(labels) if TAKEN.get(label) == "code"), None)
    if code is None:
        return None
    start, between = code, 0
    for number in range(code, -1, -1):
        between += not (labels[number] or found[number].apart)
        if labels[number]:
            start, between = number, 0
        elif between > GAP:
            break
    return start


def grouped(found: Sequence[Entry]) -> Iterator[Group]:
    """Each label with what stands below it; a label that nobody knows is one too where it stands as labels do."""
    groups: list[Group] = []
    for entry in found:
        if entry.label or begins_unknown(groups[-1], entry):
            groups.append(Group(entry))
        else:
            groups[-1].pieces.append(entry)
    for number, group in enumerate(groups):
        before = groups[number - 1].head if number and not groups[number - 1].pieces else None
        after = groups[number + 1].head if number + 1 < len(groups) else None
        group.far = [piece for piece in group.pieces if not nearest(group.head, piece, before, after)]
        yield group


def begins_unknown(group: Group, entry: Entry) -> bool:
    """Whether a piece is a label never seen, below a label that has its value already: a word in an element of labels,
    or one with a capital in a paragraph of its own where the value before stood on the line of its label."""
    said = [piece for piece in group.pieces if not piece.apart]
    if group.head.label not in TAKEN or len(said) != 1 or entry.remark or not WORD.match(entry.text):
        return False
    if entry.apart and not group.head.apart:
        return False
    if entry.tag in LABEL_TAGS:
        return said[0].tag not in LABEL_TAGS
    line = group.head.place.block
    return said[0].place.block is line and entry.place.block is not line and entry.text[0].isupper()


def settle(facts: PageFacts, label: str, groups: Sequence[Group]) -> None:
    """The value of one label from wherever it occurs. Where it is not certain none is taken, and all are told."""
    if label == PROSE or label in ATTACHED:
        return
    if label not in TAKEN:
        heads = [group.head for group in groups if not group.head.label]
        facts.strange.extend(dict.fromkeys(
            entry.text for entry in [*heads, *(piece for group in groups for piece in group.pieces)]
            if not entry.apart and not (label and ON_A_DAY.fullmatch(entry.text))))
        return
    name = TAKEN[label]
    values = list(dict.fromkeys(item for group in groups for item in certain(facts, name, group)))
    sure = not any(text.startswith(f"{label}: ") for text in facts.unsure)
    if len(values) > 1 and name not in SEVERAL:
        facts.contradictions.append(f"{label}: {' / '.join(values)}")
    facts.values.setdefault(name, []).extend(values if sure and (len(values) == 1 or name in SEVERAL) else [])


def certain(facts: PageFacts, name: str, group: Group) -> list[str]:
    """The values that one label has for certain; what is no value is told."""
    pieces = list({piece.text: piece for piece in group.pieces
                   if not says_nothing(name, piece.text) and not (piece.apart and is_pressed(piece))}.values())
    said = [piece for piece in pieces if not piece.apart or is_figures(name, piece)] or pieces
    if name in CODES:
        found = [codes(name, piece) for piece in said]
        facts.strange.extend(piece.text for piece, (_, alone) in zip(said, found, strict=True) if not alone)
        return [code for each, _ in found for code in each]
    values = [value(name, piece) for piece in said if piece not in group.far and not piece.apart]
    if len(said) == 1 and values == [""] and not said[0].remark and not re.search("[0-9]", said[0].text):
        facts.strange.append(said[0].text)
        return []
    if len(said) > 1 or not all(values) or len(values) < len(said):
        facts.unsure.append(f"{group.head.label}: {' / '.join(piece.text for piece in said)}")
        return []
    return values


def is_figures(name: str, piece: Entry) -> bool:
    """Whether a piece may be a part of an amount, wherever it stands: figures without a word."""
    return name in AMOUNTS and bool(re.search("[0-9]", piece.text)) and not WORD.search(UNIT.sub("", piece.text))


def is_pressed(piece: Entry) -> bool:
    """Whether a piece is the words of a button, which say what it does."""
    return any(element.tag == "button" for element in upwards(piece.place))


def set_day(facts: PageFacts, groups: Sequence[Group]) -> None:
    """The day that the amounts are of, where the page says one. Of two days, or of one that is none, no amount is
    taken; nor is any where amounts stand above their labels."""
    progress = [piece for group in groups if group.head.label == PROGRESS for piece in group.pieces]
    stated = [entry.text for entry in [*progress, *(group.head for group in groups if group.head.label in DATED)]]
    days = {day_of(match[2].strip()) for text in stated if (match := ON_A_DAY.fullmatch(text))}
    shifted = any(AMOUNT.fullmatch(piece.text) and is_sure("paid", piece.text) for piece in progress)
    if shifted or len(days) > 1 or "" in days:
        facts.unsure.append(f"{PROGRESS}: {' / '.join(dict.fromkeys(stated))}")
        facts.values |= {name: [] for name in AMOUNTS if name in facts.values}
    else:
        facts.as_of = next(iter(days), "")
