"""Two small releases, and the comment on what is between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from etl.releases.comment import LONGEST, as_markdown
from etl.releases.diff import changes
from etl.runtime.tables import csv_bytes

FINDINGS = ("finding_id", "dataset", "row_key", "message_it")


def column(name: str, title: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "string", "title": title or name.capitalize(), **more}


DESKS = [column("desk_id", "Codice"), column("name", "Nome", kind="text"), column("address", "Indirizzo", kind="text"),
         column("seen_on", "Data della fonte", type="date"), column("paid_eur", "Importo", kind="money")]
HOURS = [column("hours_id", rule="joined", of=["desk_id", "weekday"]), column("desk_id"),
         column("weekday", "Giorno", categories=[{"value": "mo", "label": "lunedì", "label_en": "Monday"}]),
         column("opens", "Apre")]
DESK = ("uno", "Sportello di via Roma", "via Roma 1", "2026-01-01", "1000.00")


def table(name: str, title: str, fields: list[dict[str, Any]], rows: list[tuple[str, ...]], **more: Any) -> Any:
    return {"name": name, "title": title, "path": f"{name}.csv", "rows": rows,
            "schema": {"fields": fields, "primaryKey": [fields[0]["name"]], **more}}


def release(
    folder: Path, desks: list[tuple[str, ...]], hours: list[tuple[str, ...]] = (),
    findings: list[tuple[str, ...]] = (), fields: list[dict[str, Any]] = DESKS,
) -> Path:
    """A small release in a folder."""
    folder.mkdir()
    led = [{"fields": ["desk_id"], "reference": {"resource": "desks", "fields": ["desk_id"]}}]
    tables = [table("desks", "Sportelli", fields, desks), table("hours", "Orari", HOURS, hours, foreignKeys=led),
              table("quality", "Qualità", [column(name) for name in FINDINGS], findings)]
    for item in tables:
        rows = item.pop("rows")
        header = [field["name"] for field in item["schema"]["fields"]]
        (folder / item["path"]).write_bytes(csv_bytes(header, [list(row) for row in rows]))
    (folder / "datapackage.json").write_text(json.dumps({"resources": tables}), "utf-8")
    return folder


def comment(old: Path, new: Path, **more: Any) -> str:
    text = as_markdown(old, new, changes(old, new), **more)
    assert len(text.encode()) <= LONGEST
    return text
