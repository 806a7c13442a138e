"""Charts of what surrounds the projects: the agreed rents of each zone, the municipalities and their networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

from etl.meta.view import Row as Record
from etl.meta.view import grouped
from etl.web.charts.model import SOURCE, Areas, Chart, Column, Mark, Place, Row, Rows
from etl.web.charts.words import gettext, ngettext

STEPS = ("k2", "k3", "k4")
AGENCY = "agency"
AGENCIES = ("a1", "a2", "a3", "a4", "a5")
"""Looks of agencies on the map; the number on each municipality tells them apart where looks come back."""
OTHERS = {"network": "a0", "none": "kn"}
"""Looks of municipalities without an agency."""
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
    if drawn is None or not told:
        return None
    places, agencies = drawn["places"], drawn["agencies"]
    looks = {name: look for (_, name, _, _), look in zip(agencies, cycle(AGENCIES), strict=False)}
    states = [place["state"] for place in places]
    rows = {code: next((one for one in found if one["network"]["kind"] == AGENCY), found[0])
            for code, found in told.items()}
    shapes = tuple(Place(place["name"], place["path"], looks[rows[place["code"]]["network"]["name"]]
                         if place["state"] == AGENCY else OTHERS[place["state"]]) for place in places)
    key = tuple((looks[name], f"{number} {name}") for number, name, _, _ in agencies)
    labels = tuple((x, y, str(number)) for number, _, x, y in agencies)
    return Chart(
        "network-map",
        gettext("Un’agenzia per la casa in %(served)s comuni su %(of)s; di %(none)s non è nota nessuna rete",
                served=states.count(AGENCY), of=len(places), none=states.count("none")),
        gettext("Comuni della città metropolitana, per agenzia o rete che una fonte nomina"),
        Areas(shapes, drawn["width"], drawn["height"], labels), OF_NETWORKS,
        tuple(line(place, rows.get(place["code"])) for place in places),
        tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in rows.values())),
        gettext("Confini: ISTAT, CC BY."),
        (*key, (OTHERS["network"], gettext("un’altra rete o ambito")),
         (OTHERS["none"], gettext("nessuna rete nota"))),
        gettext("Carta dei comuni, ognuno con il segno della sua agenzia o rete; i nomi sono nella tabella."),
        page=("network", None),
    )


def line(place: Mapping[str, Any], fact: Record | None) -> tuple[Any, ...]:
    """What is drawn of a municipality."""
    return (
        place["name"],
        *((fact["network"]["name"], fact["as_of"], fact["source_url"]) if fact else (None, None, None)),
    )
