"""Gli affitti a canone concordato, zona per zona, per una casa di esempio; e dove nessuna riga dice un canone.

    python docs/stories/rents_by_zone.py SITE [SQUARE_METRES]
"""

import sys
from typing import Any

import pandas as pd
from published import euro, italian, of, table


def main(site: str, metres: str = "60") -> None:
    bands, rooms, size = table(site, "rent_bands"), table(site, "rent_rooms").set_index("zone"), int(metres)
    places, others = table(site, "municipalities"), table(site, "rent_other_municipalities")
    print(f"Canone al mese di {size} m², secondo noi, dalle fasce in euro al metro quadro all’anno:")
    for zone, band in bands.groupby("zone"):
        low, high = band.min_eur_m2_year.min(), band.max_eur_m2_year.max()
        print(f"  zona {zone}: da {euro(month(low, size))} a {euro(month(high, size))}")
        for row in band.itertuples():
            print(f"    fascia {row.sub_band}: {yearly(row)}")
        room = rooms.max_eur_month.get(zone)
        print(f"    una stanza: {'non si sa' if pd.isna(room) else f'al massimo {euro(room)} al mese'}")
    undated = int(bands.source_date.isna().sum())
    print(f"Fasce la cui fonte non porta una data: {of(undated, len(bands), 'fascia', 'fasce')}.")
    rules = table(site, "rent_rules")
    print(f"Il canone vero dipende anche da {italian(len(rules))} regole (arredo, durata, qualità): rent_rules.csv.")
    named = others.merge(places, on="istat_code", how="left")
    print(f"Altri comuni con almeno una zona: {of(others.istat_code.nunique(), len(places) - 1, 'comune', 'comuni')}.")
    for row in named.itertuples():
        signed = "non si sa" if pd.isna(row.signed_on) else row.signed_on
        print(f"  {row.name}, {row.zone_name}: {yearly(row)}, firma: {signed}")
    print("Degli altri comuni nessuna riga dice il canone: non vuol dire che non ci sia un accordo.")


def yearly(row: Any) -> str:
    return f"da {italian(row.min_eur_m2_year)} a {italian(row.max_eur_m2_year)} €/m² l’anno"


def month(yearly: float, size: int) -> float:
    """Euro a month of so many square metres."""
    return round(float(yearly) * size / 12, 2)


if __name__ == "__main__":
    main(*sys.argv[1:3])
