"""`merge = "propose"`: the rows of a source become proposals; the table stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from etl.meta.model import Dataset
from etl.releases.proposals import Proposal, Spoken, proposed, read_proposals, write_proposals
from etl.runtime.source_tables import source_rows
from etl.sources.model import Batch
from etl.sources.sheets import ASKED

Row = Mapping[str, str]
OF_SERVICES = ("services", "service_id")


def propose(
    root: Path, datasets: Mapping[str, Dataset], dataset: Dataset, table: Sequence[Row], new: Sequence[Row],
    batch: Batch, today: date,
) -> list[Proposal]:
    """Put what a source says of one table among the proposals. Gives those that wait for an answer and did not before.

    table: its rows today; new: those that the source gave.
    """
    known = read_proposals(root)
    rows = [renamed(dataset, row, table, names_at_home(root, datasets)) for row in new]
    spoken = Spoken(rows, dict(notes_of(dataset, batch)),
                    {record["@url"]: record.get("title") or record["@id"] for record in batch.records}, batch.complete)
    made = proposed(dataset, table, known, spoken, today.isoformat())
    whole = [*(item for item in known if item.dataset != dataset.name), *made]
    if set(whole) != set(known):
        write_proposals(root, whole)
    waited = {item for item in known if item.open}
    return [item for item in made if item.open and item not in waited]


def names_at_home(root: Path, datasets: Mapping[str, Dataset]) -> dict[str, str]:
    """Address of a page -> the code that the one service with this source has here already."""
    name, column = OF_SERVICES
    found: dict[str, list[str]] = {}
    for row in source_rows(root, datasets[name]) if name in datasets else []:
        found.setdefault(row["source_url"], []).append(row[column])
    return {url: codes[0] for url, codes in found.items() if len(codes) == 1}


def renamed(dataset: Dataset, row: Row, table: Sequence[Row], names: Mapping[str, str]) -> dict[str, str]:
    """A row under the key that its thing has here: the code of the service of its page, and of the one row of the same
    service, year and source, where people have written it before."""
    _, column = OF_SERVICES
    code = names.get(row["source_url"], "")
    new = {**row, **({column: code} if code and column in row else {})}
    if dataset.key == [column] or "language" in dataset.key:
        return new
    said = {name: new[name] for name in (column, "about") if name in new}
    same = [old for old in table if old.get("source_url") == new["source_url"] and said.items() <= old.items()
            and year(old) in ("", year(new))]
    return {**new, **{name: same[0][name] for name in dataset.key}} if len(same) == 1 else new


def year(row: Row) -> str:
    """The year in which a notice ends, or begins."""
    return (row.get("closes_at") or row.get("opens_at") or "")[:4]


def notes_of(dataset: Dataset, batch: Batch) -> Iterator[tuple[tuple[str, str], str]]:
    """(address, column) -> why the value of this column is asked."""
    blocks = dataset.about["source"]["fetch"]["rows"]
    for record in batch.records:
        for block in blocks:
            for column, wanted in block.items():
                if column != "where" and (why := record.get(f"{ASKED}{wanted}")):
                    yield (record["@url"], column), why
