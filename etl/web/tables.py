"""Tables whose rows become cards on a telephone: each cell knows its column."""

from __future__ import annotations

import re

from markupsafe import Markup

PART = re.compile(r"<(/?)(thead|tr|th|td)\b([^>]*)>")
TAG = re.compile(r"<[^>]*>")


def stacked(html: str) -> Markup:
    """The inside of a table, for `.table-cards`: every cell below the head carries the words of its heading in
    `data-name`. Roles are left to the elements: the Nu checker takes none inside a table, and browsers keep them.

    html: `<thead>` with one row, then `<tbody>`; no cell spans another, no table lies inside.
    """
    text, names, made, done, column, in_head = str(html), headings(str(html)), [], 0, 0, False
    for found in PART.finditer(text):
        closing, part, attributes = found.groups()
        if part == "thead":
            in_head = not closing
        elif part == "tr":
            column = 0
        elif not closing:
            if not in_head and column < len(names):
                made += [text[done : found.start()], f'<{part}{attributes} data-name="{names[column]}">']
                done = found.end()
            column += 1
    return Markup("".join([*made, text[done:]]))  # noqa: S704 - the same signs that came in, marked safe by Jinja


def headings(html: str) -> list[str]:
    """The words of the headings of a table, as they may stand in an attribute."""
    head = html.partition("</thead>")[0]
    cells = (cell.partition(">")[2].partition("</th>")[0] for cell in re.split(r"<th\b", head)[1:])
    return [" ".join(TAG.sub(" ", cell).split()).replace('"', "&#34;") for cell in cells]
