"""One language of the site: its translations and how it writes money, numbers and dates."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent, get_decimal_symbol
from jinja2 import pass_context

from etl.domain.legible import legible, printed
from etl.meta.model import Release
from etl.meta.view import meanings
from etl.web.tables import stacked

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
FILTERS = "money brief number exact percent day full_day month month_day weekday label labels language".split()
"""What templates ask of a language, by the names of its methods."""
MILLION = 10**6
YEAR_MARK = re.compile(r"\s[^\W\d_]\.$")
"""What a language puts after a year ("2026 р."): the sentence that a date ends has a full stop of its own."""
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


class Language:
    """Words and formats of one language. The words of the templates are Italian: they are the message ids."""

    def __init__(self, code: str, locale: str, folders: Iterable[Path], labels: Mapping[tuple[str, str], Any]) -> None:
        self.code = code
        self.locale = locale
        self.direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
        self._labels = labels
        self._names = Locale.parse(locale).languages
        # The web font has Latin letters only; digits of one font among letters of another look wrong.
        self.latin = unicodedata.name(self._names[code][0]).startswith("LATIN")
        self._zero_cents = f"{get_decimal_symbol(locale)}00"
        self._unsaid = Unsaid()
        self._translations = read_translations([folder / code / "LC_MESSAGES" for folder in folders], self._unsaid)
        # The same words and values come back on many pages, and Babel takes tens of microseconds for each.
        self._say = lru_cache(maxsize=None)(self._translations.gettext)
        self._write_money = money_writer(locale)
        self.money = lru_cache(maxsize=None)(self._money)
        self.brief = lru_cache(maxsize=None)(self._brief)
        self._write_brief = lru_cache(maxsize=None)(self._in_words)
        self.number = lru_cache(maxsize=None)(self._number)
        self.percent = lru_cache(maxsize=None)(self._percent)
        self.day = lru_cache(maxsize=None)(self._day)

    def gettext(self, message: str, **values: Any) -> str:
        """The message in this language, its %(name)s filled in."""
        # An empty message would bring the header of the .po file.
        text = self._say(message) if message else ""
        return text % values if values else text

    def ngettext(self, one: str, many: str, count: int, **values: Any) -> str:
        """The message for this count; %(count)s is the number as this language writes it."""
        text = self._translations.ngettext(one, many, count)
        return text % {"count": self.number(count), **values}

    def lacks(self, messages: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The messages that this language has no words for; those of two texts are for one and for many."""
        lacking = []
        for message in messages:
            self._unsaid.noted.clear()
            one, *many = message
            self._translations.ngettext(one, many[0], 1) if many else self._translations.gettext(one)
            if self._unsaid.noted:
                lacking.append(message)
        return lacking

    def _money(self, value: Decimal | None, digits: int = 2) -> str:
        """An amount; with digits=0 the cents are left out when there are none."""
        if value is None:
            return ""
        text = self._write_money(value)
        return text.replace(self._zero_cents, "") if digits == 0 else text

    def _brief(self, value: Decimal | None) -> str:
        """An amount in words, to three digits: 1514648.44 is `1,51 Mln €`, 449646.43 is `450.000 €`."""
        if value is None:
            return ""
        digits = max(0, value.adjusted() - 2) if value else 0
        rounded = value.quantize(Decimal(1), ROUND_HALF_UP) if not digits else (
            (value / 10**digits).quantize(Decimal(1), ROUND_HALF_UP) * 10**digits)
        return self._write_brief(rounded)

    def _in_words(self, rounded: Decimal) -> str:
        """An amount of three digits, of which there are few: see `_brief`."""
        if abs(rounded) < MILLION:
            return self._money(rounded, 0)
        return str(format_compact_currency(rounded, "EUR", locale=self.locale, fraction_digits=2))

    def _number(self, value: Decimal | float | None) -> str:
        return "" if value is None else format_decimal(value, locale=self.locale)

    def exact(self, value: Decimal | float) -> str:
        """A number with all its digits."""
        return str(format_decimal(value, locale=self.locale, decimal_quantization=False))

    def _percent(self, share: Decimal | float | None) -> str:
        """A share of 1 as a percentage with at most one decimal."""
        return "" if share is None else format_percent(share, format="#,##0.#%", locale=self.locale)

    def _day(self, value: str | None) -> str:
        """A date in words; a partial date says only what is known: `2024-05` is `maggio 2024`."""
        if not value:
            return ""
        year, month, day = (int(part) for part in (f"{value[:10]}-0-0".split("-"))[:3])
        if not month:
            return str(year)
        if not day:
            return str(format_date(date(year, month, 1), "MMMM y", locale=self.locale))
        return YEAR_MARK.sub("", format_date(date(year, month, day), "long", locale=self.locale))

    def full_day(self, value: str) -> str:
        """A whole date with the name of its day: `2026-12-07` is `lunedì 7 dicembre 2026`."""
        return YEAR_MARK.sub("", format_date(date.fromisoformat(value), "full", locale=self.locale))

    def month(self, value: str) -> str:
        """The short name of the month of a whole date: `2026-12-07` is in `dic`."""
        return str(format_date(date.fromisoformat(value[:10]), "MMM", locale=self.locale))

    def month_day(self, value: date) -> str:
        """A day of any year: 7 December is `7 dicembre`."""
        return str(format_skeleton("MMMMd", value, locale=self.locale))

    def weekday(self, code: str) -> str:
        """The name of a day: `mo` is `lunedì`."""
        return str(get_day_names("wide", locale=self.locale)[WEEKDAYS.index(code)])

    def label(self, value: Any, dataset: str, column: str) -> str:
        """What a code of a closed vocabulary means, as the schema says it; the code itself when it says nothing."""
        if value is None:
            return ""
        words = self._labels.get((dataset, column), {}).get(str(value), {})
        return str(words.get(self.code) or self.gettext(words.get("it", "")) or value)

    def labels(self, value: str | None, dataset: str, column: str) -> list[str]:
        """The meanings of a cell that holds several codes separated by `|`."""
        return [self.label(code, dataset, column) for code in value.split("|")] if value else []

    def language(self, code: str) -> str:
        """The name of a language: `ar` is `arabo`."""
        return str(self._names.get(code, code))

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The Jinja filters of this language."""
        own = {name: when_rendered(getattr(self, name)) for name in FILTERS}
        return {**own, "legible": legible, "sentence": sentence, "stacked": stacked, "typst": typst,
                "typst_string": typst_string}


def when_rendered(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, never worked out when a template is compiled, as Jinja does for fixed values.

    What is compiled serves other languages, and other words of the data.
    """
    return pass_context(lambda _context, *values, **named: filter_(*values, **named))


def money_writer(locale: str) -> Callable[[Decimal], str]:
    """What writes amounts as Babel does, ten times faster where it can.

    It takes the signs around and between the digits from an amount that Babel wrote, and leaves to Babel what is below
    zero, and every amount of a language in which a few of each length do not come out the same.
    """
    def babel(value: Decimal) -> str:
        return str(format_currency(value, "EUR", locale=locale))

    def written(value: Decimal) -> str:
        return f"{before}{f'{value + 0:,.2f}'.translate(signs)}{after}" if value >= 0 else babel(value)

    found = re.fullmatch(r"(\D*)1(?P<between>\D)234(?P=between)567(\D)25(\D*)", babel(Decimal("1234567.25")))
    if found is None:
        return babel
    before, thousands, point, after = found.groups()
    signs = str.maketrans({",": thousands, ".": point})
    samples = map(Decimal, ("7.5", "12.34", "123.4", "1234.5", "12345.67", "123456.78", "123456789.01"))
    return written if all(written(value) == babel(value) for value in samples) else babel


def sentence(text: str) -> str:
    """The text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def typst(text: str) -> str:
    """A text as Typst markup, as far as a sheet can write it: every sign that could mean something to Typst stands for
    itself."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", printed(str(text)))


def typst_string(text: str) -> str:
    """A text between the quotes of a Typst string."""
    return str(text).replace("\\", "\\\\").replace('"', '\\"')


class Unsaid(gettext.NullTranslations):
    """What a language has no words for stays as it is, and is noted. It counts like English: one, or many."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: set[str] = set()

    def gettext(self, message: str) -> str:
        self.noted.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.noted.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)


def read_translations(folders: Iterable[Path], unsaid: Unsaid) -> gettext.NullTranslations:
    """All .po files of some folders as one: the first to have a message says it; what none has goes to `unsaid`."""
    result: gettext.NullTranslations = unsaid
    for path in reversed([path for folder in folders for path in sorted(folder.glob("*.po"))]):
        translations = gettext.GNUTranslations(io.BytesIO(compiled(path.read_bytes())))
        translations.add_fallback(result)
        result = translations
    return result


@cache
def compiled(source: bytes) -> bytes:
    """A .po file as gettext reads it; pages and charts of one build ask for each."""
    write_mo(out := io.BytesIO(), read_po(io.BytesIO(source)))
    return out.getvalue()


def schema_labels(release: Release) -> dict[tuple[str, str], Any]:
    """(dataset, column) -> code -> {"it": …, "en": …}, from the schemas of the release."""
    return {
        (resource["name"], field["name"]): words
        for resource in release.package["resources"]
        for field in resource["schema"]["fields"]
        if (words := meanings(field))
    }
