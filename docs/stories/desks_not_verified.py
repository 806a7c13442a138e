"""Gli sportelli che nessuno ha verificato: quanti, di che tipo, quanto è vecchio quello che se ne sa.

    python docs/stories/desks_not_verified.py SITE
"""

import json
import sys
from datetime import date

import pandas as pd
from published import of, opened, table, words


def main(site: str) -> None:
    desks, kinds = table(site, "desks"), words(site, "desks", "kind")
    today = pd.Timestamp(date.fromisoformat(json.loads(opened(site, "dati/datapackage.json"))["created"][:10]))
    waiting = desks[desks.verified_on.isna()]
    print(f"Al {today:%d/%m/%Y} senza una verifica dell’ente: {desks_of(len(waiting), len(desks))}.")
    for kind, count in waiting.kind.value_counts().items():
        print(f"  {count:4}  {kinds.get(kind, kind)}")
    undated = waiting[waiting.fact_date_to.isna()]
    print(f"Senza la data del fatto (fact_date): {desks_of(len(undated), len(waiting))}.")
    dated = waiting.dropna(subset=["fact_date_to"])
    age = (today - pd.to_datetime(dated.fact_date_to)).dt.days
    for years in (1, 2, 5):
        old = int((age > years * 365).sum())
        print(f"  di più di {years} {'anno' if years == 1 else 'anni'} fa: {desks_of(old, len(dated))} con una data")
    past = waiting[pd.to_datetime(waiting.recent_until) < today]
    print(f"Da ricontrollare già oggi (recent_until): {desks_of(len(past), len(waiting))}.")
    for column, missing in (("phone", "un telefono"), ("address", "un indirizzo")):
        print(f"Senza {missing}: {desks_of(int(waiting[column].isna().sum()), len(waiting))}.")
    print("Non verificato: viene da una fonte pubblica e l’ente non l’ha confermato. Non vuol dire che sia falso.")


def desks_of(part: int, whole: int) -> str:
    return of(part, whole, "sportello", "sportelli")


if __name__ == "__main__":
    main(sys.argv[1])
