"""Che cosa è cambiato fra due versioni dei dati: tabelle, colonne, righe, celle; dai soli file delle versioni.

    python docs/stories/what_changed.py SITE [OLDER NEWER]
"""

import io
import json
import sys
from typing import Any

import pandas as pd
from published import of, opened


def main(site: str, *versions: str) -> None:
    kept = [line["version"] for line in json.loads(opened(site, "dati/releases/index.json")) if line.get("kept", True)]
    older, newer = versions or (kept[1] if len(kept) > 1 else kept[0], kept[0])
    before, after = schemas(site, older), schemas(site, newer)
    renamed = pd.read_csv(io.BytesIO(opened(site, "dati/releases/crosswalk.csv")), dtype=str)
    print(f"Dalla {older} alla {newer}")
    print("  tabelle nuove:", ", ".join(sorted(after.keys() - before.keys())) or "nessuna")
    print("  tabelle tolte:", ", ".join(sorted(before.keys() - after.keys())) or "nessuna")
    same, worked_out = 0, 0
    for name in sorted(before.keys() & after.keys()):
        names = dict(renamed.query("dataset == @name")[["before", "after"]].itertuples(index=False))
        old = rows(site, older, name)
        old, new = old.rename(columns={a: b for a, b in names.items() if b not in old}), rows(site, newer, name)
        key = [names.get(column, column) for column in before[name]["primaryKey"]]
        computed = {field["name"] for field in after[name]["fields"] if field.get("computed")} - set(old)
        worked_out += len(computed)
        told = compared(old, new.drop(columns=list(computed)), key)
        same += not told
        if told:
            print(f"  {name}: {'; '.join(told)}")
    print(f"Senza altri cambiamenti: {of(same, len(before.keys() & after.keys()), 'tabella', 'tabelle')}.")
    print(f"Colonne nuove che si calcolano da altre, e non cambiano nessun fatto: {worked_out}.")
    print("Perché un valore è cambiato lo dice corrections.csv, se qualcuno l’ha scritto.")


def schemas(site: str, version: str) -> dict[str, dict[str, Any]]:
    """Table -> its Table Schema, of one release."""
    package = json.loads(opened(site, f"dati/releases/{version}/datapackage.json"))
    return {item["name"]: item["schema"] for item in package["resources"]}


def rows(site: str, version: str, name: str) -> pd.DataFrame:
    """The cells of a table as text."""
    data = opened(site, f"dati/releases/{version}/{name}.csv")
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


def compared(old: pd.DataFrame, new: pd.DataFrame, key: list[str]) -> list[str]:
    """What two states of a table differ in, in words; nothing where they are the same."""
    told = [f"{word} {', '.join(found)}" for word, found in (
        ("colonne nuove", [column for column in new if column not in old]),
        ("colonne tolte", [column for column in old if column not in new])) if found]
    if not set(key) <= set(new) or old.duplicated(key).any() or new.duplicated(key).any():
        return [*told, "la chiave di prima non distingue più le righe: non confrontabili"]
    common = [column for column in new if column in old and column not in key]
    was, now = old.set_index(key)[common], new.set_index(key)[common]
    both = was.index.intersection(now.index)
    cells = int((was.loc[both] != now.loc[both]).to_numpy().sum())
    counts = (("righe nuove", len(now) - len(both)), ("righe tolte", len(was) - len(both)), ("celle cambiate", cells))
    return told + [f"{word} {count}" for word, count in counts if count]


if __name__ == "__main__":
    main(*sys.argv[1:])
