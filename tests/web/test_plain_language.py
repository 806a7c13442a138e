"""Italian texts that people in need read: the Gulpease index, and no sentence above thirty words.

Gulpease (Lucisano and Piemontese, 1988): 89 + (300 × sentences − 10 × letters) / words; 60 is easy for who has the
lower secondary school. A text is the whole sheet of a service, or the whole home page. A single line of a sheet is
measured too when it is long enough for the index to say something.
"""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from pathlib import Path

import pytest

RELEASE = Path(__file__).parents[2] / "datasets" / "release"
EASY, LONGEST, ENOUGH = 60, 30, 25
PROSE = (
    "summary", "audience", "requirements", "what_you_get", "how_to_apply", "documents", "deadlines", "cost", "note",
)
SHEETS = {row["service_id"]: row for row in json.loads((RELEASE / "service_texts.json").read_text("utf-8"))["records"]
          if row["language"] == "it"}
# Names of places, taken from the source, are as long as they are.
NAMES = {("affitto-sicuro-legnanese", "audience")}


def words(text: str) -> list[str]:
    return re.findall(r"[\w’']+", text)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:;])\s+", text) if words(part)]


def gulpease(text: str) -> float:
    letters = sum(sign.isalnum() for sign in text)
    ends = [part for part in re.split(r"(?<=[.!?])\s+", text) if words(part)]
    return 89 + (300 * len(ends) - 10 * letters) / len(words(text))


def closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


@pytest.mark.parametrize("service", SHEETS)
def test_the_sheet_of_a_service_is_easy(service: str) -> None:
    sheet = SHEETS[service]
    lines = {name: closed(sheet[name]) for name in PROSE if sheet[name]}
    assert gulpease(" ".join(lines.values())) >= EASY
    for name, text in lines.items():
        assert max(len(words(sentence)) for sentence in sentences(text)) <= LONGEST, (name, text)
        if len(words(text)) >= ENOUGH and (service, name) not in NAMES:
            assert gulpease(text) >= EASY, (name, text)


@pytest.mark.parametrize("name", ["situation_texts", "step_texts", "emergency_contact_texts"])
def test_what_people_in_trouble_read_is_easy(name: str) -> None:
    path = RELEASE.parent / "source" / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"this city has no table {name}")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == "it"]
    for row in rows:
        lines = [closed(row[column]) for column in list(row)[2:-3] if column != "title" and row[column]]
        text = " ".join(lines)
        assert all(len(words(sentence)) <= LONGEST for line in lines for sentence in sentences(line)), lines
        assert len(words(text)) < ENOUGH or gulpease(text) >= EASY, text


def test_home_is_easy(built_site: Path) -> None:
    html = (built_site / "index.html").read_text("utf-8")
    main = html[html.index("<main"):html.index("</main>")]
    blocks = re.findall(r"<(?:h1|h2|p|li)\b[^>]*>(.*?)</(?:h1|h2|p|li)>", main, re.DOTALL)
    lines = [closed(" ".join(unescape(re.sub(r"<[^>]+>", " ", block)).split())) for block in blocks]
    assert len(lines) > 15
    assert gulpease(" ".join(lines)) >= EASY
    assert max(len(words(sentence)) for line in lines for sentence in sentences(line)) <= LONGEST


def test_the_measure_tells_hard_from_easy() -> None:
    hard = ("Ai sensi della normativa vigente in materia di edilizia residenziale pubblica, l’amministrazione "
            "procedente provvede all’assegnazione subordinatamente all’accertamento dei requisiti soggettivi.")
    assert gulpease(hard) < 40
    assert gulpease("Chiama lo sportello. È gratis. Porta un documento.") > 80
