"""What the gate must find and must leave alone, whatever the text: any spelling, public numbers, long cells."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from support.identifiers import check_letter, iban
from support.properties import given, settings, st

from etl.checks.identifiers import ORDINARY, fiscal_codes, ibans, readable
from etl.checks.personal import words
from etl.checks.personal_detectors import DETECTORS, Seen
from etl.checks.personal_detectors import LETTERS as SMALL
from etl.checks.personal_lives import DAY, MAY_BE_A_DAY
from etl.checks.personal_tokens import WORD, folded
from etl.checks.persons import names
from etl.checks.privacy import LONGEST, masked, personal_in
from etl.meta.words import plain

FIRST = "PRVPRV80A01F205"
CODE = FIRST + check_letter(FIRST)
BLUR = dict(zip("0123456789", "LMNPQRSTUV", strict=True))
DIGITS = (6, 7, 9, 10, 12, 13, 14)
LETTERS = st.sampled_from("BCDFGHLMNPRSTVZ")
GAP = st.sampled_from(["", "", " ", "-", ".", "/", " - ", "\u00a0", "–", "\u200b"])
GLUE = st.sampled_from(["", " ", "cf:", "Mario", "n.", "(", "isee_", "2024/"])


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A fiscal code of nobody, up to five of its digits written as letters."""
    digits = st.text("0123456789", min_size=2, max_size=3)
    first = "".join(draw(LETTERS) for _ in range(6)) + draw(digits)[:2] + draw(st.sampled_from("ABCDEHLMPRST"))
    first += f"{draw(st.integers(1, 71)):02}{draw(LETTERS)}{draw(st.integers(100, 999))}"
    blurred = draw(st.sets(st.sampled_from(DIGITS), max_size=5))
    first = "".join(BLUR[sign] if place in blurred else sign for place, sign in enumerate(first))
    return first + check_letter(first)


@given(codes(), st.lists(GAP, min_size=15, max_size=15), st.booleans(), GLUE, GLUE)
def test_a_fiscal_code_is_found_in_any_spelling(code: str, gaps: list[str], small: bool, before: str,
                                                after: str) -> None:
    spelled = "".join(sign + gap for sign, gap in zip(code, [*gaps, ""], strict=True))
    text = before + (spelled.lower() if small else spelled) + after
    assert "fiscal-code" in {found.kind for found in personal_in(text)}, text


@given(st.text("0123456789", min_size=22, max_size=22), st.lists(GAP, min_size=26, max_size=26), GLUE)
def test_an_iban_is_found_in_any_spelling(digits: str, gaps: list[str], before: str) -> None:
    code = iban("X" + digits)
    spelled = before + "".join(sign + gap for sign, gap in zip(code, [*gaps, ""], strict=True))
    assert "iban" in {found.kind for found in personal_in(spelled)}, spelled


NUMBER = st.integers(0, 9_999_999).map("{:07}".format)
PUBLIC = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["02", "039", "0331", "+39 02", "800", "tel. 02", "0039 06"]), NUMBER),
    st.builds("{}{}{}".format, st.sampled_from(["B42G", "H41B", "J31J"]), NUMBER, st.just("0006")),  # CUP
    st.builds("{} {}".format, st.sampled_from(["CIG", "CIG:", "prot. n.", "P.IVA", "codice fiscale ente"]),
              st.integers(3_000_000_000, 3_999_999_999)),
    st.builds("{} {:,} €".format, st.sampled_from(["importo", "fino a"]), st.integers(300_000_000, 3_999_999_999)),
    st.integers(300_000_000, 3_999_999_999).map(lambda n: f"€ {n:,}".replace(",", ".")),
    st.integers(10_000_000_000, 19_999_999_999).map("P.IVA {}".format),
    st.builds("{} {}".format, st.sampled_from(["via", "viale", "Piazza", "C.so", "Scuola", "San", "Fondazione"]),
              st.sampled_from(["Giuseppe Verdi 3", "Mario Rossi", "Giovanni XXIII", "Giulia Bianchi"])),
    st.builds("{} {}".format, st.sampled_from(["Mario Rossi", "Bianchi Luca", "GIULIA NERI"]),
              st.sampled_from(["S.r.l.", "spa", "& C. snc", "Costruzioni", "S.A.S."])),
)


@given(PUBLIC)
@settings(max_examples=300)
def test_public_numbers_and_names_are_left_alone(text: str) -> None:
    assert personal_in(text) == (), text


LISTS = (("names", "given"), ("names", "surnames"), ("ordinary", "words"), ("titles", "private"), ("contexts", "facts"))
WRITTEN = st.one_of(*(st.sampled_from(sorted(words(*each))) for each in LISTS))
SPELLINGS = st.sampled_from([str.lower, str.capitalize, str.upper, lambda word: f"{word[0].upper()}.",
                             lambda word: word.translate(str.maketrans("aeious", "àéîöüš")).capitalize()])


@given(st.lists(st.tuples(WRITTEN, SPELLINGS, st.sampled_from([" ", ", ", " «", "» ", " – ", ": "])), max_size=5))
@settings(max_examples=400)
def test_what_holds_a_name_is_worth_a_look(said: list[tuple[str, Callable[[str], str], str]]) -> None:
    text = readable("".join(spell(word) + after for word, spell, after in said))
    assert not list(names(text)) or DETECTORS["name"].worth(Seen(text)), text


@pytest.mark.parametrize("text", ["Lavori «in corso»", "canone – fino a 500 €", "unità e verità"])
def test_signs_and_accents_are_no_other_letters(text: str) -> None:
    assert not DETECTORS["name"].worth(Seen(readable(text)))


@given(st.from_regex(ORDINARY, fullmatch=True))
def test_ordinary_signs_are_the_same_in_every_form(text: str) -> None:
    assert unicodedata.normalize("NFKC", text) == text
    assert re.sub(r"\s", " ", text) == text
    assert [plain(word) for word in SMALL.findall(text.lower())] == WORD.findall(folded(text))


@given(st.from_regex(re.compile(DAY, re.IGNORECASE)))
def test_every_day_looks_like_one_at_first(text: str) -> None:
    assert MAY_BE_A_DAY.search(text)


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_a_code_with_another_check_letter_is_no_fiscal_code(letter: str) -> None:
    assert bool(list(fiscal_codes(FIRST + letter))) == (letter == CODE[-1])


@given(st.text("0123456789", min_size=22, max_size=22))
def test_numbers_with_wrong_check_digits_are_no_iban(bban: str) -> None:
    right = iban(bban)
    wrong = right[:2] + f"{(int(right[2:4]) + 1) % 97:02}" + right[4:]
    assert list(ibans(right))
    assert not list(ibans(wrong))


@given(st.text(min_size=1, max_size=40))
def test_masks_keep_two_signs(text: str) -> None:
    assert masked(text)[2:].strip("*") == ""


@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_looked_at(text: str, name: bool) -> None:
    assert all(set(found.shown[2:]) <= {"*"} for found in personal_in(text, name))


@pytest.mark.parametrize("piece", ["a", "3 ", "+3", "A1", "Mario ", "sig. ", "M. ", "via ", "nato a ", "a@", "LL1"])
def test_a_cell_of_a_hundred_thousand_letters_is_looked_at_in_a_moment(piece: str) -> None:
    began = time.process_time()
    personal_in((piece * LONGEST)[:LONGEST])
    assert time.process_time() - began < 3
