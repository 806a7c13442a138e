"""What is said of ids that vanish, of corrections that do not hold, and of sources that contradict each other."""

from etl.meta.messages.message import Message

MESSAGES = {
    "id-lost": Message(
        "«{found}» era pubblicato e non c'è più: chi ha il suo indirizzo troverebbe il vuoto.",
        "“{found}” was published and is no longer there: whoever has its address would find nothing.",
        "Rimetti la riga. Se non deve più esserci, scrivi in datasets/source/removals.csv quando e perché è stata "
        "tolta: una riga che comincia con «{example}».",
        "Put the row back. If it must go, write in datasets/source/removals.csv when and why it was removed: a row "
        "that starts with “{example}”."),
    "removal-still-there": Message(
        "«{found}» è nel registro delle righe tolte, ma la riga c'è ancora.",
        "“{found}” is in the register of removed rows, but the row is still there.",
        "Togli la riga dalla sua tabella, oppure cancellala da datasets/source/removals.csv.",
        "Remove the row from its table, or delete it from datasets/source/removals.csv."),
    "removal-target": Message(
        "Il nuovo codice «{found}» manca, non esiste nella tabella {expected} o non serve.",
        "The new code “{found}” is missing, is not in the table {expected}, or is not needed.",
        "Se la riga è spostata (moved), scrivi in moved_to un codice che c'è; altrimenti lascia moved_to vuota.",
        "If the row has moved (moved), write in moved_to a code that is there; else leave moved_to empty."),
    "correction-place": Message(
        "La rettifica parla di una cella che non c'è: {found}.",
        "The correction is about a cell that does not exist: {found}.",
        "Controlla tabella, chiave e colonna. Esempio: funding, MI3.1.1.b1|, paid_eur.",
        "Check table, key and column. Example: funding, MI3.1.1.b1|, paid_eur."),
    "correction-value": Message(
        "Il valore corretto non ha la forma della colonna: {found}.",
        "The corrected value does not have the form of the column: {found}.",
        "Scrivi il valore come nella tabella. Esempio: {expected}",
        "Write the value as the table does. Example: {expected}"),
    "correction-done": Message(
        "La fonte ha corretto il valore: la rettifica «{found}» non serve più.",
        "The source has mended the value: the correction “{found}” is no longer needed.",
        "In corrections.csv metti in_table al posto di over_source.",
        "In corrections.csv write in_table in place of over_source."),
    "correction-overtaken": Message(
        "La fonte ora dice «{found}», non più «{expected}»: la rettifica non è applicata.",
        "The source now says “{found}”, no longer “{expected}”: the correction is not applied.",
        "Rileggi la fonte. Se il nuovo valore è giusto, chiudi la rettifica; se no, scrivilo nella colonna expect.",
        "Read the source again. If the new value is right, close the correction; else write it in the column expect."),
    "correction-missing": Message(
        "La rettifica è accolta, ma la tabella ha ancora il valore sbagliato «{found}».",
        "The correction is accepted, but the table still has the wrong value “{found}”.",
        "Scrivi nella tabella il valore giusto: {expected}", "Write the right value in the table: {expected}"),
    "sources-differ": Message(
        "Un'altra fonte dice una cosa diversa.", "Another source says something different.",
        "Chiedi al titolare quale dei due valori vale, e a che data.",
        "Ask the owner which of the two values holds, and at what date."),
    "other-value-place": Message(
        "Il valore di un'altra fonte riguarda una cella che non c'è: {found}.",
        "The value of another source is about a cell that does not exist: {found}.",
        "Controlla tabella, chiave e colonna. Esempio: indicators, immobili-quartieri-connessi, value.",
        "Check table, key and column. Example: indicators, immobili-quartieri-connessi, value."),
}
