"""A chart whole, as one SVG: title, unit, key, signs, source, date, version and licence inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from etl.web.charts import drawing
from etl.web.charts.letters import SPARE, Letters
from etl.web.charts.model import Areas, Chart, Rate, Row, Rows, Staged
from etl.web.charts.words import Euro, said
from etl.web.kinds import N_
from etl.web.language import Language

WIDTH, SHOWN, EDGE = 720, 1200, 28
"""Units of the drawing, pixels in which it is shown, and its border."""
TITLE, UNIT, LABEL, SMALL = (24, 30), (15, 21), (15, 20), (13, 18)
"""(size of letters, height of a line)."""
LABELS, GAP, SIGN = 236, 14, 22
MAP = 460
UNKNOWN, DOUBTFUL, AND = N_("nessun dato"), N_("dato dubbio"), ": "
Part = tuple[str, float]
"""SVG drawn from y = 0 on, and how high it is."""


@dataclass(frozen=True)
class Maker:
    """What pictures of a language are made with. inks: token -> colour. sheet, dark: the classes of signs as CSS, for
    light and for dark screens."""

    language: Language
    letters: Letters
    inks: Mapping[str, str]
    sheet: str
    dark: str = ""

    def say(self, text: Any) -> str:
        """Words in the language."""
        return said(text, self.language)

    def text(
        self, words: str, form: tuple[int, int], room: float, x: float = 0, bold: bool = False, ink: str = "ink",
    ) -> Part:
        """Words broken into lines."""
        size, height = form
        lines = self.letters.lines(words, size, room, bold)
        look = f'font-size="{size}" fill="{self.inks[ink]}"' + (' font-weight="600"' if bold else "")
        shown = "".join(f'<text x="{x:g}" y="{number * height + size:g}" {look}>{escape(line)}</text>'
                        for number, line in enumerate(lines))
        return shown, len(lines) * height


def picture(chart: Chart, maker: Maker, origin: str, foot: str) -> str:
    """The SVG of a chart. origin: its sources in words. foot: site, version, licence and address."""
    room = WIDTH - 2 * EDGE
    about = " ".join(filter(None, (origin, maker.say(chart.coverage))))
    title, unit = maker.say(chart.title), maker.say(chart.unit)
    parts = [
        maker.text(title, TITLE, room, bold=True), ("", 4), maker.text(unit, UNIT, room, ink="muted"), ("", 12),
        *key(chart, maker, room), body(chart, maker, room), ("", 14),
        (f'<line x1="0" x2="{room}" y1="0.5" y2="0.5" stroke="{maker.inks["line"]}"/>', 10),
        *(maker.text(words, SMALL, room, ink="muted") for words in (about, foot) if words),
    ]
    drawn, height = stacked(parts)
    tall = height + 2 * EDGE
    told = f"<title>{escape(title)}</title><desc>{escape(f'{unit}. {about} {foot}')}</desc><style>{maker.sheet}</style>"
    ground = f'<rect width="{WIDTH}" height="{tall:g}" fill="{maker.inks["bg"]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall:g}" width="{SHOWN}" '
        f'height="{tall * SHOWN / WIDTH:g}" lang="{maker.language.code}" role="img" '
        f'font-family="Titillium Web, Arial, sans-serif">{told}{ground}'
        f'<g transform="translate({EDGE} {EDGE})">{drawn}</g></svg>\n'
    )


def map_alone(areas: Areas, maker: Maker) -> str:
    """The SVG of a map as pages show it, which say the rest: in the colours of the screen, light or dark."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {areas.width} {areas.height}" class="chart" '
        f'font-family="Arial, sans-serif"><style>{maker.sheet}@media (prefers-color-scheme: dark) {{{maker.dark}}}'
        f"</style>{drawing.areas(areas)}</svg>\n"
    )


def stacked(parts: Iterable[Part]) -> Part:
    """Parts under each other."""
    shown, y = [], 0.0
    for inner, height in parts:
        if inner:
            shown.append(f'<g transform="translate(0 {y:g})">{inner}</g>')
        y += height
    return "".join(shown), y


def key(chart: Chart, maker: Maker, room: float) -> list[Part]:
    """The signs and what they mean, side by side where they fit."""
    inner, left, row = [], 0.0, 0
    for look, words in chart.key:
        text = maker.say(words)
        width = SIGN + maker.letters.width(text, LABEL[0]) / SPARE
        if left and left + width > room:
            left, row = 0.0, row + 1
        inner.append(f'<g transform="translate({left:g} {row * LABEL[1]})">{sign(look)}'
                     f"{maker.text(text, LABEL, 10 * room, SIGN)[0]}</g>")
        left += width + GAP
    return [("".join(inner), (row + 1) * LABEL[1] + 10)] if inner else []


def sign(look: str) -> str:
    """The sign of a key, on the line of its words."""
    inner = drawing.swatch(look).partition(">")[2].removesuffix("</svg>")
    return f'<g class="chart" transform="translate(0 3)">{inner}</g>'


def body(chart: Chart, maker: Maker, room: float) -> Part:
    """The signs of a chart, in its form."""
    match chart.body:
        case Rows() as rows:
            return lines(rows, maker, room)
        case Staged() as bar:
            drawn = drawing.staged(bar, maker.say, room), drawing.STAGED_HEIGHT + 6
            return stacked([signs(*drawn), *amounts(bar, maker, room)])
        case Rate() as rate:
            return signs(drawing.rate(rate, maker.say, room), drawing.RATE_HEIGHT)
        case Areas() as areas:
            tall = MAP * areas.height / areas.width
            place = f'x="{(room - MAP) / 2:g}" width="{MAP}" height="{tall:.0f}"'
            shapes = f'<svg {place} viewBox="0 0 {areas.width} {areas.height}">{drawing.areas(areas)}</svg>'
            return signs(shapes, tall)


def signs(inner: str, height: float) -> Part:
    """What the classes of charts.css draw."""
    return f'<g class="chart">{inner}</g>', height


def amounts(bar: Staged, maker: Maker, room: float) -> list[Part]:
    """The stages of a bar with their amounts, the last one first."""
    found = []
    for stage in reversed(bar.stages):
        told, look = maker.language.gettext(UNKNOWN), "ku"
        if stage.amount is not None:
            told, look = f"{maker.say(Euro(stage.amount))} ({maker.language.money(stage.amount)})", stage.look
        odd = "".join(f" – {maker.language.label(code, 'funding', 'doubts')}" for code in stage.doubts)
        inner, height = maker.text(f"{maker.say(stage.name)}{AND}{told}{odd}", LABEL, room - SIGN, SIGN)
        found.append((sign(look) + inner, height + 4))
    return found


def lines(rows: Rows, maker: Maker, room: float) -> Part:
    """A row chart: labels, plots, values."""
    values, wide = (max((maker.letters.width(maker.say(words), LABEL[0], True) / SPARE for words in column), default=0)
                    for column in ([row.value for row in rows.lines], [row.label for row in rows.lines]))
    label = min(LABELS, wide) if rows.compact else LABELS
    plot = max(room - label - min(values, 200) - 2 * GAP, 80)
    top = f'<g class="chart" transform="translate({label + GAP:g} 0)">{drawing.axis(rows.ticks, maker.say, plot)}</g>'
    parts = [(top, drawing.AXIS_HEIGHT)] if rows.ticks else []
    return stacked([*parts, *(line(row, rows, maker, (label, plot, room)) for row in rows.lines)])


def line(row: Row, rows: Rows, maker: Maker, widths: tuple[float, float, float]) -> Part:
    """One line of a row chart; what is doubtful says so."""
    label, plot, room = widths
    named, tall = maker.text(maker.say(row.label), LABEL, label, bold=row.strong)
    odd = maker.language.gettext(DOUBTFUL) if row.doubts else ""
    small, more = maker.text(" · ".join(filter(None, (maker.say(row.small), odd))), SMALL, label, ink="muted")
    words = f'{named}<g transform="translate(0 {tall})">{small}</g>' if row.small or odd else named
    height = max(tall + (more if row.small or odd else 0), rows.height) + 6
    middle = height / 2
    plotted = (f'<g class="chart" transform="translate({label + GAP:g} {middle - rows.height / 2:g})">'
             f"{drawing.plot(row.marks, rows.ticks, rows.height, plot)}</g>")
    value = (f'<text x="{room:g}" y="{middle + 5:g}" text-anchor="end" font-size="{LABEL[0]}" font-weight="600" '
             f'fill="{maker.inks["ink"]}">{escape(maker.say(row.value))}</text>')
    return f"{words}{plotted}{value}", height
