"""Connector `programme-page`: the facts of a project from its page on the programme's site, read by visible labels.

The pages come in three layouts (older, newer, 2021-2027) and their HTML changes; their labels hardly do. A label is
taken, ignored by name, or signalled. The description, which is prose, is never taken.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef
from etl.sources.model import Batch, FailedSourceError, Record, Request
from etl.sources.visible_text import page_text, visible_pieces

LABELS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
TAKEN = {label: name for name, labels in LABELS.items() for label in labels}
"""Label -> field of the record."""
PROSE = "descrizione dell'intervento"
IGNORED = frozenset({PROSE, "avanzamento finanziario", "photogallery", "documentazione"})
ATTACHED = frozenset({"photogallery", "documentazione"})
"""Labels ignored with all that stands below them: names of files, or that there are none."""
SEVERAL = frozenset({"cup"})
INSIDE = re.compile(r"([^:]{2,40}):\s*(.+)")
GAP = 4
ANYTHING = re.compile("")
FIGURE = re.compile(r"[0-9]")
SHAPES = {
    "code": re.compile(r"^[A-Z]{2}[0-9](\.[0-9]+){2,3}\.[a-z][0-9]*$"), "cup": re.compile(r"^[A-Z0-9]{15}$"),
    **dict.fromkeys(("start_date", "end_date", "programmed", "admitted", "committed", "paid", "programme_resources",
                     "other_resources"), FIGURE),
}
"""What a value must look like to be taken as that of its label: a new label in its place does not."""
NO_RECORD = frozenset({"page-not-a-project", "page-other-project"})


def read(request: Request) -> Batch:
    """One record per page that could be read; one that could not is a finding, and the others are read all the same."""
    records, told, fault, unread = [], [], None, 0
    asked = addresses(request)
    for url in asked:
        try:
            # Asked for whole each time: what is strange on a page must be told as long as it stands there.
            response = request.fetcher.get(url, "html", conditional=False)
        except FailedSourceError as error:
            fault = error
            row = RowRef(None, code_of(url), url)
            why = str(error).split(" || ")[0]
            told.append(finding("page-failed", request.dataset, "", [row], "warning", found=why))
            continue
        if response.unchanged and not response.path:
            unread += 1
            continue
        page = parse(page_text(response.body, response.charset))
        problems = list(faults(request.dataset, url, page))
        told.extend(problems)
        if not any(item.check in NO_RECORD for item in problems):
            records.append({**page.record(), "@url": url, "@date": request.today.isoformat()})
    if fault and not records and not unread:
        raise fault
    return Batch(records, together(told), len(records) == len(asked))


def together(found: list[Finding]) -> list[Finding]:
    """The same thing said of many pages, said once with all of them."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for item in found:
        groups.setdefault((item.check, item.message["it"]), []).append(item)
    return [
        replace(items[0], rows=tuple(row for item in items for row in item.rows), count=len(items))
        for items in groups.values()
    ]


def addresses(request: Request) -> list[str]:
    """The pages to read: those that the declaration names, or that a column of the table holds, on declared hosts."""
    options = request.options
    if "addresses_from" in options:
        found = [row.get(options["addresses_from"], "") for row in request.rows]
        return list(dict.fromkeys(url for url in found if urlsplit(url).hostname in options["hosts"] and code_of(url)))
    stated = options["address"]
    return [stated] if isinstance(stated, str) else list(stated)


def code_of(url: str) -> str:
    """The project that an address asks for (?codice=RM3.1.1.b1, ?id=RM3.2.8.3.b), "" when it asks for none."""
    query = parse_qs(urlsplit(url).query)
    return next((query[name][0] for name in ("codice", "id") if name in query), "")


@dataclass
class PageFacts:
    """What a page says. values: field -> its values in reading order; strange: pieces that belong to no label."""

    values: dict[str, list[str]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    title: str = ""

    def record(self) -> Record:
        """The facts as text, "" for a label without a value; several CUPs have | between them."""
        return {"title": self.title} | {name: "|".join(values) for name, values in self.values.items()}


def label_of(text: str) -> str:
    """A piece of text as a label: without case, colon, dots and blanks at its ends; "" when it is none of ours."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("`", "'").replace("–", "-")
    plain = " ".join(plain.replace("r.u.p.", "rup").replace("r.p.", "rp").strip(" :*").split())
    return plain if plain in TAKEN or plain in IGNORED else ""


def parse(text: str) -> PageFacts:
    """Read a page: from its first label on, each piece is a label, the value of one, prose, ignored, or strange."""
    pieces = [part for piece in visible_pieces(text) for part in labelled(piece)]
    labels = [label_of(piece) for piece in pieces]
    facts = PageFacts()
    start = first_label(labels)
    if start is None:
        return facts
    before = pieces[start - 1] if start else ""
    if labels[start] == PROSE and getattr(before, "heading", False):
        facts.title = str(before)
    given: dict[str, list[list[str]]] = {}
    values: list[str] = []
    for piece, label in zip(pieces[start:], labels[start:], strict=True):
        if label:
            values = []
            given.setdefault(label, []).append(values)
        else:
            values.append(str(piece))
    for label, lists in given.items():
        settle(facts, label, lists)
    return facts


def labelled(piece: str) -> Iterator[str]:
    """A piece as it is, or its label and its value where both are on one line: "Data fine: 2022"."""
    match = INSIDE.fullmatch(piece)
    if match and label_of(match[1]):
        yield from (match[1], match[2])
    else:
        yield piece


def first_label(labels: list[str]) -> int | None:
    """Where the content starts: at the description, else at the first label of the group that holds the code.

    A menu may hold words such as "Città" far above; labels of one group stand at most GAP pieces apart.
    """
    if PROSE in labels:
        return labels.index(PROSE)
    code = next((number for number, label in enumerate(labels) if TAKEN.get(label) == "code"), None)
    if code is None:
        return None
    start = code
    for number in range(code, -1, -1):
        if labels[number]:
            start = number
        elif start - number > GAP:
            break
    return start


def settle(facts: PageFacts, label: str, lists: list[list[str]]) -> None:
    """The value of one label, from what stands below it wherever it occurs; what does not fit is strange.

    Two pieces below a label that has one value may be its value and a label never seen, or a label and its value:
    nobody can tell, so neither is taken.
    """
    pieces = list(dict.fromkeys(piece for values in lists for piece in values))
    if label == PROSE or label in ATTACHED:
        return
    if label in IGNORED:
        facts.strange.extend(pieces)
        return
    name = TAKEN[label]
    if name in SEVERAL:
        pieces = [part for piece in pieces for part in re.split(r"\s*[/,;|]\s*|\s+e\s+", piece) if part]
    fits = [piece for piece in pieces if not piece.endswith(":") and SHAPES.get(name, ANYTHING).search(piece)]
    facts.strange.extend(piece for piece in pieces if piece not in fits)
    if len(fits) > 1 and name not in SEVERAL:
        alone = [values for values in lists if len(values) == 1]
        if len(alone) == len(lists):
            facts.contradictions.append(f"{label}: {' / '.join(fits)}")
        else:
            facts.strange.extend(fits[1:] if name in SHAPES else fits)
        fits = fits[:1] if name in SHAPES and len(alone) != len(lists) else []
    facts.values.setdefault(name, []).extend(fits)


def faults(dataset: str, url: str, page: PageFacts) -> Iterator[Finding]:
    """What is wrong with a page as a whole, and each piece on it that nobody knows."""
    def said(check: str, found: str, expected: str = "") -> Finding:
        return finding(check, dataset, "", [RowRef(None, code_of(url), url)], "warning", found=found[:200],
                       expected=expected)

    wanted, codes = code_of(url), page.values.get("code", [])
    if not codes:
        yield said("page-not-a-project", url)
    elif wanted and codes[0] != wanted:
        yield said("page-other-project", codes[0], wanted)
    yield from (said("page-contradiction", text) for text in page.contradictions)
    yield from (said("page-unknown-label", text) for text in dict.fromkeys(page.strange))
