"""Tables whose rows become cards on a telephone: each cell knows its column, each part says what it is."""

from __future__ import annotations

import re

from markupsafe import Markup

PART = re.compile(r"<(/?)(thead|tbody|tfoot|tr|th|td)\b([^>]*)>")
GROUPS = frozenset({"thead", "tbody", "tfoot"})
ROLES = dict.fromkeys(GROUPS, "rowgroup") | {"tr": "row", "td": "cell"}
TAG = re.compile(r"<[^>]*>")


def stacked(html: str) -> Markup:
    """The inside of a table, for `.table-cards`: every cell below the head carries the words of its heading in
    `data-name`, and every part its role, which some browsers forget once a row is no longer laid out as one.

    html: `<thead>` with one row, then `<tbody>`; no cell spans another, no table lies inside.
    """
    text, names, made, done, column, in_head = str(html), headings(str(html)), [], 0, 0, False
    for found in PART.finditer(text):
        closing, part, attributes = found.groups()
        if part in GROUPS:
            in_head = part == "thead" and not closing
        if closing:
            continue
        said = f' role="{ROLES.get(part) or heading(attributes)}"'
        if part == "tr":
            column = 0
        elif part in ("th", "td"):
            if not in_head and column < len(names):
                said += f' data-name="{names[column]}"'
            column += 1
        made += [text[done : found.start()], f"<{part}{attributes}{said}>"]
        done = found.end()
    return Markup("".join([*made, text[done:]]))  # noqa: S704 - the same signs that came in, marked safe by Jinja


def heading(attributes: str) -> str:
    """The role of a `th`, by its scope."""
    return "rowheader" if 'scope="row"' in attributes else "columnheader"


def headings(html: str) -> list[str]:
    """The words of the headings of a table, as they may stand in an attribute."""
    head = html.partition("</thead>")[0]
    cells = (cell.partition(">")[2].partition("</th>")[0] for cell in re.split(r"<th\b", head)[1:])
    return [" ".join(TAG.sub(" ", cell).split()).replace('"', "&#34;") for cell in cells]
