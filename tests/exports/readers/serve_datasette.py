"""Serve a database with its metadata by Datasette: python serve_datasette.py DATABASE METADATA.

Prints {"home": page, "tables": {name: {"status": …, "page": …, "columns": […]}}, "hidden": [names]}.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from datasette.app import Datasette

DATABASE, METADATA = map(Path, sys.argv[1:])


async def told() -> dict[str, Any]:
    served = Datasette([str(DATABASE)], immutables=[], metadata=json.loads(METADATA.read_text("utf-8")))
    await served.invoke_startup()

    async def get(path: str) -> Any:
        return await served.client.get(f"/{path}")

    listed = (await get(f"{DATABASE.stem}.json")).json()
    tables = {}
    for name in [item["name"] for item in listed["tables"] + listed["views"]]:
        rows = await get(f"{DATABASE.stem}/{name}.json?_size=1")
        page = await get(f"{DATABASE.stem}/{name}?_size=1")
        tables[name] = {"status": [rows.status_code, page.status_code], "page": page.text,
                        "columns": rows.json()["columns"]}
    return {"home": (await get("")).text, "tables": tables,
            "hidden": [item["name"] for item in listed["tables"] if item["hidden"]]}


print(json.dumps(asyncio.run(told())))
