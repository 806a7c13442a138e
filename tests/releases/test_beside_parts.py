"""What each kind of workbook says outside its cells, read part by part."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from support.compounds import compound, record, summary
from support.photos import jpeg
from support.repository import TESTS
from support.xlsb import record as binary
from support.xlsb import wide

from etl.releases.archived import said_in_archive
from etl.releases.old_books import said_beside
from etl.releases.pictures import has_position, said_in

SAID = "chiedere a Mario Provenzani"


def archive(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content"), [
    ("xl/worksheets/sheet1.xml", f"<worksheet><headerFooter><oddFooter>{SAID}</oddFooter></headerFooter></worksheet>"),
    ("xl/worksheets/sheet1.xml", f'<dataValidations><dataValidation type="list" prompt="{SAID}"/></dataValidations>'),
    ("xl/comments/comment1.xml", f"<comments><text><t>{SAID}</t></text></comments>"),
    ("xl/drawings/drawing1.xml", f'<xdr:cNvPr id="2" name="Immagine 1" descr="{SAID}"/>'),
    ("xl/pivotCache/pivotCacheDefinition1.xml", f'<sharedItems><s v="{SAID}"/></sharedItems>'),
    ("xl/externalLinks/externalLink1.xml", f'<cell r="A1"><v>{SAID}</v></cell>'),
    ("docProps/custom.xml", f"<property><vt:lpwstr>{SAID}</vt:lpwstr></property>"),
    ("content.xml", f"<office:annotation><text:p>{SAID}</text:p></office:annotation>"),
    ("content.xml", f"<draw:frame><svg:desc>{SAID}</svg:desc></draw:frame>"),
    ("styles.xml", f"<style:master-page><style:header-first><text:p>{SAID}</text:p></style:header-first>"),
    ("meta.xml", f"<dc:subject>{SAID}</dc:subject>"),
    ("xl/media/image1.jpeg", jpeg(SAID)),
    ("xl/comments1.bin", binary(637, b"\0" + wide(SAID) + bytes(8))),
    ("xl/worksheets/sheet1.bin", binary(479, b"\0\0" + b"\xff" * 4 + wide(SAID) + b"\xff" * 16)),
])
def test_each_part_of_an_archive_is_read(name: str, content: bytes | str) -> None:
    assert SAID in [text for _, text in said_in_archive(archive(**{name: content}))]


@pytest.mark.parametrize(("name", "content"), [
    ("xl/worksheets/sheet1.xml", f"<sheetData><c><is><t>{SAID}</t></is></c></sheetData>"),
    ("content.xml", f"<table:table-cell><text:p>{SAID}</text:p></table:table-cell>"),
    ("docProps/core.xml", f"<dc:creator>{SAID}</dc:creator><cp:lastModifiedBy>{SAID}</cp:lastModifiedBy>"),
    ("xl/comments1.bin", binary(632, wide(SAID))),
])
def test_cells_and_authors_are_left_to_others(name: str, content: bytes | str) -> None:
    assert SAID not in [text for _, text in said_in_archive(archive(**{name: content}))]


def test_an_old_workbook_says_its_notes_headers_prompts_and_properties() -> None:
    note = record(0x1B6, bytes(18)) + record(0x3C, b"\1" + f"nota: {SAID}".encode("utf-16-le"))
    top = record(0x14, struct.pack("<HB", len(SAID), 0) + SAID.encode("latin-1"))
    said = b"".join(struct.pack("<HB", len(text), 0) + text.encode() for text in ("a", "b", SAID))
    prompts = record(0x1BE, bytes(4) + said)
    book = compound({"Workbook": note + top + prompts, "\x05SummaryInformation": summary({2: SAID, 4: "chi scrive"})})
    found = {text: where for where, text in said_beside(book)}
    assert found[f"nota: {SAID}"].startswith("nota")
    assert [text for _, text in said_beside(book)].count(SAID) == 3
    assert "chi scrive" not in found


@pytest.mark.parametrize("name", ["cells.xls", "error.xls", "far.xls"])
def test_real_old_workbooks_are_read_through(name: str) -> None:
    assert isinstance(list(said_beside((TESTS / "spreadsheets/files" / name).read_bytes())), list)


def test_pictures_say_their_texts_and_where_they_were_taken() -> None:
    packet = f'<x:xmpmeta><rdf:li xml:lang="x-default">{SAID}</rdf:li></x:xmpmeta>'.encode()
    png = b"\x89PNG" + struct.pack(">I", len(SAID) + 6) + b"tEXt" + b"Title\0" + SAID.encode()
    for made in (jpeg(SAID), packet, png):
        assert SAID in list(said_in(made))
    assert has_position(jpeg("x", latitude=True))
    assert has_position(b'<x:xmpmeta exif:GPSLatitude="41,0N"></x:xmpmeta>')
    assert not has_position(jpeg(SAID))


@pytest.mark.parametrize("cut", [9, 20, 40, 60])
def test_a_broken_picture_says_less_and_breaks_nothing(cut: int) -> None:
    assert all(isinstance(text, str) for text in said_in(jpeg(SAID, latitude=True)[:cut]))
