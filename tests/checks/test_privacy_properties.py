"""No fiscal code and no IBAN with wrong check digits, and masks that mask, whatever the text."""

from __future__ import annotations

from support.identifiers import check_letter, iban
from support.properties import given, st

from etl.checks.identifiers import fiscal_codes, ibans
from etl.checks.privacy import masked

FIRST = "PRVPRV80A01F205"
CODE = FIRST + check_letter(FIRST)


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
