"""Words for what a source gave that is not what it promised."""

from etl.meta.messages.fetching import DECLARE_EN, DECLARE_IT, stays
from etl.meta.messages.message import Message

CHECK = "Confronta la fonte con [source.fetch] in datasets/.", "Compare the source with [source.fetch] in datasets/."

MESSAGES: dict[str, Message] = {
    "source-columns": stays("La fonte ha cambiato le colonne: manca {expected} (ci sono: {found}).",
                            "The source has changed its columns: {expected} is missing (there are: {found}).",
                            *CHECK, "contributor"),
    "source-layout": stays("La fonte ha cambiato forma: {found}.", "The source has changed its form: {found}.",
                           *CHECK, "contributor"),
    "source-nothing-found": stays("Nella fonte non c'è nessuna riga di {expected} (righe lette: {found}).",
                                  "The source holds no row of {expected} (rows read: {found}).", *CHECK, "contributor"),
    "source-sums": stays("I totali della fonte non tornano: {found}.",
                         "The totals of the source do not add up: {found}."),
    "source-filter": stays("La fonte ignora il filtro chiesto: {found}.", "The source ignores the filter: {found}.",
                           DECLARE_IT, DECLARE_EN, "contributor"),
    "bulk-row": Message(
        "Alcune righe della fonte non si possono leggere: sono rimaste fuori.",
        "Some rows of the source cannot be read: they were left out.",
        "Segnala le righe a chi cura la fonte.", "Report the rows to the owner of the source.", "owner"),
    "bulk-letters": Message(
        "Nella fonte alcune lettere accentate sono rovinate e non si sa quali fossero.",
        "In the source some accented letters are spoiled and nobody can tell which they were.",
        "Segnala le righe a chi cura la fonte.", "Report the rows to the owner of the source.", "owner"),
}
