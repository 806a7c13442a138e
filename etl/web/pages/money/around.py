"""Charts of what surrounds the projects: the agreed rents of each zone, the municipalities and their networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from operator import itemgetter
from typing import Any

from etl.meta.view import Row as Record
from etl.meta.view import grouped
from etl.web.charts.model import Areas, Chart, Column, Mark, Place, Row, Rows
from etl.web.charts.words import Text, gettext, ngettext

SOURCE = Column("source_url", gettext("Fonte"), "source")
STEPS = ("k2", "k3", "k4")
AGENCY = "agency"
AGENCIES = ("a1", "a2", "a3", "a4", "a5")
"""Looks of agencies on the map; the number on each municipality tells them apart where looks come back."""
TICK = 100
"""Euro between two words of the axis."""
OF_RENTS = (
    Column("zone", gettext("Zona")), Column("sub_band", gettext("Fascia")),
    Column("min_eur_m2_year", gettext("Minimo"), "number"), Column("max_eur_m2_year", gettext("Massimo"), "number"),
    SOURCE,
)
OF_NETWORKS = (
    Column("municipality", gettext("Comune")), Column("agency", gettext("Agenzia o rete")),
    Column("as_of", gettext("Data del fatto"), "date"), SOURCE,
)


def rents(bands: Sequence[Record]) -> Chart | None:
    """The bands of each zone of the rent agreement, side by side; None where there are none."""
    if not bands:
        return None
    zones = sorted(grouped(bands, "zone").items())
    low, high = min(row["min_eur_m2_year"] for row in bands), max(row["max_eur_m2_year"] for row in bands)
    start, end = low // TICK * TICK, -(-high // TICK) * TICK
    dear = max(zones, key=lambda zone: max(row["max_eur_m2_year"] for row in zone[1]))[0]

    def at(value: float) -> float:
        return float(100 * (value - start) / max(1, end - start))

    ticks = tuple((at(value), str(value)) for value in range(int(start), int(end) + 1, TICK))
    head = gettext("Zona"), gettext("Euro al metro quadrato all’anno"), gettext("Da – a")
    return Chart(
        "rent-ranges", gettext("Da %(low)s a %(high)s euro al metro quadrato l’anno: il più caro è in zona %(zone)s",
                               low=low, high=high, zone=dear),
        gettext("Euro al metro quadrato all’anno, per zona e fascia dell’accordo locale"),
        Rows(head, ticks, tuple(zone_of(zone, there, at) for zone, there in zones), height=24, compact=True), OF_RENTS,
        tuple(tuple(row[column.name] for column in OF_RENTS) for row in bands),
        tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in bands)),
        ngettext("%(count)s zona.", "%(count)s zone.", len(zones)),
        tuple((look, gettext("fascia %(number)s", number=row["sub_band"]))
              for look, row in zip(cycle(STEPS), zones[0][1], strict=False)), page=("rent", None),
    )


def zone_of(zone: Any, bands: Sequence[Record], at: Any) -> Row:
    """The line of a zone."""
    ends = min(row["min_eur_m2_year"] for row in bands), max(row["max_eur_m2_year"] for row in bands)
    marks = tuple(
        Mark("bar", f"{look} sep", at(row["min_eur_m2_year"]), at(row["max_eur_m2_year"]), 18)
        for look, row in zip(cycle(STEPS), bands, strict=False)
    )
    return Row(gettext("Zona %(zone)s", zone=zone), gettext("%(low)s–%(high)s €", low=ends[0], high=ends[1]), marks)


def networks(drawn: Mapping[str, Any] | None, told: Mapping[str, Sequence[Record]]) -> Chart | None:
    """The municipalities by the agency or network that a source names for them. drawn: see network_map of geography.py.

    told: what sources say of the networks of each municipality.
    """
    if drawn is None or not any(place["known"] for place in drawn["places"]):
        return None
    places, agencies = drawn["places"], drawn["agencies"]
    looks = dict(zip(range(1, len(agencies) + 1), cycle(AGENCIES), strict=False))
    known, served = (sum(map(bool, map(itemgetter(name), places))) for name in ("known", "number"))
    rows = {code: next((one for one in found if one["network"]["kind"] == AGENCY), found[0])
            for code, found in told.items()}
    numbered = {middle(places, number): str(number) for number in looks}
    shapes = tuple(Place(place["name"], place["shape"].path,
                         looks.get(place["number"]) or ("a0" if place["known"] else "kn"), place["shape"].x,
                         place["shape"].y, numbered.get(place["code"], "")) for place in places)
    key: list[tuple[str, Text]] = [(looks[number], f"{number} {name}") for number, name in enumerate(agencies, 1)]
    return Chart(
        "network-map",
        gettext("Un’agenzia per la casa in %(served)s comuni su %(of)s; di %(none)s non è nota nessuna rete",
                served=served, of=len(places), none=len(places) - known),
        gettext("Comuni della città metropolitana, per agenzia o rete che una fonte nomina"),
        Areas(shapes, drawn["width"], drawn["height"]), OF_NETWORKS,
        tuple(line(place, rows.get(place["code"])) for place in places),
        tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in rows.values())),
        gettext("Confini: ISTAT, CC BY."),
        (*key, ("a0", gettext("un’altra rete o ambito")), ("kn", gettext("nessuna rete nota"))), page=("network", None),
    )


def middle(places: Sequence[Mapping[str, Any]], number: int) -> str:
    """Code of the municipality in the middle of those of an agency: it bears the number of all."""
    members = [place for place in places if place["number"] == number]
    x, y = (sum(getattr(place["shape"], axis) for place in members) / len(members) for axis in ("x", "y"))
    return str(min(members, key=lambda one: (one["shape"].x - x) ** 2 + (one["shape"].y - y) ** 2)["code"])


def line(place: Mapping[str, Any], fact: Record | None) -> tuple[Any, ...]:
    """What is drawn of a municipality."""
    return (
        place["name"],
        *((fact["network"]["name"], fact["as_of"], fact["source_url"]) if fact else (None, None, None)),
    )
