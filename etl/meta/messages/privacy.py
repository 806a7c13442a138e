"""Words for personal data that must not be published. The value itself is never shown whole."""

from etl.meta.messages.message import Message

OFFICE_IT = "Togli il dato. Al suo posto scrivi il recapito dell'ufficio, oppure lascia vuoto."
OFFICE_EN = "Remove it. Write the contact of the office in its place, or leave the cell empty."

MESSAGES: dict[str, Message] = {
    "privacy-fiscal-code": Message(
        "La cella contiene il codice fiscale di una persona.", "The cell holds the fiscal code of a person.",
        "Togli il codice fiscale. Non serve a questa tabella.", "Remove the fiscal code. This table does not need it."),
    "privacy-iban": Message(
        "La cella contiene un IBAN.", "The cell holds an IBAN.",
        "Togli l'IBAN. Non serve a questa tabella.", "Remove the IBAN. This table does not need it."),
    "privacy-email": Message(
        "La cella contiene un indirizzo e-mail personale.", "The cell holds a personal e-mail address.",
        OFFICE_IT, OFFICE_EN),
    "privacy-mobile": Message(
        "La cella contiene un numero di cellulare.", "The cell holds a mobile phone number.", OFFICE_IT, OFFICE_EN),
    "privacy-name": Message(
        "La cella contiene il nome di una persona.", "The cell holds the name of a person.",
        "Togli il nome. Se è quello di un ufficio o di un ente, scrivilo per esteso.",
        "Remove the name. If it is that of an office or a body, write it in full."),
    "privacy-small-count": Message(
        "Il conteggio è così piccolo che si possono riconoscere le persone (meno di {expected}).",
        "The count is so small that people can be recognised (below {expected}).",
        "Unisci la riga ad altre, oppure lascia vuoto il valore.",
        "Join the row with others, or leave the value empty."),
    "privacy-column": Message(
        "Il file ha una colonna di dati personali: «{found}».", "The file has a column of personal data: “{found}”.",
        "Togli la colonna dal file e mandalo di nuovo. Cancella anche la copia già caricata.",
        "Remove the column from the file and send it again. Delete the copy that was uploaded, too."),
}
