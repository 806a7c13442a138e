"""An amount in any markup: read whole, or told and not read; never another amount."""

from __future__ import annotations

import re
from decimal import Decimal

from support.programme_pages import SKELETONS
from support.properties import example, given, settings, st

from etl.sources.page_facts import parse

CODE = "CA9.9.9.z"
SEAMS = ["<span>|</span>", "<b>|</b>", "<sup>|</sup>", "<small class='tooltip'>|</small>", "<x-part>|</x-part>",
         "<br>|", "<div>|</div>", "<p>|</p>", "<!-- , -->|", "<wbr>|", "&shy;|", "\n|",
         "<span hidden>9</span>|", " <i>|</i> "]
AMOUNTS = st.decimals(min_value=0, max_value=99_999_999, places=2)
ONE_TEXT = ("\n|", "<wbr>|", "&shy;|", "<!-- , -->|", "<span hidden>9</span>|")


def italian(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def value_of(html: str) -> tuple[Decimal | None, str]:
    """The amount paid that a page says, None when none is taken; what is told of it."""
    page = parse(html, CODE)
    (text,) = page.values["paid"] or [""]
    digits = re.sub(r"[€\s.]", "", text).replace(",", ".")
    return Decimal(digits) if digits else None, " ".join([*page.unsure, *page.strange, *page.contradictions])


def html_of(written: str, skeleton: str) -> str:
    lines = [("Codice Progetto", [CODE]), ("Importo Erogato", ["@"]), ("Data fine", ["2020"])]
    return SKELETONS[skeleton](lines).replace("@", written)


@example(Decimal("0.01"), [(4, "<small class='tooltip'>|</small>"), (0, "<br>|")], "€ @", "accordion")
@settings(max_examples=150)
@given(AMOUNTS, st.lists(st.tuples(st.integers(0, 14), st.sampled_from(SEAMS)), max_size=4),
       st.sampled_from(["€ @", "@ €", "@", "€&nbsp;@"]), st.sampled_from(sorted(SKELETONS)))
def test_an_amount_cut_anywhere_is_itself_or_nothing(
    amount: Decimal, cuts: list[tuple[int, str]], unit: str, skeleton: str
) -> None:
    parts, rest = [], unit.replace("@", italian(amount))
    for length, seam in cuts:
        parts.append((rest[:length] if "&" not in rest[:length] else "", seam))
        rest = rest[len(parts[-1][0]):]
    written = "".join(seam.replace("|", part) for part, seam in parts) + rest
    found, told = value_of(html_of(written, skeleton))
    assert found in (amount, None)
    assert found is not None or "importo erogato: " in told


@settings(max_examples=80)
@given(AMOUNTS, AMOUNTS | st.integers(0, 99), st.sampled_from([seam for seam in SEAMS if seam not in ONE_TEXT]),
       st.sampled_from(sorted(SKELETONS)))
def test_of_two_amounts_none_is_taken(first: Decimal, second: Decimal | int, seam: str, skeleton: str) -> None:
    other = italian(second) if isinstance(second, Decimal) else str(second)
    found, told = value_of(html_of(f"€ {italian(first)}{seam.replace('|', other)}", skeleton))
    assert found is None or found == first == second
    assert found is not None or "importo erogato: " in told
