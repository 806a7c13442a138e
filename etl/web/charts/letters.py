"""How wide words are in the font of the site, so that those of a picture are broken into lines before it is drawn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from etl.web.theme import WEIGHTS

UNKNOWN = 0.9
"""Width of a sign that the font lacks, in the size of its letters: another font draws it, as wide as a Chinese one."""
SPARE = 0.93
"""Part of a line that is filled: where the font is not there another one draws wider letters."""
BOLD = max(WEIGHTS.values())
Widths = dict[int, float]


class Letters:
    """The widths of the letters of a folder of fonts (print_fonts of theme.py)."""

    def __init__(self, fonts: Path) -> None:
        self._widths = {weight: widths(fonts / f"titillium-web-{weight}.ttf") for weight in WEIGHTS.values()}
        self.lines = lru_cache(maxsize=None)(self._lines)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How many pixels a text takes."""
        known = self._widths[BOLD if bold else min(self._widths)]
        return size * sum(known.get(ord(sign), UNKNOWN) for sign in text)

    def _lines(self, text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
        """A text in lines that fit a room; a word that is wider than it is cut."""
        lines: list[str] = []
        line, left = "", max(room * SPARE, size)
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer, size, bold) <= left:
                line = longer
                continue
            lines += [line] if line else []
            line = word
            while self.width(line, size, bold) > left and len(line) > 1:
                fits = next(number for number in range(len(line) - 1, 0, -1)
                            if number == 1 or self.width(line[:number], size, bold) <= left)
                lines.append(line[:fits])
                line = line[fits:]
        return (*lines, line) if line or not lines else tuple(lines)


def widths(font: Path) -> Widths:
    """Code of a sign -> its width, in parts of the size of the letters."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        advances, unit = opened["hmtx"].metrics, opened["head"].unitsPerEm
        return {code: advances[name][0] / unit for code, name in opened.getBestCmap().items()}
