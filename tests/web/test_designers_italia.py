"""What the official check of Designers Italia's model for municipalities asks of a site like this one.

C.SI.1.1 fonts, 1.2 Bootstrap Italia, 1.3 service sheets, 2.2 contacts, 2.3 FAQ, 2.4 report a fault, 3.1 cookies,
3.2 accessibility statement, 3.3 privacy, 3.4 licence, R.SI.1.1 metatag. Its criteria about a whole municipality's
site (menu, booking, domain) do not apply.
"""

from __future__ import annotations

import html as entities
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.kinds import ALONE, PAGES, address
from support.release import example, records

from etl.web.framework import package_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(__file__).parents[3] / "shared" / "standards" / "files" / "designers-italia" / "metatag.schema.json"
LEGAL = SHARED.parents[2] / "examples" / "designers-italia" / "legal.txt"
INDEX = ["A chi è rivolto", "Come fare", "Cosa serve", "Cosa si ottiene", "Tempi e scadenze", "Accedi al servizio",
         "Condizioni di servizio", "Contatti"]
# data-element -> tag that the check looks for on a service page, where it names one.
HOOKS = {
    "breadcrumb": "ol", "service-title": "h1", "service-description": "", "service-status": "", "service-topic": "a",
    "page-index": "ul", "service-addressed": "div", "service-how-to": "div", "service-needed": "div",
    "service-achieved": "div", "service-calendar-text": "div", "service-generic-access": "", "service-file": "a",
    "service-area": "div", "metatag": "script",
}
SERVICES = [row["service_id"] for row in records("services")]


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def text_of(markup: str) -> str:
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def element(html: str, name: str) -> tuple[str, str]:
    """(tag, text) of the first element with a data-element."""
    found = re.search(rf'<(\w+)\b[^>]*data-element="{name}"[^>]*>(.*?)</\1>', html, re.DOTALL)
    assert found, name
    return found[1], found[2]


@pytest.mark.parametrize("service", SERVICES)
def test_every_sheet_has_the_hooks_and_the_order_of_the_model(built_site: Path, service: str) -> None:
    html = page(built_site, f"servizi/{service}")
    for name, tag in HOOKS.items():
        found, content = element(html, name)
        assert found == tag or not tag, name
        assert len(text_of(content)) >= 3 or name == "metatag", name
    index = [text_of(item) for item in re.findall(r"<li>(.*?)</li>", element(html, "page-index")[1], re.DOTALL)]
    assert [name for name in index if name in INDEX] == INDEX
    headings = [text_of(item) for item in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)]
    assert [name for name in headings if name in INDEX] == INDEX
    steps = [text_of(item) for item in re.findall(r"<li[^>]*>(.*?)</li>", element(html, "breadcrumb")[1], re.DOTALL)]
    assert steps[:2] == ["Home", "Servizi"]
    assert len(steps[2]) >= 3


def test_every_telephone_of_a_sheet_can_be_dialled(built_site: Path) -> None:
    desks = json.loads((built_site / "dati" / "desks.json").read_text("utf-8"))["records"]
    numbers = {desk["desk_id"]: desk["phone_e164"].split("|") for desk in desks if desk["phone_e164"]}
    told = 0
    for service in SERVICES:
        html = page(built_site, f"servizi/{service}")
        for desk in set(re.findall(r'href="[^"]*/sportelli/([^/"]+)/"', html)) & numbers.keys():
            assert all(f'href="tel:{number}"' in html for number in numbers[desk]), (service, desk)
            told += 1
    assert told > len(SERVICES) / 2


@pytest.mark.parametrize("service", SERVICES)
def test_every_sheet_describes_itself_to_machines(built_site: Path, service: str) -> None:
    """All that the check asks of the metatag, but for the postal code of a desk where no source gives one."""
    data = json.loads(element(page(built_site, f"servizi/{service}"), "metatag")[1])
    assert (data["@context"], data["@type"]) == ("https://schema.org", "GovernmentService")
    assert all(data[name] for name in ("name", "serviceType"))
    assert data["serviceOperator"]["name"]
    assert data["areaServed"]["name"]
    assert data["audience"]["audienceType"]
    channel = data["availableChannel"]
    assert channel["serviceUrl"].startswith("https://")
    assert channel["serviceLocation"]["name"]
    if SHARED.exists():
        from jsonschema import Draft202012Validator

        faults = Draft202012Validator(json.loads(SHARED.read_text("utf-8"))).iter_errors(data)
        assert [fault.message for fault in faults if not about_an_address(fault)] == []


def about_an_address(fault: Any) -> bool:
    """Whether a fault says only that (a part of) the address of a desk is missing."""
    return "serviceLocation" in fault.absolute_path and fault.validator == "required"


def test_ten_sheets_and_more_can_be_reached_from_the_directory(built_site: Path) -> None:
    html = page(built_site, "servizi")
    assert len(set(re.findall(r'<a href="([^"]+)" data-element="service-link"', html))) >= 10
    assert 'data-element="service-category-link"' in html


@pytest.mark.parametrize("name", ["home", "service", "desks", "money", "faq"])
def test_fonts_and_framework_are_those_of_the_model(
    built_site: Path, served_site: str, browser: Browser, name: str
) -> None:
    """Titillium Web in headings and paragraphs; Bootstrap Italia 2 or later, and 30 % of the classes from it."""
    framework = (package_folder() / "css" / "bootstrap-italia.min.css").read_text("utf-8")
    known = set(re.findall(r"\.([A-Za-z][\w-]*)", framework))
    tab = browser.new_page()
    tab.goto(f"{served_site}/{address(built_site, name, 'it')}")
    families = tab.evaluate("[...new Set([...document.querySelectorAll('h1,h2,h3,h4,p')]"
                            ".map(e => getComputedStyle(e).fontFamily.split(',')[0].replaceAll('\"', '')))]")
    version = tab.evaluate("getComputedStyle(document.body).getPropertyValue('--bootstrap-italia-version')")
    classes = set(tab.evaluate("[...new Set([...document.querySelectorAll('[class]')]"
                               ".flatMap(e => (e.getAttribute('class') || '').split(/\\s+/)))]")) - {""}
    tab.close()
    assert families == ["Titillium Web"]
    assert int(version.strip().strip('"').split(".")[0]) >= 2
    assert "'" not in version
    assert len(classes & known) / len(classes) >= 0.3, sorted(classes - known)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ALONE])
def test_every_page_leads_to_what_the_law_asks_for(built_site: Path, name: str) -> None:
    path = address(built_site, name, "it")
    html = page(built_site, path) if name != "missing" else (built_site / "404.html").read_text("utf-8")
    footer = html[html.index("<footer"):]
    for hook in ("legal-notes", "privacy-policy-link", "accessibility-link", "faq", "report-inefficiency"):
        assert f'data-element="{hook}"' in footer, hook
    assert "faq" in text_of(element(footer, "faq")[1]).lower()
    assert "segnalazioni" in text_of(element(footer, "report-inefficiency")[1]).lower()
    assert text_of(element(footer, "accessibility-link")[1]) == "Dichiarazione di accessibilità"
    assert 'class="report"' in html
    assert "Segnala un errore" in html


def test_a_report_names_the_page_and_the_row(built_site: Path) -> None:
    from urllib.parse import parse_qs, urlsplit

    desk = example("desks")["desk_id"]
    html = page(built_site, f"sportelli/{desk}")
    report = html[html.index('class="report"'):]
    link = entities.unescape(re.search(r'href="(mailto:[^"]+subject[^"]+)"', report)[1])  # type: ignore[index]
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert re.search(r'rel="canonical" href="([^"]+)"', html)[1] in body  # type: ignore[index]
    assert f"desks {desk}" in body


def test_the_licence_is_stated_letter_by_letter(built_site: Path) -> None:
    html = page(built_site, "note-legali")
    assert element(html, "legal-notes-section") == ("h2", "Licenza dei contenuti")
    tag, sentence = element(html, "legal-notes-body")
    assert tag == "p"
    assert sentence.startswith("In applicazione del principio open by default ai sensi dell’articolo 52")
    assert sentence.endswith("con il solo onere di attribuzione, senza apporre restrizioni aggiuntive.")
    if not LEGAL.exists():
        pytest.skip("../shared is not here: the sentence cannot be compared with the official one")
    assert sentence == LEGAL.read_text("utf-8").strip()


def test_there_are_no_cookies_and_nothing_is_kept(served_site: str, browser: Browser) -> None:
    window = browser.new_context()
    tab = window.new_page()
    for path in ("", "sportelli/?need=losing_home", "cerca/?q=sfratto", "canone/"):
        tab.goto(f"{served_site}/{path}", wait_until="networkidle")
        assert tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert window.cookies() == []
    window.close()
