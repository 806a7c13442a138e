"""What the owner of the site decides (city.toml, and the languages of mkdocs.yml), as pages and exports see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.meta.city import City
from etl.meta.model import LANGUAGES


@dataclass(frozen=True)
class SiteConfig:
    """Settings of the whole site.

    name: of the site. place: the city that it serves, for machines that read pages; city: its name per language.
    district: what parts of the city are called. province: its letters.
    logo: the file of its mark in this repository; empty = the house of the program.
    project: code of the project that the story of the money begins with; "" = with all of them.
    languages: code -> {"name": the language in its own words, "locale": how it writes dates and numbers, "partial":
    true when only the path of a person in need is in it}; the first lives at the root, the others in their own folder.
    owner: name per language, website, confirmed_on (day on which it confirmed that the site is its own; empty until
    then), feedback (mail address), accessibility_statement (address; empty until there is one).
    notice: language -> a sentence shown on every page; empty = no notice. funding: who pays, in the same way.
    catalogue: what catalogues of open data ask (ipa, publisher_type, place, place_name, box).
    components: name, version, licence and address of everything that the site is built with.
    folders: kind of page -> where its pages are in the first language, such as "sportelli/".
    checked_on, due_on: the day of this build, and the last day on which the next one is to come.
    """

    site_url: str
    languages: Mapping[str, Mapping[str, Any]]
    owner: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    place: str = ""
    city: Mapping[str, str] = field(default_factory=dict)
    district: str = ""
    province: str | None = None
    project: str = ""
    repository: str = ""
    logo: str = ""
    notice: Mapping[str, str] = field(default_factory=dict)
    funding: Mapping[str, str] = field(default_factory=dict)
    checked_on: str = ""
    due_on: str = ""
    components: tuple[Mapping[str, str], ...] = ()
    catalogue: Mapping[str, Any] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, city: City, **others: Any) -> SiteConfig:
        """The settings that city.toml has, and the others."""
        return cls(
            name=city.get("site.name") or "", place=city.words("name", LANGUAGES[0]), city=city.get("name") or {},
            district=city.get("districts.word"), province=city.get("province.letters"), owner=city.get("owner") or {},
            repository=city.get("site.repository") or "", logo=city.get("site.logo") or "",
            project=city.get("project") or "",
            notice=city.get("notice") or {}, funding=city.get("funding") or {},
            catalogue=city.get("catalogue") or {}, **others,
        )

    @property
    def main(self) -> str:
        """The first language, which lives at the root."""
        return next(iter(self.languages))

    @property
    def full(self) -> list[str]:
        """The languages that have every page."""
        return [code for code in self.languages if not self.is_partial(code)]

    def page(self, kind: str, item: str = "") -> str:
        """The address of a page in the first language, for those who are told it outside of the site."""
        return f"{self.site_url}{self.folders[kind]}{item and f'{item.lower()}/'}"

    def folder(self, language: str) -> str:
        """Where the pages of a language are: "" or "en/"."""
        return "" if language == self.main else f"{language}/"

    def is_partial(self, language: str) -> bool:
        """Whether a language has only the path of a person in need."""
        return bool(self.languages[language].get("partial"))
