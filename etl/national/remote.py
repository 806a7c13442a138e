"""The same folder at an address that only Spark's machines open: they write the parts, this one the small files."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from etl.meta.errors import PublishError
from etl.national.distributed import Distributed, Storage
from etl.national.engines import Step
from etl.national.places import Place
from etl.national.publish import FAULTS, PARTS, SUMMARY, TOTALS, Target, is_ours, made
from etl.national.recipe import Only


def publish_at(source: Place, out: str, only: Only, settings: Mapping[str, str], step: Step) -> dict[str, int]:
    """See publish: the folder is made beside `out`, and moved there when it is whole."""
    out = out.rstrip("/")
    new = f"{out}.{uuid.uuid4().hex[:12]}"
    with tempfile.TemporaryDirectory() as name, closing(Distributed(Path(name), settings)) as running:
        storage = running.storage()
        may_replace(storage, out)
        try:
            counts = made(running, source, Target(f"{new}/{PARTS}", f"{new}.work", Path(name)), only, step)
            for small in (TOTALS, FAULTS, SUMMARY):
                storage.put(Path(name, small), f"{new}/{small}")
            storage.remove(out)
            storage.move(new, out)
        finally:
            storage.remove(new)
            storage.remove(f"{new}.work")
    return counts


def may_replace(storage: Storage, out: str) -> None:
    """Refuse an address with anything that a run has not written."""
    found = storage.names(out)
    if others := [name for name in found if SUMMARY not in found or not is_ours(name)]:
        raise PublishError(f"{out}: contiene file che questo programma non ha scritto / holds other files, and would "
                           f"be replaced as a whole: {others[0]}, {len(others)} in all. Name a new folder.")
