"""Dove è finito il milione e mezzo: le tappe del denaro di un progetto, che cosa non si sa, il confronto con altri.

    python docs/stories/milione_e_mezzo.py SITE PROJECT
"""

import sys

import pandas as pd
from published import euro, italian, of, table, words

STAGES = {
    "programmed_eur": ("programmato", None, ""),
    "admitted_eur": ("ammesso", "programmed_eur", "del programmato"),
    "committed_eur": ("vincolante", "admitted_eur", "dell’ammesso"),
    "paid_eur": ("erogato", "admitted_eur", "dell’ammesso"),
}
"""Stage -> its name, the stage it is a share of, and how that is said."""


def main(site: str, code: str) -> None:
    funding, meanings = table(site, "funding"), words(site, "funding", "doubts")
    texts = table(site, "project_texts").query("language == 'it'").set_index("project_code")
    for row in funding[funding.project_code == code].to_dict("records"):
        print(f"{texts.title.get(code, code)} ({code}), importi {said_on(row['observed_on'])}")
        for stage, (name, whole, said) in STAGES.items():
            known = whole and pd.notna(row[stage]) and pd.notna(row[whole]) and row[whole]
            share = f"  {italian(row[stage] / row[whole] * 100, 1)} % {said}" if known else ""
            print(f"  {name:12} {euro(row[stage]):>18}{share}")
        if pd.notna(row["committed_eur"]) and pd.notna(row["paid_eur"]):
            print(f"  vincolante e non erogato: {euro(row['committed_eur'] - row['paid_eur'])}")
        found = [] if pd.isna(row["doubts"]) else row["doubts"].split("|")
        print("  avvisi:", "; ".join(meanings.get(one, one) for one in found) or "nessuno")
        print("  fonte:", row["source_url"])
    others = table(site, "other_values").query("dataset == 'funding'")
    for row in others[[key.split("|")[0] == code for key in others.key]].to_dict("records"):
        print(f"  un’altra fonte: {row['field']} {row['value']} ({row['source_url']})")
    print("Le tappe sono lo stesso denaro in momenti diversi: non si sommano.")
    print("Nessuna colonna di funding dice per che cosa è stato speso.")
    compare(funding, code)


def said_on(day: str) -> str:
    return "di cui la fonte non dice la data" if pd.isna(day) else f"al {day}"


def compare(funding: pd.DataFrame, code: str) -> None:
    """Paid of admitted, beside other projects; those with a finding stand apart."""
    newest = funding.sort_values("observed_on_to", na_position="first").drop_duplicates("project_code", keep="last")
    known = newest.dropna(subset=["admitted_eur", "paid_eur"]).query("admitted_eur > 0")
    known = known.assign(share=(known.paid_eur / known.admitted_eur).astype(float)).sort_values("share")
    sound = known[known.doubts.isna()]
    print(f"Erogato su ammesso si può dire di {of(len(known), len(newest), 'progetto', 'progetti')}; "
          f"{len(known) - len(sound)} con un avviso sugli importi, tenuti da parte.")
    for row in sound.itertuples():
        print(f"  {'→' if row.project_code == code else ' '} {row.project_code:14} {italian(row.share * 100, 1):>6} %")
    if len(sound) > 2 and code in set(sound.project_code):
        below = int((sound.share < sound.set_index("project_code").share[code]).sum())
        print(f"{below} hanno una quota più bassa, {len(sound) - below - 1} più alta o uguale; "
              f"mediana {italian(sound.share.median() * 100, 1)} %.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
