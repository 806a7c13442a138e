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
            *full, line = self._cut(word, size, left, bold)
            lines += full
        return (*lines, line) if line or not lines else tuple(lines)

    def _cut(self, word: str, size: float, left: float, bold: bool) -> list[str]:
        """A word in pieces that fit, each of one letter at least; in one go, for a cell may be a word without end."""
        known = self._widths[BOLD if bold else min(self._widths)]
        pieces, begin, taken = [], 0, 0.0
        for place, sign in enumerate(word):
            wide = known.get(ord(sign), UNKNOWN)
            taken += wide
            if size * taken > left and place > begin:
                pieces.append(word[begin:place])
                begin, taken = place, wide
        return [*pieces, word[begin:]]


def widths(font: Path) -> Widths:
    """Code of a sign -> its width, in parts of the size of the letters."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        advances, unit = opened["hmtx"].metrics, opened["head"].unitsPerEm
        return {code: advances[name][0] / unit for code, name in opened.getBestCmap().items()}
