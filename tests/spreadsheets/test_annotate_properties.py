"""Whatever a file holds, its annotated copy opens and computes nothing."""

from __future__ import annotations

from dataclasses import replace

from support.properties import given, settings, st
from support.workbooks import colour_of, opened

from etl.meta.messages import finding
from etl.meta.model import Finding, RowRef, Severity
from etl.spreadsheets.read.model import Book, Cell, Sheet
from etl.spreadsheets.write.annotate import annotated
from etl.spreadsheets.write.style import FILLS, SEVERITIES


def said(check: str, *cells: str, severity: Severity = "critical", line: int | None = None) -> Finding:
    rows = [RowRef(line or int(cell[1:]), "", "x", cell) for cell in cells] or [RowRef(line, "", "x")]
    return finding(check, "trials", "Nome", rows, severity, file="prove", example="giusto", found="visto", expected="e")


@settings(max_examples=60)
@given(st.lists(st.text(max_size=12) | st.sampled_from(["=1+1", "+39 02", "-1", "@a", "\x00", "_x0000_", "\ud800"]),
                min_size=1, max_size=4),
       st.text(max_size=40), st.sampled_from(SEVERITIES))
def test_no_cell_of_a_csv_breaks_the_copy_or_is_a_formula(texts: list[str], title: str, severity: Severity) -> None:
    sheet = Sheet(title, [(1, [Cell(text) for text in texts])])
    item = replace(said("slug", "A1", severity=severity), message={"it": texts[0], "en": title})
    book = opened(annotated(Book(title, "csv", [sheet]), title, [item]))
    cells = [cell for made in book.worksheets for row in made.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    plain = [text for text in texts if text.isalnum()]
    assert set(plain) <= {cell.value for cell in book.worksheets[1][1]}
    assert colour_of(book, book.sheetnames[1], "A1") == FILLS[severity]
