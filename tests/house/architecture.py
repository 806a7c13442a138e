"""Draws docs/architecture.svg from the imports in etl: floors as rows, rooms as boxes, arrows to what a room imports.

An arrow that follows from others is left out: who imports `releases` may import all that `releases` imports.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from html import escape
from pathlib import Path

from support.code import FLOORS, house_imports
from support.repository import ROOT

PICTURE = ROOT / "docs" / "architecture.svg"
ROOMS = {
    "commands": "one command a file", "releases": "sources, before → next", "web": "release → pages → HTML",
    "sources": "one kind of source a file", "national": "all projects of the country", "recipes": "one table a file",
    "checks": "what is wrong → Finding", "exports": "one format a file", "spreadsheets": "people's files",
    "runtime": "files, cache, workers, clock", "domain": "hours, codes, map", "meta": "what is declared, and the nouns",
}
WIDTH, FLOOR, BOX_WIDTH, BOX = 1000, 116, 222, 68
STYLE = ("text{font-family:system-ui,sans-serif;font-size:13px;fill:#33485c}.name{font-size:17px;font-weight:600;"
         "fill:#17324d}.floor{font-size:12px;fill:#5a6772}.box{fill:#fff;stroke:#0066cc;stroke-width:1.5}"
         ".row{fill:#f0f4f8}path{fill:none;stroke:#5a6772;stroke-width:1.3}marker path{fill:#5a6772;stroke:none}")


def files_of(room: str) -> list[Path]:
    """The modules of a room; an empty __init__ is none."""
    return [path for path in sorted((ROOT / "etl" / room).rglob("*.py")) if path.stat().st_size]


def arrows() -> dict[str, set[str]]:
    """Room -> the rooms that it imports, without those that follow from others."""
    direct = {room: {other for path in files_of(room) for _, other in house_imports(path) if other in ROOMS} - {room}
              for room in ROOMS}
    reached: dict[str, set[str]] = {}
    for room in TopologicalSorter(direct).static_order():
        reached[room] = direct[room].union(*(reached[other] for other in direct[room]))
    return {room: {to for to in others if not any(to in reached[other] for other in others)}
            for room, others in direct.items()}


def places() -> dict[str, tuple[int, int]]:
    """Room -> left and top of its box: the highest floor above, rooms beside each other in the order of ROOMS."""
    found = {}
    floors = [[room for room in ROOMS if room in floor] for floor in reversed(FLOORS)]
    for number, rooms in enumerate(rooms for rooms in floors if rooms):
        gap = (WIDTH - 40 - BOX_WIDTH * len(rooms)) // (len(rooms) + 1)
        for place, room in enumerate(rooms):
            found[room] = 40 + gap + place * (BOX_WIDTH + gap), 8 + number * FLOOR
    return found


def picture() -> str:
    """The whole drawing."""
    at, drawn = places(), []
    height = max(top for _, top in at.values()) + BOX + 8
    for floor, top in enumerate(sorted({top for _, top in at.values()}, reverse=True)):
        drawn.append(f'<rect class="row" y="{top - 6}" width="{WIDTH}" height="{BOX + 12}" rx="4"/>'
                     f'<text class="floor" x="12" y="{top + 38}">{floor}</text>')
    for room, others in arrows().items():
        for other in sorted(others, key=list(ROOMS).index):
            (left, top), (right, low) = at[room], at[other]
            x, y, to = left + BOX_WIDTH // 2, top + BOX, right + BOX_WIDTH // 2
            drawn.append(f'<path d="M{x} {y}C{x} {y + 40} {to} {low - 44} {to} {low - 3}" marker-end="url(#to)"/>')
    for room, words in ROOMS.items():
        files, (left, top) = files_of(room), at[room]
        lines = round(sum(len(path.read_text("utf-8").splitlines()) for path in files), -2)
        middle = f'x="{left + BOX_WIDTH // 2}" text-anchor="middle"'
        drawn.append(f'<rect class="box" x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX}" rx="4"/>'
                     f'<text class="name" {middle} y="{top + 22}">{room}</text>'
                     f'<text {middle} y="{top + 41}">{escape(words)}</text>'
                     f'<text {middle} y="{top + 58}">{len(files)} modules, {lines:,} lines</text>')
    told = " ".join(f"{room} imports {', '.join(sorted(others))}." for room, others in arrows().items() if others)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        'aria-labelledby="title desc">',
        '<title id="title">The house: six floors, imports go down</title>', f'<desc id="desc">{told}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        '<path d="M0 0L8 4L0 8z"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>', *drawn, "</svg>\n"])


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
