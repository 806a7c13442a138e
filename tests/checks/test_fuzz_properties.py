"""Whatever a source table holds: no traceback, every finding with its remedy, every row published or left out aloud."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tomllib
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from support.properties import HealthCheck, given, settings, st
from support.repository import SOAK

from etl.checks.recall import Recalled
from etl.meta.catalog import load_catalog
from etl.meta.errors import DeclarationError
from etl.meta.model import Draft
from etl.releases.draft import draft_release, read_source
from etl.releases.gate import InvalidReleaseError, gate
from etl.releases.printed import with_history
from etl.runtime.tables import csv_bytes

TINY = Path(__file__).parents[1] / "tiny"
MANY = 50_000 if SOAK else 80
GOOD = (TINY / "datasets/source/rooms.csv").read_bytes()
HEADER = next(csv.reader(io.StringIO(GOOD.decode())))
CELLS = st.one_of(
    st.sampled_from(["", "sala-blu", "Sala blu", "20", "-1", "2020-02", "2020-02-30", "true", "https://example.org/a",
                     "=1+1", "<script>x</script>", "a\0b", "\u202eabc", "1,5", "1e9", "../x", "CON", "ｓala",
                     "x" * 300]),
    st.text(max_size=20),
)
ROWS = st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), max_size=6)


def encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def mutated(data: bytes, places: list[tuple[int, bytes]]) -> bytes:
    """Good bytes with some replaced."""
    made = bytearray(data)
    for place, piece in places:
        at = place % (len(made) + 1)
        made[at:at + len(piece)] = piece
    return bytes(made)


TABLES = st.one_of(
    ROWS.map(lambda rows: csv_bytes(HEADER, [[encodable(cell) for cell in row] for row in rows])),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=4).map(
        lambda places: mutated(GOOD, places)),
    st.binary(max_size=200),
    st.lists(st.lists(CELLS, max_size=9), max_size=5).map(
        lambda rows: "\n".join(";".join(row) for row in rows).encode("utf-8", "replace")),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the one table, without expectations: Great Expectations would take all the time."""
    folder = tmp_path_factory.mktemp("fuzz")
    for part in ("datasets/rooms.toml", "schemas/rooms.json", "release.toml"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        text = (TINY / part).read_text("utf-8")
        (folder / part).write_text(re.split(r"\[\[expectations\]\]|\[rows\]|\[freshness\]", text)[0], "utf-8")
    (folder / "datasets" / "source").mkdir()
    (folder / "etl").mkdir()  # whole: nothing of the program is lent to it
    return folder


def drafted(place: Path, data: bytes) -> Draft:
    (place / "datasets" / "source" / "rooms.csv").write_bytes(data)
    return draft_release(place, load_catalog(place), date(2026, 11, 25))


@settings(max_examples=MANY, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(TABLES)
def test_any_table_is_published_or_explained(place: Path, data: bytes) -> None:
    draft = drafted(place, data)
    for item in draft.findings:
        assert all(item.message.values()), item
        assert all(item.remedy.values()), item
        assert item.who in ("steward", "contributor", "owner")
    if any(item.severity == "critical" for item in draft.findings):
        with pytest.raises(InvalidReleaseError):
            gate(draft.findings)
        return
    gate(draft.findings)
    table = draft.tables["rooms"]
    left_out = sum(item.count for item in draft.findings if item.severity == "rejected")
    assert table.read == len(table.rows) + table.rejected == len(table.rows) + left_out
    files = with_history(draft, place / "none").files
    rows = list(csv.reader(io.StringIO(files["rooms.csv"].decode(), newline="")))
    assert rows[1:] == table.rows
    assert len(json.loads(files["rooms.json"])["records"]) == len(table.rows)


def test_a_good_table_passes(place: Path) -> None:
    draft = drafted(place, GOOD)
    gate(draft.findings)
    assert draft.tables["rooms"].rows


@pytest.mark.parametrize(("data", "check"), [
    (csv_bytes(HEADER, [["a", "x" * 1_000_000, "", "", "", "https://example.org/"]]), "cell-too-long"),
    (csv_bytes(HEADER, [["a", "x" * 100_001, "", "", "", "https://example.org/"]]), "cell-too-long"),
    (",".join(f"c{number}" for number in range(10_000)).encode() + b"\n", "columns-many"),
    (",".join([*HEADER, *["x"] * 10_000]).encode() + b"\n", "columns-many"),
    (b"[" * 100_000, "columns-missing"),
    (b"\xff\xfe" + "room_id".encode("utf-16-le"), "encoding"),
    (b"PK\x03\x04" + bytes(100), "columns-missing"),
])
def test_absurd_tables_are_refused_in_one_line(place: Path, data: bytes, check: str) -> None:
    found = drafted(place, data).findings
    assert check in {item.check for item in found}
    assert len(found) <= 10
    assert sum(len(row.value) for item in found for row in item.rows) < 10_000


def test_a_table_of_ten_million_rows_is_not_read_further(place: Path) -> None:
    """The bytes are counted, and no row of them is made into anything."""
    path = place / "datasets" / "source" / "rooms.csv"
    path.write_bytes(b",".join(name.encode() for name in HEADER) + b"\n" + b"a,b,1,,,\n" * 10_000_000)
    tracemalloc.start()
    try:
        frame, found, _ = read_source(path, load_catalog(place)["rooms"], Recalled(place / "kept.json"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        path.write_bytes(GOOD)
    assert (frame, [item.check for item in found]) == (None, ["too-many-rows"])
    assert "10,000,001" in found[0].message["it"]
    assert peak < 3 * 90_000_000


def test_a_file_of_half_a_gigabyte_is_not_opened(place: Path) -> None:
    path = place / "datasets" / "source" / "rooms.csv"
    with path.open("wb") as file:
        file.truncate(500_000_000)  # takes no room on the disk
    dataset = load_catalog(place)["rooms"]
    frame, found, read = read_source(path, dataset, Recalled(place / "kept.json"))
    assert (frame, read, [item.check for item in found]) == (None, 0, ["too-large"])
    assert "500 MB" in found[0].message["en"]
    path.write_bytes(GOOD)


@pytest.mark.parametrize(("file", "text"), [
    ("schemas/rooms.json", "[" * 200_000), ("datasets/rooms.toml", "a = " + "[" * 200_000),
    ("schemas/rooms.json", '{"fields": ' + '{"a":' * 100_000), ("release.toml", "a = " + "{a=" * 50_000),
])
def test_nested_without_end_is_a_declaration_to_mend(tmp_path: Path, file: str, text: str) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("__pycache__")))
    (root / file).write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=Path(file).name):
        draft_release(root, load_catalog(root), date(2026, 11, 25))


# Ids become addresses and file names: only what is safe everywhere, in one spelling.
@pytest.mark.parametrize("name", [
    "../sala", "/sala", "sala/blu", "Sala-Blu", "sala blu", "ｓala", "sаla", "sala.", "-sala", "sala\\blu", "%2e%2e",
    "sala\u200bblu", "con", "nul", "index.html", "aux", "com1",
    "x" * 81,
])
def test_an_id_that_could_be_a_trick_is_refused(place: Path, name: str) -> None:
    row = {"room_id": name, "name": "Sala", "source_url": "https://example.org/"}
    draft = drafted(place, csv_bytes(HEADER, [[row.get(column, "") for column in HEADER]]))
    with pytest.raises(InvalidReleaseError) as refused:
        gate(draft.findings)
    assert {item.column for item in refused.value.findings} == {"room_id"}
    assert all(item.remedy["it"] for item in refused.value.findings)


def test_the_fuzzed_repository_is_the_miniature_without_expectations(place: Path) -> None:
    assert "expectations" not in tomllib.loads((place / "datasets/rooms.toml").read_text("utf-8"))
