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
from etl.meta.model import LANGUAGES

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
            return list(found) if key == "enum" else spoken(found, language)
        return NAMED.sub(lambda name: str(spoken(self.get(name[1]), language)), value)

    def leaves_out(self, value: Any) -> bool:
        """Whether a text names a setting that there is not."""
        return isinstance(value, str) and self.lacks(value)


def spoken(found: Any, language: str) -> Any:
    """A setting as it is; one in words in the language, or in Italian."""
    if isinstance(found, Mapping) and LANGUAGES[0] in found:
        return found.get(language) or found[LANGUAGES[0]]
    return found


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
            raise DeclarationError(f"{path}: `{key}` is missing; example: {KINDS[key][1]}")
    return City(settings)


def check(path: Path, settings: Mapping[str, Any]) -> None:
    """Refuse a setting that is not known, or not of its kind."""
    for key, value in leaves(settings):
        name = key if key in KINDS else f"{key.split('.')[0]}.*"
        if name not in KINDS:
            known = ", ".join(sorted({name.split(".")[0] for name in KINDS}))
            raise DeclarationError(f"{path}: unknown key `{key}`; known keys: {known}")
        fits, example = KINDS[name]
        if not fits(value):
            raise DeclarationError(f"{path}: `{key}` is not right; example: {example}")


def leaves(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of every setting; what KINDS takes whole stays whole."""
    for name, value in settings.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and key not in KINDS and f"{above}*" not in KINDS:
            yield from leaves(value, f"{key}.")
        else:
            yield key, value


def is_words(value: Any) -> bool:
    """The same words in languages, Italian among them."""
    return isinstance(value, Mapping) and bool(value.get(LANGUAGES[0])) and all(
        isinstance(said, str) and re.fullmatch("[a-z]{2}", code) for code, said in value.items())


def is_text(pattern: str) -> Callable[[Any], bool]:
    """A text of a form."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


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


ANY, CODE, PLACE = is_text(".+"), is_text("[a-z0-9]+(-[a-z0-9]+)*"), is_text("[A-Z_]+")
KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "name": (is_words, 'name = { it = "Torino", en = "Turin" }'),
    "istat": (is_text("[0-9]{6}"), 'istat = "001272"'),
    "body": (CODE, 'body = "comune-torino", a row of organisations'),
    "postal_codes": (is_pattern, 'postal_codes = "10[0-9]{3}"'),
    "municipalities": (is_count, "municipalities = 312"),
    "agreement.zones": (is_count, "zones = 7"),
    "agreement.sub_bands": (is_count, "sub_bands = 3"),
    "site.name": (ANY, 'name = "Torino Casa"'),
    "site.url": (is_address, 'url = "https://casa.comune.torino.it/"'),
    "site.repository": (is_address, 'repository = "https://github.com/comune-torino/casa"'),
    "province.istat": (is_text("[0-9]{3}"), 'istat = "001"'),
    "province.letters": (is_text("[A-Z]{2}"), 'letters = "TO"'),
    "limits.*": (is_number, "west = 6"),
    "districts.count": (is_count, "count = 8"),
    "districts.word": (ANY, 'word = "Circoscrizione"'),
    "holidays.country": (is_text("[A-Z]{2}"), 'country = "IT"'),
    "holidays.patron": (lambda value: isinstance(value, Mapping) and all(map(ANY, value.values())),
                        'patron = { "001272" = "TO" }'),
    "owner.name": (is_words, 'name = { it = "Comune di Torino", en = "Municipality of Turin" }'),
    "owner.website": (is_address, 'website = "https://www.comune.torino.it/"'),
    "owner.feedback": (is_text("([^@ ]+@[^@ ]+)?"), 'feedback = "casa@comune.torino.it"'),
    "owner.accessibility_statement": (is_address, 'accessibility_statement = "https://form.agid.gov.it/view/…"'),
    "notice": (is_words, 'notice = { it = "Dati di prova.", en = "Trial data." }'),
    "funding": (is_words, 'funding = { it = "Progetto cofinanziato da …", en = "Project co-financed by …" }'),
    "catalogue.ipa": (ANY, 'ipa = "c_l219"'),
    "catalogue.publisher_type": (is_text("[A-Za-z]+"), 'publisher_type = "LocalAuthority"'),
    "catalogue.place": (PLACE, 'place = "ITA_TRN"'),
    "catalogue.place_name": (ANY, 'place_name = "Torino"'),
    "catalogue.box": (is_box, "box = [7.5778, 45.0067, 7.7733, 45.1402], west, south, east, north"),
    "programmes": (is_vocabulary, 'programmes."PN Metro Plus 2021-2027" = { it = "…", en = "…" }'),
    "scopes": (is_vocabulary, 'scopes.comune = { it = "Comune di Torino", en = "Municipality of Turin" }'),
    "examples.*": (ANY, 'project = "TO3.1.1.a"'),
    "floors.*": (is_count, "desks = 16"),
    "datasets.*": (lambda value: isinstance(value, Mapping), "[datasets.desks], as in datasets/desks.toml"),
}
"""Setting -> what holds of it, and an example of right. `*` stands for any name."""
