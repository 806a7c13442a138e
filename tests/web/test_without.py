"""A site without some of its data: no failure, no link that leads nowhere, no list of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from jinja2 import Environment
from support.repository import ROOT, TESTS

from etl.exports import FORMATS
from etl.meta.city import load_city
from etl.meta.model import Draft, Page, Release
from etl.meta.settings import SiteConfig
from etl.runtime.tables import read_release
from etl.web import pages
from etl.web.beside import feeds, site_files
from etl.web.language import schema_labels
from etl.web.rendering import site_settings
from etl.web.writer import Writer

RELEASE = read_release(ROOT / "datasets" / "release")
TABLES = [item["name"] for item in RELEASE.package["resources"]]
MADE_FROM = {item["name"]: set(item.get("madeFrom", ())) for item in RELEASE.package["resources"]}
NAMES = {"it": "Italiano", "en": "English", "es": "Español", "de": "Deutsch"}
OWNER = {"name": {"it": "Un ente", "en": "A body"}, "website": "https://example.org/"}
MADE_ANEW = ("sources", "quality")
"""Tables of the program, which say nothing of a table that is not there."""
WRITTEN = ("about", "contacts", "faq", "privacy", "legal-notes", "accessibility")
"""Pages that people write."""
LINK = re.compile(r'(?:href|src|data-csv)="([^"#?]*)')
NOTHING = re.compile(r"<(ul|ol|dl|tbody|select)(?![^>]* id=)[^>]*>\s*</\1>")
"""A list without an entry; those with an id are filled by a script."""
BESIDE = ("cita", "datapackage", "novita")
"""Files in the folder of the tables that are there whatever they are."""
CACHE = Path()
"""Where compiled templates are kept."""
EACH = 2
"""Pages of each template that are rendered: the first and the last ones."""
# Sections are taken from a site that has them all. A city just begun (`abitare init`) publishes no row yet, so there is
# nothing to take away. A city with all its tables runs every test; Borgofiorito is tried without each anyway.
NEEDED = {name for kind in pages.KINDS.values() for name in kind.requires} - {"corrections", "changes"}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(map(RELEASE.records.get, NEEDED)), reason="this city has not all sections yet"),
]


@pytest.fixture(autouse=True)
def compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile the templates once: what they print depends on the closed lists, and those of tables that are not there
    print nothing."""
    every = schema_labels(RELEASE)
    monkeypatch.setattr("etl.web.writer.schema_labels", lambda release: {**every, **schema_labels(release)})
    folder = tmp_path_factory.getbasetemp() / "without"
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(f"{__name__}.CACHE", folder)


def settings(*languages: str) -> SiteConfig:
    """A site in these languages, of which Spanish is partial."""
    return SiteConfig("https://example.org/", {
        code: {"name": NAMES[code], "locale": code, "partial": code == "es"} for code in languages
    }, OWNER, "Casa", folders=pages.folders(languages[0]), checked_on=RELEASE.today.isoformat(),
        due_on=RELEASE.today.isoformat())


def without(release: Release, *names: str) -> Release:
    """The release without some tables and what is computed from them."""
    gone = set(names)
    while more := {name for name, inputs in MADE_FROM.items() if inputs & gone} - gone:
        gone |= more
    return replace(
        release, records={name: found if name not in MADE_ANEW else [
            row for row in found if row["dataset"] not in gone] for name, found in release.records.items()
            if name not in gone},
        declarations={name: about for name, about in release.declarations.items() if name not in gone},
        package={**release.package, "resources": [
            item for item in release.package["resources"] if item["name"] not in gone]},
    )


def emptied(release: Release, *names: str) -> Release:
    """The release with some tables that have no rows, nor those that are computed from them."""
    small = without(release, *names)
    records = {name: small.records.get(name, []) for name in release.records}
    resources = [{**item, "rows": len(records[item["name"]])} for item in release.package["resources"]]
    return replace(release, records=records, package={**release.package, "resources": resources})


def writer_of(release: Release, config: SiteConfig) -> Writer:
    """What renders the site."""
    env: Environment = site_settings(ROOT, None).theme.get_env()
    env.autoescape = lambda name: not (name or "").endswith(".typ")
    env.trim_blocks = env.lstrip_blocks = env.keep_trailing_newline = True
    written = [Page(name, code, f"{config.folder(code)}{name}/index.html", "", {"title": name})
               for name in WRITTEN for code in config.full]
    return Writer(env, config, release, [*pages.site(release, config), *written], [ROOT / "site" / "locale"], {},
                  CACHE)


def rendered(writer: Writer, about: list[Page]) -> dict[str, str]:
    """Some pages of each template in each language, and every page about all pages, by path."""
    alike: dict[tuple[str, str], list[Page]] = {}
    for page in (page for page in writer.pages if page.template):
        alike.setdefault((page.template, page.language), []).append(page)
    some = [page for found in alike.values() for page in (*found[:EACH], *found[EACH:][-EACH:])]
    texts = {page.path: writer.render(page.whole()) for page in (*some, *about)}
    writer.compiled.save()
    return texts


def faults(writer: Writer, about: list[Page], shown: dict[str, str]) -> Iterator[str]:
    """What is wrong with a site: links that lead nowhere, lists of nothing."""
    there = {page.path for page in (*writer.pages, *about)}
    tables = {item["name"] for item in writer.release.package["resources"]}
    for path, text in shown.items():
        for link in set(LINK.findall(text)):
            if link and ":" not in link and not exists(urljoin(f"/{path}", link)[1:], there, tables):
                yield f"{path}: {link} leads nowhere"
        if "explorer" not in text:  # whose script fills its table
            yield from (f"{path}: {found[0][:80]}" for found in NOTHING.finditer(text))


def exists(place: str, there: set[str], tables: set[str]) -> bool:
    """Whether a site has a page or a file; of the files beside the pages only those of tables can be missing."""
    folder, _, name = place.rpartition("/")
    if not name:
        return f"{place}index.html" in there
    return folder != "dati" or name.split(".")[0] in tables or name.startswith(BESIDE)


def catalogued(config: SiteConfig) -> SiteConfig:
    """The settings with what the catalogue needs, so that every export is made."""
    return replace(config, catalogue=load_city(ROOT).get("catalogue"))


def texts(release: Release, *languages: str) -> dict[str, str]:
    """The pages that are looked at, of a site that has no fault."""
    writer = writer_of(release, settings(*languages or ("it",)))
    about = [*site_files(writer), *feeds(writer)]
    shown = rendered(writer, about)
    assert list(faults(writer, about, shown)) == []
    return shown


def test_the_whole_site_has_no_fault() -> None:
    assert set(texts(RELEASE, "it", "en", "es")) >= {"canone/index.html", "en/rent/index.html", "es/index.html"}


@pytest.mark.parametrize("name", TABLES)
def test_a_site_without_one_of_its_tables_has_no_fault(name: str) -> None:
    assert f"dati/{name}/index.html" not in texts(without(RELEASE, name))


@pytest.mark.parametrize("name", sorted({name for kind in pages.KINDS.values() for name in kind.requires}))
def test_a_site_with_a_table_that_has_no_rows_has_no_fault(name: str) -> None:
    shown = texts(emptied(RELEASE, name))
    told = {kind.address("it") for kind in pages.KINDS.values() if kind.empty}  # pages of days stand below their list
    for kind in pages.KINDS.values():
        if name in kind.requires and kind.address("it") not in told:
            assert f"{kind.address('it')}index.html" not in shown


@pytest.mark.parametrize("name", ["services", "desks", "service_texts", "organisations", "desk_hours", "projects"])
def test_the_exports_do_without_a_table(name: str) -> None:
    small, config = without(RELEASE, name), catalogued(settings("it", "en"))
    draft = Draft({}, {}, {}, [], small.today, published=(small, config))
    made = {path: data for form in FORMATS if not form.listed
            for path, data in [*form.write(draft).items(), *form.told(draft).items()]}
    assert {"api/v1/openapi.json", "api/v1/datasets.json"} <= set(made)
    assert f"api/v1/{name}.json" not in made
    assert ("dati/servizi.ttl" in made) == (name != "services")


def test_a_map_of_no_networks_has_no_legend() -> None:
    shown = texts(without(RELEASE, "networks", "network_members"))
    assert "map-legend" not in shown["rete/index.html"]


def test_a_city_without_a_fact_has_a_home_and_no_fault() -> None:
    assert "index.html" in texts(emptied(RELEASE, *TABLES))


def test_rules_of_the_rent_without_a_translation_say_that_they_are_italian() -> None:
    known = RELEASE.records.get("rent_rule_texts") or pytest.skip("no rule of a rent agreement")
    italian = [row for row in known if row["language"] == "it"]
    shown = texts(replace(RELEASE, records={**RELEASE.records, "rent_rule_texts": italian}), "it", "es")
    page = shown["es/canone/index.html"]
    assert set(re.findall('<span data-fact="rent_rules [^"]+">(<span[^>]*>)', page)) == {'<span lang="it">'}
    assert set(re.findall('<option value="[^"]+" data-kind[^>]*?( lang="it")?>', page)) == {' lang="it"'}


def test_without_rent_nothing_leads_to_its_page() -> None:
    shown = texts(without(RELEASE, "rent_bands", "rent_rooms"), "it", "es")
    assert not [path for path, text in shown.items() if "canone/" in path or 'canone/"' in text]


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_site_in_one_language_has_no_fault(language: str) -> None:
    shown = texts(RELEASE, language)
    assert f'<html lang="{language}"' in shown["index.html"]
    assert not [path for path in shown if path.startswith(("it/", "en/"))]


def test_a_partial_language_leads_to_the_first_one_whatever_it_is() -> None:
    assert '<a href="../" lang="en"' in texts(RELEASE, "en", "es")["es/index.html"]


def test_without_projects_no_amount_is_made_up() -> None:
    about_money = [name for name in TABLES if name.startswith((
        "project", "funding", "allocation", "indicator", "milestone", "document", "opencoesione"))]
    shown = texts(without(RELEASE, *about_money), "it", "es")
    assert not [path for path, text in shown.items() if ">0,00" in text]
    assert not [path for path in shown if path.startswith(("progetti/", "trasparenza/index"))]


def test_where_no_amount_is_known_none_is_shown() -> None:
    assert ">0,00" not in texts(emptied(RELEASE, "funding"))["trasparenza/index.html"]


def test_without_desks_no_page_speaks_of_one() -> None:
    shown = texts(without(RELEASE, "desks", "desk_hours", "desk_services", "desk_texts"), "it", "es")
    assert not [path for path in shown if "sportelli/" in path and "comuni" not in path]
    assert "home-desks" not in shown["index.html"]


def test_the_miniature_repository_makes_a_site() -> None:
    shown = texts(read_release(TESTS / "golden"), "it", "en")
    assert {"dati/rooms/index.html", "en/data/rooms/index.html", "trasparenza/qualita/index.html"} <= set(shown)
    assert re.findall(r'class="nav-link" href="([^"]+)"', shown["index.html"]) == ["./dati/"]
