"""What the stories of docs/stories say of this city: the figures that journalists will ask about."""

from __future__ import annotations

from pathlib import Path

from support.stories import told


def test_where_the_million_and_a_half_went(built_site: Path) -> None:
    text = "\n".join(told("milione_e_mezzo", built_site, "MI3.1.1.b1"))
    for part in ("importi di cui la fonte non dice la data", "ammesso          1.514.648,44 €",
                 "vincolante       1.326.980,00 €  87,6 % dell’ammesso",
                 "erogato            449.646,43 €  29,7 % dell’ammesso", "vincolante e non erogato: 877.333,57 €",
                 "→ MI3.1.1.b1       29,7 %", "2 hanno una quota più bassa, 3 più alta o uguale; mediana 56,6 %."):
        assert part in text


def test_desks_rents_and_agencies(built_site: Path) -> None:
    assert told("rents_by_zone", built_site)[1] == "  zona 1: da 500,00 € a 1.550,00 €"
    assert told("without_agency", built_site)[0] == "In un’agenzia: 30 comuni su 133."
    assert "senza una verifica dell’ente: 83 sportelli su 83." in told("desks_not_verified", built_site)[0]
