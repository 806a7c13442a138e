"""Desks and services as HSDS 3.1 (Open Referral): tables for a Data Package, and nested JSON for its static API.

Our tables are the master; nothing is invented to please the format. HSDS asks for whole addresses: one that lacks the
postal code says so in its place (UNKNOWN); without a street there is none, and the municipality is in the description.
"""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from etl.domain.conditions import old
from etl.domain.hours import YEAR, hsds
from etl.domain.inference import doubts, openings
from etl.meta.model import Release
from etl.meta.settings import SiteConfig
from etl.meta.view import Row, by_key, grouped, meaning, parts, rows, texts

VERSION = "3.1"
PROFILE = "https://docs.openreferral.org/en/3.1/hsds/"
TABLES: Mapping[str, Mapping[str, str]] = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))
"""Table -> its file and columns, in the standard's order."""
STATUS = {"active": "active", "on_call": "active", "experimental": "active", "dated": "inactive",
          "announced": "inactive", "closed": "defunct"}
"""What HSDS knows of a state. Only what may be presented as available is active; the alert says more of the others."""
UNKNOWN = "n.d."
"""What stands where HSDS demands a value that no source gives."""
Tables = dict[str, list[Row]]


class Directory:
    """The tables in the making, with ids that a rebuild gives again."""

    def __init__(self, release: Release, config: SiteConfig) -> None:
        self.release, self.config = release, config
        self.tables: Tables = {name: [] for name in TABLES}
        self._space = uuid.uuid5(uuid.NAMESPACE_URL, config.site_url)

    def id(self, *names: object) -> str:
        """The id of a thing: the same for the same names on the same site."""
        return str(uuid.uuid5(self._space, "/".join(map(str, names))))

    def add(self, table: str, *names: object, **values: Any) -> str:
        """A row with what is known; gives its id."""
        made = {"id": self.id(table, *names), **{name: value for name, value in values.items() if value is not None}}
        self.tables[table].append(made)
        return str(made["id"])


def tables(release: Release, config: SiteConfig) -> Tables:
    """HSDS table -> rows, each a dict of the columns that are known."""
    made = Directory(release, config)
    organisations(made)
    for desk in rows(release, "desks"):
        location(made, desk)
    words = texts(release, "service_texts", "service_id", "it")
    given = grouped(rows(release, "desk_services"), "service_id")
    areas = grouped(rows(release, "desk_areas"), "desk_id")
    for row in rows(release, "services"):
        service(made, row, words.get(row["service_id"], {}))
        for item in given.get(row["service_id"], []):
            there = made.add("service_at_location", item["service_id"], item["desk_id"],
                             service_id=made.id("service", item["service_id"]),
                             location_id=made.id("location", item["desk_id"]))
            for area in areas.get(item["desk_id"], []):
                made.add("service_area", there, area["area_kind"], area["area"], service_at_location_id=there,
                         name=area["area"], description=area["fact_it"])
    return made.tables


def organisations(made: Directory) -> None:
    """The owner of the site, and each office that a service names; described where we know them by that name."""
    known = by_key(rows(made.release, "organisations"), "name")
    roles = texts(made.release, "organisation_texts", "organisation_id", "it")
    owner = made.config.owner["name"]["it"]
    for name in dict.fromkeys([owner, *(row["office"] or owner for row in rows(made.release, "services"))]):
        body = known.get(name, {})
        role = roles.get(body.get("organisation_id"), {}).get("role")
        own = made.config.owner.get("website") if name == owner else None
        made.add("organization", name, name=name, website=own or body.get("website"),
                 description=role or "Ufficio o ente che la scheda del servizio indica.")
    made.add("organization_identifier", owner, organization_id=made.id("organization", owner),
             identifier_scheme="IPA", identifier_type="Codice IPA", identifier=made.config.catalogue["ipa"])


def location(made: Directory, desk: Row) -> None:
    """A desk as a location with its telephones, languages, access and hours."""
    name, words = desk["desk_id"], texts(made.release, "desk_texts", "desk_id", "it").get(desk["desk_id"], {})
    addressed = bool(desk["address"] and desk["municipality"])
    rough = None if addressed else ", ".join(filter(None, (desk["address"], desk["municipality"])))
    lacking = "CAP non indicato dalla fonte" if addressed and not desk["postal_code"] else None
    place = made.add(
        "location", name, location_type="virtual" if desk["kind"] == "help_line" else "physical", name=desk["name"],
        url=made.config.page("desks", name), latitude=desk["latitude"], longitude=desk["longitude"],
        description=". ".join(filter(None, (rough, words.get("description"), lacking, doubt(made, desk)))) or None,
        external_identifier=name, external_identifier_type="desk_id",
    )
    if addressed:
        made.add("address", name, location_id=place, address_1=desk["address"], city=desk["municipality"],
                 state_province=made.config.province, postal_code=desk["postal_code"] or UNKNOWN,
                 country="IT", address_type="physical")
    for number in parts(desk["phone"]):
        made.add("phone", name, number, location_id=place, number=number, type="voice")
    for code in parts(desk["languages"]):
        made.add("language", name, code, location_id=place, code=code, name=code)
    if desk["wheelchair_access"]:
        said = meaning(made.release, "desks", "wheelchair_access", desk["wheelchair_access"], "it")
        made.add("accessibility", name, location_id=place, description=f"Accesso in sedia a rotelle: {said}",
                 details=words.get("access"))
    hours = [row for row in rows(made.release, "desk_hours") if row["desk_id"] == name]
    if table := openings(made.release, desk, hours):
        first = made.release.today
        for place_of_band, band in enumerate(hsds(table, first, first + timedelta(days=YEAR))):
            weekly = {"wkst": "MO", "interval": 1} if band["freq"] else {}
            made.add("schedule", name, place_of_band, location_id=place, **weekly,
                     **{column: value or None for column, value in band.items()})


def doubt(made: Directory, desk: Row) -> str | None:
    """What to know of a desk that must not be said to be open today; it has no schedule either."""
    if not doubts(desk, made.release.today):
        return None
    said = meaning(made.release, "desks", "status", desk["status"], "it").capitalize()
    return f"{said}; informazione del {desk['fact_date'] or desk['source_date'] or 'n.d.'}. Chiedi prima di andare"


def service(made: Directory, row: Row, words: Row) -> None:
    """A service with its sheet; what its state means is the alert."""
    name, owner = row["service_id"], made.config.owner["name"]["it"]
    state = meaning(made.release, "services", "status", row["status"], "it")
    node = made.add(
        "service", name, organization_id=made.id("organization", row["office"] or owner),
        name=words.get("title") or name, description=words.get("summary"), status=STATUS[row["status"]],
        url=made.config.page("services", name), application_process=words.get("how_to_apply"),
        eligibility_description=" ".join(filter(None, (words.get("audience"), words.get("requirements")))) or None,
        fees_description=words.get("cost"), assured_date=row["verified_on"], **ages(made.release, name),
        alert=None if row["status"] == "active" else state.capitalize(),
    )
    if words.get("documents"):
        made.add("required_document", name, service_id=node, document=words["documents"])
    if words.get("cost"):
        made.add("cost_option", name, service_id=node, option=words["cost"])


def ages(release: Release, service: str) -> Row:
    """The whole years from and to which a service is for whoever asks, but rules of which one is enough."""
    ends = {">=": ("minimum_age", 0), ">": ("minimum_age", 1), "<=": ("maximum_age", 0), "<": ("maximum_age", -1)}
    rules = [rule for rule in rows(release, "conditions") if rule["service_id"] == service]
    return {ends[rule["operator"]][0]: int(rule["value"]) + ends[rule["operator"]][1] for rule in rules
            if rule["about"] == "age_years" and not rule["any_of"] and not old(rule, rules)}


def nested(found: Tables, row: Row) -> Row:
    """One service with everything that belongs to it, as the API of HSDS gives it."""
    def of(table: str, column: str, value: str) -> list[Row]:
        return [{key: item for key, item in other.items() if key != column}
                for other in found[table] if other.get(column) == value]

    def place(key: str) -> Row:
        own = next(item for item in found["location"] if item["id"] == key)
        under: Mapping[str, str] = {"addresses": "address", "phones": "phone", "schedules": "schedule",
                                    "accessibility": "accessibility", "languages": "language"}
        return own | {name: of(table, "location_id", key) for name, table in under.items()}

    node = row["id"]
    return row | {
        "organization": next(item for item in found["organization"] if item["id"] == row["organization_id"]),
        "service_at_locations": [
            {"id": item["id"], "location": place(item["location_id"]),
             "service_areas": of("service_area", "service_at_location_id", item["id"])}
            for item in found["service_at_location"] if item["service_id"] == node
        ],
        "required_documents": of("required_document", "service_id", node),
        "cost_options": of("cost_option", "service_id", node),
    }
