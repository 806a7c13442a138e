"""The signs of a chart as SVG: x in percent of a width that is not known yet, or in pixels of one that is; y in pixels.

So text keeps its size at every width. No style attributes and no scripts: only classes and attributes of SVG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import Decimal

from markupsafe import Markup, escape

from etl.web.charts.model import Areas, Mark, Period, Rate, Staged

TEXT = 14
"""Pixels of all text in a chart, at every width."""
BAR_TOP, BAR, STAGED_HEIGHT = 26, 44, 96
RATE_HEIGHT, RATE_BASE, RATE_TOP, GAP = 190, 160, 30, 26
AXIS_HEIGHT = 20
NEAR_EDGE, HALF = 4, 40
"""Percent from a border within which words begin or end at their place; from which on they end there."""
LETTER, NARROWEST = 8.5, 240
"""Pixels of a letter, about, and of the narrowest chart."""
DOTS = ("kb", "kh", "kc")
"""Looks of the key that are drawn as a dot."""
Say = Callable[[object], str]


def x(share: Decimal | float | None, width: float | None = None) -> str:
    """A place between 0 and 100 percent, as an attribute; what lies outside, or is no number, at the border."""
    part = float(share) if share is not None else 0.0
    part = 0.0 if math.isnan(part) else max(0.0, min(100.0, part))
    text = f"{part if width is None else part * width / 100:.2f}".rstrip("0").rstrip(".")
    return f"{text}%" if width is None else text


def span(start: Decimal | float, end: Decimal | float, width: float | None = None) -> str:
    """The attributes of what goes from one place to another."""
    first, last = (max(0.0, min(100.0, 0.0 if math.isnan(float(at)) else float(at))) for at in (start, end))
    return f'x="{x(min(first, last), width)}" width="{x(abs(last - first), width)}"'


def anchor(share: float) -> str:
    """Where words at a place begin, so that none leaves the chart."""
    return "start" if share < NEAR_EDGE else "end" if share > 100 - NEAR_EDGE else "middle"


def written(place: float, y: float, words: str, look: str = "m", width: float | None = None, at: str = "") -> str:
    """Words at a place."""
    return (f'<text x="{x(place, width)}" y="{y:g}" text-anchor="{at or anchor(place)}" class="{look}">'
            f"{escape(words)}</text>")


def canvas(inner: str, height: float, width: float | None = None, alt: str = "") -> Markup:
    """What holds signs; words for those who cannot see make it a picture, without them it is none."""
    about = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return Markup(f'<svg width="{"100%" if width is None else f"{width:g}"}" height="{height:g}" {about}>{inner}</svg>')  # noqa: S704 - escaped as it is written


def mark(sign: Mark, height: float, width: float | None = None) -> str:
    """One sign of a row."""
    middle = height / 2
    if sign.shape == "dot":
        return f'<circle cx="{x(sign.x, width)}" cy="{middle:g}" r="{sign.size:.1f}" class="{sign.look}"/>'
    if sign.shape == "stem":
        return (f'<line x1="{x(sign.x, width)}" x2="{x(sign.to, width)}" y1="{middle:g}" y2="{middle:g}" '
                f'class="{sign.look}"/>')
    if sign.shape == "edge":
        return f'<line x1="{x(sign.x, width)}" x2="{x(sign.x, width)}" y1="0" y2="{height:g}" class="{sign.look}"/>'
    return block(span(sign.x, sign.to, width), (height - sign.size) / 2, sign.size, sign.look)


def block(across: str, y: float, height: float, look: str) -> str:
    """A rectangle. across: its `span`."""
    return f'<rect {across} y="{y:g}" height="{height:g}" class="{look}"/>'


def plot(
    marks: Iterable[Mark], ticks: Iterable[tuple[float, object]], height: float, width: float | None = None,
) -> str:
    """The signs of one row over light lines."""
    lines = (Mark("edge", "grid-l", place) for place, _ in ticks)
    return "".join(mark(sign, height, width) for sign in (*lines, *marks))


def axis(ticks: Iterable[tuple[float, object]], say: Say, width: float | None = None) -> str:
    """The words above the lines."""
    return "".join(written(place, TEXT, say(words), width=width) for place, words in ticks)


def largest(body: Staged) -> Decimal:
    """The amount that is as wide as the chart."""
    return max((stage.amount for stage in body.stages if stage.amount is not None), default=Decimal(0))


def staged(body: Staged, say: Say, width: float | None = None) -> str:
    """One bar; the largest part first, so that each is seen."""
    widest, known = largest(body), [stage for stage in body.stages if stage.amount is not None]
    if widest <= 0:
        return block(span(0, 100, width), BAR_TOP, BAR, "ku")
    signs = [block(span(0, 100 * stage.amount / widest, width), BAR_TOP, BAR, stage.look)
             for stage in sorted(known, key=lambda stage: -(stage.amount or 0)) if stage.amount]
    last = body.stages[-1].amount
    if last is not None and body.mark:
        end = 100 * last / widest
        ends = f'x1="{x(end, width)}" x2="{x(end, width)}" y1="{BAR_TOP - 8}" y2="{BAR_TOP + BAR + 8}"'
        signs += [f'<line {ends} class="axis"/>', written(0, BAR_TOP - 10, say(body.mark), "b", width)]
    whole = body.stages[body.whole].amount
    signs.append(written(0, STAGED_HEIGHT - 6, say(Decimal(0)), width=width))
    if whole and body.foot:
        place = float(max(Decimal(0), 100 * whole / widest))
        side = "end" if place > HALF else "start"
        signs.append(written(place, STAGED_HEIGHT - 6, say(body.foot), width=width, at=side))
    return "".join(signs)


def rate(body: Rate, say: Say, width: float | None = None) -> str:
    """Bars over time; the words on them are drawn after all bars and end where theirs ends."""
    top = body.top if body.top > 0 else 1.0

    def y(height: float) -> float:
        return RATE_BASE - (RATE_BASE - RATE_TOP) * max(0.0, min(1.0, height / top))

    signs = []
    half, whole = (say(Decimal(f"{height:g}")) for height in (top / 2, top))
    for height, words in ((top / 2, half), (top, f"{whole} {say(body.unit)}")):
        signs += [f'<line x1="0" x2="{x(100, width)}" y1="{y(height):g}" y2="{y(height):g}" class="grid-l"/>',
                  written(0, y(height) - 4, words, width=width)]
    signs += [period(one, y, say, width) for one in body.periods]
    signs += numbers([one for one in body.periods if one.height is not None], y, say, width)
    signs.append(f'<line x1="0" x2="{x(100, width)}" y1="{RATE_BASE}" y2="{RATE_BASE}" class="axis"/>')
    signs += [written(place, RATE_BASE + 18, say(words), width=width) for place, words in body.ticks]
    return "".join(signs)


def numbers(periods: Iterable[Period], y: Callable[[float], float], say: Say, width: float | None) -> list[str]:
    """The words on the bars, at the end of each; above those before where they would lie on them on a telephone."""
    signs, before, high = [], -100.0, 0.0
    for one in sorted(periods, key=lambda each: each.start):
        words, at = say(one.words), y(one.height or 0) - 6
        if one.end - before < 100 * LETTER * len(words) / NARROWEST and abs(at - high) < TEXT:
            at = high - TEXT
        signs.append(written(one.end, at, words, "b", width, "end"))
        before, high = one.end, at
    return signs


def period(one: Period, y: Callable[[float], float], say: Say, width: float | None) -> str:
    """A bar or, where nothing is known, a dashed outline as wide as the time it lasts."""
    across = span(one.start, one.end, width)
    if one.height is None:
        words = written((one.start + one.end) / 2, RATE_BASE - 8, say(one.words), width=width, at="middle")
        return block(across, RATE_BASE - GAP, GAP, "ku") + words
    return block(across, round(y(one.height), 1), round(RATE_BASE - y(one.height), 1), one.look)


def areas(body: Areas) -> Markup:
    """The map; it grows as a whole, and its numbers with it."""
    shapes = "".join(f'<path d="{place.path}" class="{place.look}"><title>{escape(place.name)}</title></path>'
                     for place in body.places)
    labels = "".join(f'<text x="{at}" y="{y}" text-anchor="middle" dominant-baseline="central">{escape(words)}</text>'
                     for at, y, words in body.labels)
    return Markup(f"<g>{shapes}</g><g class=\"numbers\">{labels}</g>")  # noqa: S704 - escaped as it is written


def swatch(look: str) -> Markup:
    """The sign of a key."""
    sign = (f'<circle cx="8" cy="7" r="5.5" class="{look}"/>' if look in DOTS
            else f'<rect x="1" y="1" width="14" height="12" class="{look}"/>')
    return Markup(f'<svg width="16" height="14" aria-hidden="true">{sign}</svg>')  # noqa: S704
