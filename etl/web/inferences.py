"""Every inference that the site makes: what pages say and no row does, and from what. A new one begins here."""

from __future__ import annotations

from etl.domain.inference import Inferred
from etl.web.kinds import N_

ON_THE_PATH = {
    "age": N_("la data del fatto; dopo due anni non lo diamo più per vero oggi"),
    "openings": N_("gli orari della settimana indicati dalla fonte, con i giorni festivi come chiusi"),
    "needs": N_("quello che la fonte dice dello sportello"),
    "distance": N_("il centro del Comune, dove il punto esatto non è noto"),
    "notice-state": N_("i giorni e le ore scritti nell’avviso; la pagina dopo può essere cambiata"),
    "best": N_("le righe che dicono chi risponde in questo posto, e come lo si raggiunge"),
    "smallest-home": N_("la stanza più piccola che l’accordo nomina"),
    "deadlines": N_("il numero di giorni o di mesi che la fonte dà; come contarli lo dice solo per i giorni liberi"),
}
"""Name -> from what we infer it. These stand on the path of a person in need, and so in every language."""
ELSEWHERE = {
    "stages": N_("i nomi delle quattro tappe, che le fonti usano e non definiscono"),
    "project-links": N_("il tipo di cosa che la pagina del progetto nomina, e le fonti scritte accanto"),
}


def inferred(name: str, *rows: tuple[str, str], day: str | None = None) -> Inferred:
    """The mark of an inference, for the macro of the same name. rows: (dataset, key) of each row that it rests on."""
    return Inferred(name, (ON_THE_PATH | ELSEWHERE)[name], rows, day)
