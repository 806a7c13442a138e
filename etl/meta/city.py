"""city.toml: what is a setting of the place, checked, and put where schemas and declarations name it.

A text `{city.KEY}` in schemas/NAME.json or datasets/NAME.toml stands for a setting. Alone it takes the setting as it is
(a number, a list, words in the language of the place where it stands); within a longer text it is written out. What
names a setting that city.toml does not have is left out, so that a limit without its setting is no limit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES, Words

FILE = "city.toml"
DEFAULTS = {
    "districts.word": "Municipio", "holidays.country": "IT", "examples.project": "RM3.1.1.a1",
    "examples.cup": "J81B21001230001", "examples.phone": "06 0000 0000",
}
REQUIRED = ("name", "istat", "body", "site.name", "owner.name", "owner.website")
NAMED = re.compile(r"\{city\.([a-z0-9_.]+)\}")
IN_A_LANGUAGE = re.compile(r"(?:.*_)?([a-z]{2})$")


@dataclass(frozen=True)
class City:
    """The settings of a place, by dotted name: `city.get("province.letters")`. Without a file there are none."""

    settings: Mapping[str, Any] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """A setting, None where city.toml does not have it."""
        found: Any = self.settings
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return DEFAULTS.get(key) if found is None else found

    def words(self, key: str, language: str) -> str:
        """A setting in words, in a language or, where it has none there, in Italian; "" where there is no setting."""
        return str(spoken(self.get(key) or "", language))

    def lacks(self, value: Any) -> bool:
        """Whether a part of a declaration names a setting that there is not."""
        return any(self.get(key) is None for text in texts(value) for key in NAMED.findall(text))

    def fill(self, value: Any, key: str = "") -> Any:
        """A part of a schema or declaration with the settings in it; key: the name under which it stands."""
        if isinstance(value, Mapping):
            return {name: self.fill(part, name) for name, part in value.items() if not self.leaves_out(part)}
        if isinstance(value, list):
            return [self.fill(part, key) for part in value if not self.leaves_out(part)]
        if not isinstance(value, str) or "{city." not in value:
            return value
        language = language_of(key)
        if whole := NAMED.fullmatch(value):
            found = self.get(whole[1])
            return categories(found) if key == "categories" else spoken(found, language)
        return NAMED.sub(lambda name: str(spoken(self.get(name[1]), language)), value)

    def leaves_out(self, value: Any) -> bool:
        """Whether a text names a setting that there is not."""
        return isinstance(value, str) and self.lacks(value)


def spoken(found: Any, language: str) -> Any:
    """A setting as it is; one in words in the language, or in Italian."""
    if isinstance(found, Mapping) and LANGUAGES[0] in found:
        return found.get(language) or found[LANGUAGES[0]]
    return found


def categories(vocabulary: Mapping[str, Words]) -> list[dict[str, str]]:
    """Codes with their words as a schema holds them: `label` is Italian, `label_en` English."""
    return [{"value": code, **{"label" if language == LANGUAGES[0] else f"label_{language}": text
                               for language, text in words.items()}} for code, words in vocabulary.items()]


def language_of(key: str) -> str:
    """The language of the words under a name: `en` and `title_en` are English, all else is Italian."""
    found = IN_A_LANGUAGE.fullmatch(key)
    return found[1] if found and (found[1] in LANGUAGES or len(key) == len(found[1])) else LANGUAGES[0]


def texts(value: Any) -> Iterator[str]:
    """Every text of a part of a schema or declaration."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts(part)


def settled(city: City, about: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration with the settings in it; a check whose limit is a setting that there is not is no check, and a
    source whose address is one is no source."""
    checks = [block for block in about.get("expectations", []) if not city.lacks(block.get("args"))]
    rest = {name: block for name, block in about.items() if name != "rows" or not city.lacks(block.get("min"))}
    source = rest.get("source", {})
    if city.lacks(source.get("fetch", {}).get("address")):
        rest["source"] = {name: block for name, block in source.items() if name != "fetch"}
    filled: dict[str, Any] = city.fill({**rest, "expectations": checks} if "expectations" in rest else rest)
    return filled


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration with another over it: tables go into each other, lists of tables follow each other, all else is
    replaced."""
    made = dict(base)
    for key, value in more.items():
        before = made.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            made[key] = merged(before, value)
        elif isinstance(before, list) and isinstance(value, list) and all(isinstance(item, dict) for item in value):
            made[key] = [*before, *value]
        else:
            made[key] = value
    return made


def load_city(root: Path) -> City:
    """The settings of a repository. Raises DeclarationError with the key to mend and an example of right."""
    path = root / FILE
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return City()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DeclarationError(f"{path}: not valid TOML: {error}") from error
    check(path, settings)
    for key in REQUIRED:
        if City(settings).get(key) is None:
            raise DeclarationError(f"{path}: `{key}` is missing; example: {SETTINGS[key]['example']}")
    return City(settings)


def check(path: Path, settings: Mapping[str, Any]) -> None:
    """Refuse a setting that is not known, or not of its kind."""
    for key, value in leaves(settings):
        name = key if key in SETTINGS else f"{key.split('.')[0]}.*"
        if name not in SETTINGS:
            known = ", ".join(sorted({name.split(".")[0] for name in SETTINGS}))
            raise DeclarationError(f"{path}: unknown key `{key}`; known keys: {known}")
        if not fits(name, value):
            raise DeclarationError(f"{path}: `{key}` is not right; example: {SETTINGS[name]['example']}")


def leaves(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of every setting; what SETTINGS take whole stays whole."""
    for name, value in settings.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and key not in SETTINGS and f"{above}*" not in SETTINGS:
            yield from leaves(value, f"{key}.")
        else:
            yield key, value


def is_words(value: Any) -> bool:
    """The same words in languages, Italian among them."""
    return isinstance(value, Mapping) and bool(value.get(LANGUAGES[0])) and all(
        isinstance(said, str) and re.fullmatch("[a-z]{2}", code) for code, said in value.items())


def is_pattern(value: Any) -> bool:
    """A regular expression."""
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_address(value: Any) -> bool:
    return isinstance(value, str) and (not value or urlsplit(value).scheme in ("http", "https"))


def is_vocabulary(value: Any) -> bool:
    """Codes with their words."""
    return isinstance(value, Mapping) and all(is_words(words) for words in value.values())


def is_box(value: Any) -> bool:
    """West, south, east, north in degrees."""
    return (isinstance(value, list) and all(map(is_number, value)) and len(value) == 4
            and -180 <= value[0] < value[2] <= 180 and -90 <= value[1] < value[3] <= 90)


def is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def is_table_of_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(text, str) and text for text in value.values())


def is_sheets(value: Any) -> bool:
    """Addresses with what is said of all that is found there."""
    return isinstance(value, Mapping) and bool(value) and all(
        key and is_address(key) and (not said or is_table_of_texts(said)) for key, said in value.items())


def is_hosts(value: Any) -> bool:
    """Names of hosts."""
    return isinstance(value, list) and bool(value) and all(
        isinstance(name, str) and re.fullmatch(r"[a-z0-9.-]+", name) for name in value)


KINDS: dict[str, Callable[[Any], bool]] = {
    "words": is_words, "pattern": is_pattern, "number": is_number, "count": is_count, "address": is_address,
    "vocabulary": is_vocabulary, "box": is_box, "texts": is_table_of_texts, "table": is_table,
    "sheets": is_sheets, "hosts": is_hosts,
}
SETTINGS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("city_settings.toml").read_text("utf-8"))
"""Setting -> its kind (a name in KINDS, or the pattern of a text), and an example of right."""


def fits(setting: str, value: Any) -> bool:
    """Whether a value is one that a setting may have."""
    kind = SETTINGS[setting]["kind"]
    if kind in KINDS:
        return KINDS[kind](value)
    return isinstance(value, str) and re.fullmatch(kind, value) is not None
