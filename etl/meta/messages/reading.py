"""Words for how the cells of a file were read: what was assumed, what was left out, what could mean two things.

{found} shows the first value "as written → as read"; {example} is a right value of the column.
"""

from etl.meta.messages.message import Message

CHECK_IT, CHECK_EN = "Controlla che sia giusto. Non serve altro.", "Check that it is right. Nothing else is needed."

MESSAGES: dict[str, Message] = {
    "which-table": Message(
        "Il file può essere di più tabelle: {expected}.", "The file may be of several tables: {expected}.",
        "Dai al file il nome della tabella. Esempio: sportelli.xlsx, oppure desks.xlsx.",
        "Name the file after its table. Example: desks.xlsx."),
    "no-table": Message(
        "Le intestazioni non sono di nessuna tabella. Ho letto: {found}",
        "The headings belong to none of the tables. What was read: {found}",
        "Usa il modello: abitare template NOME. Tabelle: {expected}",
        "Use the template: abitare template NAME. Tables: {expected}"),
    "other-sheets": Message(
        "Gli altri fogli del file non sono stati letti ({example}).",
        "The other sheets of the file were not read ({example}).",
        "Se contengono righe della tabella, copiale nel primo foglio.",
        "If they hold rows of the table, copy them into its sheet."),
    "no-rows": Message(
        "Sotto le intestazioni non c'è nessuna riga.", "There is no row below the headings.",
        "Compila almeno una riga e manda di nuovo il file.", "Fill in at least one row and send the file again."),
    "heading-unknown": Message(
        "Questa colonna non è della tabella: «{found}». Non è stata letta.",
        "This column does not belong to the table: “{found}”. It was not read.",
        "Se serve, dalle uno di questi titoli: {expected}", "If it is needed, give it one of these titles: {expected}"),
    "heading-twice": Message(
        "Due colonne dicono la stessa cosa: «{found}».", "Two columns say the same thing: “{found}”.",
        "Tieni una sola colonna «{found}».", "Keep one column “{found}” only."),
    "heading-missing": Message(
        "Manca la colonna «{found}». Senza non si sa di quale riga si parla.",
        "The column “{found}” is missing. Without it nobody knows which row is meant.",
        "Aggiungi la colonna «{found}». I titoli sono: {expected}",
        "Add the column “{found}”. The titles are: {expected}"),
    "rows-above": Message(
        "Le righe sopra le intestazioni non sono state lette: i titoli delle colonne stanno alla riga {found}.",
        "The rows above the headings were not read: the titles of the columns are in row {found}.",
        CHECK_IT, CHECK_EN),
    "empty-rows": Message(
        "Le righe vuote non contano.", "The empty rows do not count.", CHECK_IT, CHECK_EN),
    "total-row": Message(
        "La riga del totale non è stata letta: «{found}».", "The row with the total was not read: “{found}”.",
        CHECK_IT, CHECK_EN),
    "heading-again": Message(
        "Le intestazioni ripetute dentro la tabella non sono state lette.",
        "The headings that are repeated inside the table were not read.", CHECK_IT, CHECK_EN),
    "row-repeated": Message(
        "La riga è uguale a un'altra: vale una volta sola.", "The row is the same as another: it counts once.",
        CHECK_IT, CHECK_EN),
    "loose-row": Message(
        "La riga ha solo un testo e non è della tabella: «{found}». È rimasta fuori.",
        "The row holds one text only and does not belong to the table: “{found}”. It was left out.",
        "Se è una nota non serve altro. Se è un dato, compila la sua riga intera.",
        "If it is a note nothing else is needed. If it is data, fill in its whole row."),
    "cells-beyond": Message(
        "La riga ha più celle delle intestazioni: i valori possono essere spostati.",
        "The row has more cells than there are headings: its values may be in the wrong columns.",
        "Un testo con dentro il separatore va tra virgolette. In Excel le colonne finiscono a {expected}.",
        "A text that holds the separator goes in quotes. In Excel the columns end at {expected}."),
    "read-date": Message(
        "Date lette con il giorno prima del mese: {found}.", "Dates were read with the day before the month: {found}.",
        CHECK_IT, CHECK_EN),
    "read-time": Message(
        "Ore lette così: {found}.", "Hours were read like this: {found}.", CHECK_IT, CHECK_EN),
    "read-number": Message(
        "Numeri letti così: {found}.", "Numbers were read like this: {found}.", CHECK_IT, CHECK_EN),
    "read-missing": Message(
        "Celle lette come «non disponibile»: {found}.", "Cells were read as “not available”: {found}.",
        "Una cella vuota non cancella un valore che c'è già.", "An empty cell does not erase a value that is there."),
    "read-label": Message(
        "Parole lette come codici: {found}.", "Words were read as codes: {found}.", CHECK_IT, CHECK_EN),
    "read-boolean": Message(
        "Sì e no letti così: {found}.", "Yes and no were read like this: {found}.", CHECK_IT, CHECK_EN),
    "read-list": Message(
        "Elenchi letti così: {found}.", "Lists were read like this: {found}.", CHECK_IT, CHECK_EN),
    "read-zeros": Message(
        "Zeri iniziali rimessi: {found}.", "Leading zeros were put back: {found}.",
        "Controlla. Per non perderli, dai alle celle il formato Testo.",
        "Check. To keep them, give the cells the format Text."),
    "read-letters": Message(
        "Lettere accentate rimesse a posto: {found}.", "Accented letters were put right: {found}.",
        "Controlla. Salva il file come «CSV UTF-8».", "Check. Save the file as “CSV UTF-8”."),
    "read-blanks": Message(
        "Spazi speciali e a capo sono diventati spazi.", "Special blanks and line breaks became blanks.",
        CHECK_IT, CHECK_EN),
    "ambiguous-number": Message(
        "Il numero si può leggere in due modi: {found}", "The number can be read in two ways: {found}",
        "Scrivi 1234 senza separatori, oppure i decimali per intero: 1,20. Esempio: {example}",
        "Write 1234 without separators, or all decimals: 1.20. Example: {example}"),
    "ambiguous-date": Message(
        "Nella colonna ci sono date con il mese prima del giorno: questa si può leggere in due modi.",
        "The column holds dates with the month before the day: this one can be read in two ways.",
        "Scrivi anno-mese-giorno. Esempio: {example}", "Write year-month-day. Example: {example}"),
    "date-serial": Message(
        "La data è diventata un numero di Excel.", "The date has become a number of Excel.",
        "In Excel dai alla cella il formato Data, poi controlla il giorno. Esempio: {example}",
        "In Excel give the cell the format Date, then check the day. Example: {example}"),
    "phone-zeros": Message(
        "Il numero di telefono può avere perso lo zero iniziale.", "The phone number may have lost its leading zero.",
        "Dai alla cella il formato Testo e scrivi il numero intero. Esempio: {example}",
        "Give the cell the format Text and write the whole number. Example: {example}"),
    "cell-error": Message(
        "La cella contiene un errore del foglio di calcolo.", "The cell holds an error of the spreadsheet.",
        "Scrivi il valore al posto della formula. Esempio: {example}",
        "Write the value in place of the formula. Example: {example}"),
    "double-encoded": Message(
        "Le lettere accentate sono rovinate e non si sa quali fossero.",
        "The accented letters are spoiled and nobody can tell which they were.",
        "Scrivi di nuovo il testo. Esempio: {example}", "Type the text again. Example: {example}"),
    "lost-letter": Message(
        "Una lettera è andata persa: al suo posto c'è �.", "A letter was lost: � stands in its place.",
        "Scrivi di nuovo il testo. Esempio: {example}", "Type the text again. Example: {example}"),
    "record-without-key": Message(
        "La fonte dà un fatto senza dire di che cosa parla ({column}): è rimasto fuori.",
        "The source gives a fact without saying what it is about ({column}): it was left out.",
        "Controlla la fonte e la sua dichiarazione in datasets/.",
        "Check the source and its declaration in datasets/.", "contributor"),
    "kept-values": Message(
        "Dove il file è vuoto resta il valore che c'era.", "Where the file is empty the value that was there stays.",
        "Per togliere un valore cambia la tabella in datasets/source.",
        "To remove a value change the table in datasets/source."),
}
