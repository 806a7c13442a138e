"""Load every record set of a Croissant file by mlcroissant: python load_croissant.py FOLDER (with croissant.json).

Prints {"errors": […], "rows": {record set: number}, "istat_lengths": {length: …} of the codes of municipalities}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mlcroissant

FOLDER = Path(sys.argv[1])
SAID = json.loads((FOLDER / "croissant.json").read_text("utf-8"))
found = mlcroissant.Dataset(jsonld=SAID, mapping={item["@id"]: FOLDER / item["@id"] for item in SAID["distribution"]})
rows, lengths = {}, set()
for record_set in SAID["recordSet"]:
    records = list(found.records(record_set["@id"]))
    rows[record_set["@id"]] = len(records)
    lengths |= {len(row["municipalities/istat_code"]) for row in records if "municipalities/istat_code" in row}
print(json.dumps({"errors": list(found.metadata.issues.errors), "rows": rows, "istat_lengths": sorted(lengths)}))
