"""`make bench`: what a large table adds to a build, beside a script that reads it and writes the same formats.

usage: large.py [ROWS …]. Builds Borgofiorito twice, without and with an invented table of nine columns, from the same
caches; the script is large_peer.py. Processor time of whole processes: only ratios within one run are to be compared.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import processes
from results import ROOT, note

CITY, NAME, TODAY = ROOT / "tests" / "borgo", "measures", "2026-11-29"
SOURCE = "https://www.borgofiorito.example/"
TIMES, MORE_MEMORY, ALL_MEMORY = 1.5, 250, 1_000
MANY = 1_000_000
KINDS = ("rent", "works", "desk", "study", "aid", "other")
COLUMNS = ("measure_id", "kind", "municipality", "title", "amount_eur", "people", "day", "source_url", "source_date")
TYPES = {"amount_eur": "number", "people": "integer"}
MORE = {"amount_eur": {"kind": "money"}, "day": {"kind": "partial-date"}, "source_url": {"kind": "url"},
        "source_date": {"kind": "partial-date"}, "municipality": {"kind": "istat"}, "title": {"kind": "text"}}
WORDS = "lavori alloggio scala cortile studio mensile contributo canone sportello verde «casa» d'epoca".split()
DECLARATION = """theme = ["SOCI"]
frequency = "IRREG"
licence = "CC-BY-4.0"
publisher = "Comune"
keywords = { it = ["misure", "prova", "inventate"], en = ["measures", "trial", "invented"] }
title = { it = "Misure inventate", en = "Invented measures" }
description = { it = "Una riga è una misura inventata.", en = "One row is an invented measure." }
row = { it = "una misura", en = "a measure" }
[source]
kind = "table"
title = { it = "Nessuna", en = "None" }
[rows]
min = 1
because = { it = "Una prova senza righe non prova niente.", en = "A trial without rows tries nothing." }
"""


def schema() -> dict[str, object]:
    """The Table Schema of the invented table."""
    fields = []
    for name in COLUMNS:
        said = {"title": f"Colonna {name}", "description": "Inventata.", "title_en": f"Column {name}",
                "description_en": "Invented."}
        rules = {"enum": list(KINDS)} if name == "kind" else {"minimum": 0} if name in TYPES else {}
        codes = [{"value": code, "label": f"{code} in parole", "label_en": f"{code} in words",
                  "label_fr": f"{code} en mots"} for code in KINDS]
        fields.append({"name": name, "type": TYPES.get(name, "string"), **said, **MORE.get(name, {}),
                       **({"categories": codes} if name == "kind" else {}),
                       "constraints": {"required": name not in ("amount_eur", "people"), **rules}})
    return {"fields": fields, "primaryKey": ["measure_id"], "missingValues": [""], "foreignKeys": [
        {"fields": ["source_url"], "reference": {"resource": "source_documents", "fields": ["source_url"]}}]}


def write_rows(path: Path, count: int) -> None:
    """The table: keys in no order, words, amounts with cents, some cells empty."""
    chance = random.Random(2026)  # noqa: S311 - the same invented table each time
    first = date(2015, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number in chance.sample(range(count), count):
            title = " ".join(chance.choices(WORDS, k=5)).capitalize()
            amount = f"{chance.randrange(10**6)}.{chance.randrange(100):02}" if chance.random() < 0.9 else ""
            people = chance.randrange(5, 900) if chance.random() < 0.8 else ""
            day = first + timedelta(chance.randrange(3650))
            place = f"0151{chance.randrange(10, 60)}"
            file.write(f'M{number:08},{chance.choice(KINDS)},{place},"{title}, {number}",{amount},{people},{day},'
                       f"{SOURCE},2026-10-01\n")


def city(folder: Path, count: int = 0) -> Path:
    """A copy of Borgofiorito, with the table where it has rows."""
    shutil.copytree(CITY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "build"), dirs_exist_ok=True)
    if count:
        (folder / "schemas").mkdir(exist_ok=True)
        (folder / "schemas" / f"{NAME}.json").write_text(json.dumps(schema()), "utf-8")
        (folder / "datasets" / f"{NAME}.toml").write_text(DECLARATION, "utf-8")
        write_rows(folder / "datasets" / "source" / f"{NAME}.csv", count)
    return folder


def built(folder: Path, cache: Path | None) -> processes.Cost:
    """What a build of a city costs, with caches of another that stand in `cache`."""
    if cache:
        shutil.copytree(cache, folder / "build" / "cache")
    return processes.cost([sys.executable, "-m", "etl", "build", "--root", str(folder), "--date", TODAY],
                          {"PYTHONPATH": str(ROOT)}, ROOT)


def measure(count: int, base: Path) -> None:
    """Note the ratio of processor time, and the memory, for a table of so many rows."""
    built(city(base / "first"), None)
    cache = base / "first" / "build" / "cache"
    without = built(city(base / "without"), cache)
    source = city(base / "with", count)
    whole = built(source, cache)
    script = [sys.executable, str(Path(__file__).with_name("large_peer.py")),
              str(source / "datasets" / "source" / f"{NAME}.csv"), str(base / "peer")]
    peer = processes.cost(script, {}, ROOT)
    print(f"{count:,} rows: without {without.seconds:.1f} s, {without.megabytes:.0f} MB; with {whole.seconds:.1f} s, "
          f"{whole.megabytes:.0f} MB; the script {peer.seconds:.1f} s, {peer.megabytes:.0f} MB", flush=True)
    note(f"a table of {count:,} rows: processor time it adds to a build / script with pandas and the libraries",
         (whole.seconds - without.seconds) / peer.seconds, TIMES)
    if count < MANY:
        note(f"a table of {count:,} rows: memory it adds to a build", whole.megabytes - without.megabytes, MORE_MEMORY,
             unit=" MB")
    else:
        note(f"a table of {count:,} rows: memory of the build", whole.megabytes, ALL_MEMORY, unit=" MB")


def main(counts: list[int]) -> None:
    """Measure each size in a folder of its own."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            measure(count, Path(folder))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [200_000, MANY])
