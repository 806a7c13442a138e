"""Words for the files that people send: what kind they are, in which letters, and what could not be read at all."""

from etl.meta.messages.message import Message

MESSAGES: dict[str, Message] = {
    "file-empty": Message(
        "Il file è vuoto.", "The file is empty.",
        "Manda il file con le righe compilate. Il modello si scarica con: abitare template NOME.",
        "Send the file with its rows filled in. The template comes from: abitare template NAME."),
    "file-too-big": Message(
        "Il file è troppo grande ({found}).", "The file is too large ({found}).",
        "Togli immagini, fogli e righe vuote. Il limite è {expected}.",
        "Remove pictures, sheets and empty rows. The limit is {expected}."),
    "file-kind": Message(
        "Il file non è un foglio di calcolo: è {found}.", "The file is not a spreadsheet: it is {found}.",
        "Aprilo in Excel o LibreOffice e salvalo come .xlsx, oppure come «CSV UTF-8».",
        "Open it in Excel or LibreOffice and save it as .xlsx or as “CSV UTF-8”."),
    "file-locked": Message(
        "Il file è un vecchio .xls, oppure ha una password: non si può leggere.",
        "The file is an old .xls, or it has a password: it cannot be read.",
        "Togli la password e salvalo come .xlsx.", "Remove the password and save it as .xlsx."),
    "file-broken": Message(
        "Il file è rovinato: {found}.", "The file is damaged: {found}.",
        "Aprilo, salvalo di nuovo come .xlsx e rimandalo.", "Open it, save it again as .xlsx and send it again."),
    "other-kind": Message(
        "Il nome dice un tipo di file, il contenuto un altro: è stato letto come {found}.",
        "The name says one kind of file, the content another: it was read as {found}.",
        "Controlla che sia il file giusto. Non serve altro.",
        "Check that it is the right file. Nothing else is needed."),
    "encoding-windows": Message(
        "Il file non è in UTF-8: è stato letto come Windows-1252. Esempi: {found}.",
        "The file is not UTF-8: it was read as Windows-1252. Examples: {found}.",
        "Controlla le lettere accentate. La prossima volta salva come «CSV UTF-8».",
        "Check the accented letters. Next time save as “CSV UTF-8”."),
    "encoding-mixed": Message(
        "Alcune righe non sono in UTF-8: sono state lette come Windows-1252. Esempi: {found}.",
        "Some rows are not UTF-8: they were read as Windows-1252. Examples: {found}.",
        "Controlla le lettere accentate di queste righe. La prossima volta salva come «CSV UTF-8».",
        "Check the accented letters of these rows. Next time save as “CSV UTF-8”."),
    "encoding-unknown": Message(
        "Non si capisce in quali lettere è scritto il file ({found}).",
        "It cannot be told in which letters the file is written ({found}).",
        "Aprilo in Excel, controlla gli accenti e salvalo come «CSV UTF-8».",
        "Open it in Excel, check the accents and save it as “CSV UTF-8”."),
    "delimiter": Message(
        "Non si capisce quale segno separa le colonne ({found}).",
        "It cannot be told which sign separates the columns ({found}).",
        "Salva il file come .xlsx, oppure come CSV con il punto e virgola.",
        "Save the file as .xlsx, or as a CSV with semicolons."),
    "quotes-open": Message(
        "Le virgolette aperte in questa riga non si chiudono.", "The quotes opened in this row are not closed.",
        "Chiudi il testo con le virgolette, così: \"testo\".", "Close the text with quotes, like this: \"text\"."),
    "formula-without-value": Message(
        "La cella contiene una formula senza il suo risultato.", "The cell holds a formula without its result.",
        "Apri il file in Excel, salvalo di nuovo, oppure scrivi il risultato al posto della formula.",
        "Open the file in Excel and save it again, or write the result in place of the formula."),
    "hidden-rows": Message(
        "Il foglio ha righe, colonne o fogli nascosti: sono stati letti anche quelli ({found}).",
        "The sheet has hidden rows, columns or sheets: they were read as well ({found}).",
        "Mostrali e controlla che ci debbano essere.", "Show them and check that they belong there."),
    "merged-cells": Message(
        "Le celle unite valgono per ogni riga e colonna che coprono.",
        "Merged cells count for every row and column that they cover.",
        "Controlla. È meglio scrivere il valore in ogni cella.",
        "Check. It is better to write the value in each cell."),
}
