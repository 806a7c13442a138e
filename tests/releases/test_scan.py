"""What a scan finds: a value in every kind of file and in every spelling; and what it does not look for."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter

from etl.meta.model import Field
from etl.releases.scan import cells_saying, distinctive, saying

VALUE = "c/o D’Àlbini “Qu\"è”, 2º piano"


def packed(data: bytes, name: str = "a.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def database(tmp_path: Path, *, deleted: bool = False) -> bytes:
    path = tmp_path / "made.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA secure_delete = OFF")
        made.execute("CREATE TABLE gone (host TEXT)")
        made.executemany("INSERT INTO gone VALUES (?)", [(VALUE,)] * 300 * deleted)
        made.execute("DROP TABLE gone")
        made.execute("CREATE TABLE places (place_id TEXT, host TEXT)")
        made.executemany("INSERT INTO places VALUES (?, ?)", [(str(n), f"x{n}") for n in range(300)])
        made.executemany("INSERT INTO places VALUES ('a', ?)", [(VALUE,)] * (not deleted))
    made.close()
    return path.read_bytes()


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"place_id": ["a"] * 9, "host": [VALUE] * 9}), out, compression="zstd")
    return out.getvalue()


def pdf() -> bytes:
    import typst

    return typst.compile(f"#{json.dumps(VALUE, ensure_ascii=False)}".encode(), format="pdf")


def pdf_about() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": VALUE})
    writer.write(out)
    return out.getvalue()


ADDRESS = "q=c%2Fo+D%E2%80%99%C3%80lbini%20%E2%80%9CQu%22%C3%A8%E2%80%9D%2C+2%C2%BA+piano"
SPELLED = {
    "plain": VALUE, "upper": VALUE.upper(), "slug": "c-o-d-albini-qu-e-2o-piano", "json": json.dumps(VALUE),
    "html": "c/o D&rsquo;&Agrave;lbini &ldquo;Qu&#34;&#xe8;&rdquo;,&nbsp;2&ordm; piano",
    "address": ADDRESS, "json of graphs": json.dumps(VALUE).replace("\\u2019", "\\U00002019"),
    "calendar": "DESCRIPTION:c/o D’Àlbi\r\n ni “Qu\"è”\\, 2º pi\r\n ano",
    "graph": VALUE.encode("unicode_escape").decode(),
    "lines": VALUE.replace(" ", "\n    "),
}


@pytest.mark.parametrize("text", SPELLED.values(), ids=SPELLED)
def test_a_value_is_found_in_every_spelling(text: str, tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text(f"x {text} y", "utf-8")
    (tmp_path / "other.txt").write_text("c/o D’Àlbini, 3º piano", "utf-8")
    assert saying(tmp_path, [VALUE]) == ["f.txt"]


def test_a_value_is_found_in_every_kind_of_file(tmp_path: Path) -> None:
    made = {"zip": packed(VALUE.encode()), "zip.zip": packed(packed(VALUE.encode())),
            "gz": gzip.compress(VALUE.encode()), "sqlite": database(tmp_path), "parquet": parquet(), "pdf": pdf(),
            "about.pdf": pdf_about(),
            "latin.txt": "c/o D'Àlbini Què 2o piano".encode("latin-1"), "wide.txt": VALUE.encode("utf-16"),
            "name.zip": packed(b"", f"{VALUE.replace('/', ' ')}.txt")}
    folder = tmp_path / "all"
    folder.mkdir()
    for name, data in made.items():
        (folder / f"f.{name}").write_bytes(data)
    (folder / "c-o-d-albini-que-2o-piano.txt").write_bytes(b"")
    (folder / "leads").symlink_to("c-o-d-albini-que-2o-piano.txt")
    named = ["c-o-d-albini-que-2o-piano.txt", "leads"]
    assert saying(folder, [VALUE]) == sorted([*named, *(f"f.{name}" for name in made)])


def test_a_deleted_row_is_found_in_the_pages_of_a_database(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "f.sqlite").write_bytes(database(tmp_path, deleted=True))
    assert saying(tmp_path / "x", [VALUE]) == ["f.sqlite"]


@pytest.mark.parametrize(("value", "column", "told"), [
    ("02 5550 1234", {"type": "string"}, True), ("02 884", {"type": "string"}, False),
    ("sì", {"type": "string"}, False), ("Mario Rossi", {"type": "string"}, True),
    ("2026-11-30", {"type": "date"}, False), ("123456789.00", {"type": "number"}, False),
    ("operating", {"type": "string", "categories": [{"value": "x"}]}, False),
])
def test_what_is_short_or_of_a_list_is_not_looked_for(value: str, column: dict[str, object], told: bool) -> None:
    assert distinctive(Field("x", str(column["type"]), column), value) is told


def test_a_cell_is_found_in_every_table(tmp_path: Path) -> None:
    records = json.dumps({"name": "places", "records": [{"place_id": "a", "host": "3"}]}).encode()
    made = {"places.csv": b"place_id,host\na,3\n", "places.json": records, "x.sqlite": database(tmp_path),
            "places.parquet": parquet(), "x.zip": packed(b"place_id,host\na,3\n", "data/places.csv")}
    folder = tmp_path / "all"
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    (folder / "clean.csv").write_bytes(b"place_id,host\nb,3\na,\n")
    assert cells_saying(folder, [("places", "a", "host")], {"places": ["place_id"]}) == sorted(made)
    assert cells_saying(folder, [("places", "b", "host")], {"places": ["place_id"]}) == []
