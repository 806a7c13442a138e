"""Words for what is wrong in a source table or in what is made from it."""

from etl.meta.messages.message import Message

MESSAGES: dict[str, Message] = {
    "file-missing": Message(
        "La tabella non c'è.", "The table is missing.",
        "Rimetti il file {expected}.", "Put the file {expected} back.", "contributor"),
    "empty-file": Message(
        "Il file è vuoto.", "The file is empty.",
        "Rimetti la versione precedente. La prima riga deve essere: {expected}",
        "Restore the previous version. The first line must be: {expected}"),
    "encoding": Message(
        "Il file non è in UTF-8: alcune lettere non si leggono.",
        "The file is not UTF-8: some letters cannot be read.",
        "In Excel salva come «CSV UTF-8». La prima riga sbagliata è la {found}.",
        "In Excel save as “CSV UTF-8”. The first wrong line is {found}."),
    "quotes": Message(
        "Le virgolette non si chiudono: {found}.", "Quotes are not closed: {found}.",
        "Chiudi il testo con le virgolette, così: \"testo, con virgola\".",
        "Close the text with quotes, like this: \"text, with a comma\"."),
    "too-large": Message(
        "Il file è troppo grande: {found} MB.", "The file is too large: {found} MB.",
        "Una tabella ha al massimo {expected} MB. Controlla di non avere incollato un documento in una cella.",
        "A table has at most {expected} MB. Make sure that no document was pasted into a cell."),
    "too-many-rows": Message(
        "La tabella ha {found} righe.", "The table has {found} rows.",
        "Una tabella ha al massimo {expected} righe. Dividi i dati, per esempio per anno.",
        "A table has at most {expected} rows. Split the data, for example by year.", "contributor"),
    "cell-too-long": Message(
        "Un testo in {column} è troppo lungo.", "A text in {column} is too long.",
        "Una cella ha al massimo {expected} caratteri. Metti il documento sul web e scrivi qui il suo indirizzo.",
        "A cell has at most {expected} characters. Put the document on the web and write its address here."),
    "columns-many": Message(
        "Ci sono {found} colonne non previste.", "There are {found} columns that are not expected.",
        "Forse il separatore è sbagliato, o è la tabella di un altro. Intestazione giusta: {expected}",
        "Perhaps the separator is wrong, or it is another table. The right header: {expected}"),
    "columns-missing": Message(
        "Manca la colonna {column}.", "The column {column} is missing.",
        "Rimetti la colonna. Intestazione giusta: {expected}",
        "Put the column back. The right header: {expected}"),
    "columns-extra": Message(
        "La colonna {column} non è prevista.", "The column {column} is not expected.",
        "Togli la colonna, oppure aggiungila prima allo schema. Intestazione giusta: {expected}",
        "Remove the column, or add it to the schema first. The right header: {expected}"),
    "columns-order": Message(
        "Le colonne non sono nell'ordine giusto (da {column}).",
        "The columns are not in the right order (from {column}).",
        "Rimetti le colonne in questo ordine: {expected}", "Put the columns in this order: {expected}"),
    "row-width": Message(
        "La riga ha {found} celle invece di {expected}.", "The row has {found} cells instead of {expected}.",
        "Controlla le virgole: un testo con virgole va tra virgolette, così: \"via Roma, 1\".",
        "Check the commas: a text with commas goes in quotes, like this: \"via Roma, 1\"."),
    "translation-outdated": Message(
        "Il testo italiano è cambiato dopo questa traduzione.", "The Italian text has changed since this translation.",
        "Aggiorna la traduzione, poi scrivi in {column}: {expected}",
        "Bring the translation up to date, then write in {column}: {expected}"),
    "control-character": Message(
        "La cella contiene un carattere invisibile non ammesso.",
        "The cell holds an invisible character that is not allowed.",
        "Cancella la cella e scrivi di nuovo il testo a mano.", "Clear the cell and type the text again."),
    "direction-character": Message(
        "La cella contiene un carattere che capovolge il verso del testo.",
        "The cell holds a character that reverses the direction of the text.",
        "Cancella la cella e scrivi di nuovo il testo a mano.", "Clear the cell and type the text again."),
    "html": Message(
        "La cella contiene codice HTML.", "The cell holds HTML code.",
        "Scrivi solo testo, senza < e >. Esempio: {example}", "Write plain text, without < and >. Example: {example}"),
    "formula": Message(
        "La cella comincia come una formula di foglio di calcolo.",
        "The cell starts like a spreadsheet formula.",
        "Scrivi il risultato e non la formula: niente =, +, - o @ all'inizio. Esempio: {example}",
        "Write the result, not the formula: no =, +, - or @ at the start. Example: {example}"),
    "spaces": Message(
        "La cella ha spazi all'inizio o alla fine.", "The cell has spaces at its start or end.",
        "Togli gli spazi. Esempio: {example}", "Remove the spaces. Example: {example}"),
    "number": Message(
        "Il valore non è un numero scritto nel modo previsto.", "The value is not a number in the expected form.",
        "Usa il punto per i decimali e nessun separatore delle migliaia. Esempio: {example}",
        "Use a point for decimals and no thousands separator. Example: {example}"),
    "integer": Message(
        "Il valore non è un numero intero.", "The value is not a whole number.",
        "Scrivi solo cifre. Esempio: {example}", "Write digits only. Example: {example}"),
    "boolean": Message(
        "Il valore deve essere true o false.", "The value must be true or false.",
        "Scrivi true (sì) oppure false (no).", "Write true (yes) or false (no)."),
    "date": Message(
        "La data non è scritta nel modo previsto o non esiste.",
        "The date is not in the expected form or does not exist.",
        "Scrivi anno-mese-giorno. Esempio: {example}", "Write year-month-day. Example: {example}"),
    "date-window": Message(
        "La data non è credibile per questi dati.", "The date is not plausible for this data.",
        "Controlla l'anno: sono ammessi gli anni dal {expected}. Esempio: {example}",
        "Check the year: years {expected} are allowed. Example: {example}"),
    "project-code": Message(
        "Il codice di progetto non segue la regola del programma.",
        "The project code does not follow the programme's rule.",
        "Copia il codice dalla pagina del progetto. Esempio: {example}",
        "Copy the code from the project page. Example: {example}"),
    "cup": Message(
        "Il CUP non è valido.", "The CUP is not valid.",
        "Il CUP ha 15 caratteri. Esempio: {example}. Più CUP si separano con |.",
        "A CUP has 15 characters. Example: {example}. Separate several with |."),
    "istat": Message(
        "Il codice ISTAT del comune non è valido.", "The ISTAT code of the municipality is not valid.",
        "Scrivi le sei cifre, con lo zero iniziale. Esempio: {example}",
        "Write the six digits, with the leading zero. Example: {example}"),
    "cap": Message(
        "Il CAP non è valido.", "The postal code is not valid.",
        "Scrivi cinque cifre. Esempio: {example}", "Write five digits. Example: {example}"),
    "email": Message(
        "L'indirizzo e-mail non è valido.", "The e-mail address is not valid.",
        "Controlla l'indirizzo. Esempio: {example}", "Check the address. Example: {example}"),
    "phone": Message(
        "Il numero di telefono non è valido.", "The phone number is not valid.",
        "Scrivi il numero con il prefisso. Esempio: {example}. Più numeri si separano con |.",
        "Write the number with its prefix. Example: {example}. Separate several with |."),
    "url": Message(
        "L'indirizzo web non è valido.", "The web address is not valid.",
        "Copia l'indirizzo intero. Esempio: {example}", "Copy the whole address. Example: {example}"),
    "slug": Message(
        "L'identificativo ha caratteri non ammessi.", "The identifier has characters that are not allowed.",
        "Usa solo lettere minuscole senza accenti, cifre e trattini: al massimo 80, e non nomi che i computer tengono "
        "per sé, come con o aux. Esempio: {example}",
        "Use lower-case letters without accents, digits and hyphens only: at most 80, and no name that computers keep "
        "for themselves, such as con or aux. Example: {example}"),
    "text": Message(
        "Nell'elenco c'è un valore vuoto.", "There is an empty value in the list.",
        "Più valori si separano con un solo |. Esempio: {example}",
        "Separate several values with one | only. Example: {example}"),
    "language": Message(
        "Il codice della lingua non è valido.", "The language code is not valid.",
        "Scrivi due lettere minuscole. Esempio: {example}", "Write two lower-case letters. Example: {example}"),
    "required": Message(
        "Manca un valore obbligatorio.", "A required value is missing.",
        "Compila la colonna {column}. Esempio: {example}", "Fill in the column {column}. Example: {example}"),
    "type": Message(
        "Il valore non è del tipo previsto ({expected}).", "The value is not of the expected type ({expected}).",
        "Correggi il valore. Esempio: {example}", "Correct the value. Example: {example}"),
    "pattern": Message(
        "Il valore non ha la forma prevista.", "The value does not have the expected form.",
        "Correggi il valore. Esempio: {example}", "Correct the value. Example: {example}"),
    "enum": Message(
        "Il valore non è nell'elenco dei valori ammessi.", "The value is not in the list of allowed values.",
        "Scegli uno di questi: {expected}", "Choose one of these: {expected}"),
    "limit": Message(
        "Il valore è fuori dai limiti previsti.", "The value is outside the expected limits.",
        "Correggi il valore. Esempio: {example}", "Correct the value. Example: {example}"),
    "duplicate-key": Message(
        "La riga ripete la chiave di un'altra riga.", "The row repeats the key of another row.",
        "Tieni una sola riga per ogni {column}.", "Keep one row only for each {column}."),
    "unknown-reference": Message(
        "Il valore non esiste nella tabella {expected}.", "The value does not exist in the table {expected}.",
        "Correggi {column}, oppure aggiungi prima la riga alla tabella {expected}.",
        "Correct {column}, or add the row to the table {expected} first."),
    "package": Message(
        "La tabella pubblicata non è valida: {found}.", "The published table is not valid: {found}.",
        "Segnala il problema a chi mantiene il programma.", "Report it to the maintainer of the programme.",
        "contributor"),
    "row-floor": Message(
        "Ci sono meno righe del minimo previsto ({found} invece di almeno {expected}).",
        "There are fewer rows than the expected minimum ({found} instead of at least {expected}).",
        "Rimetti le righe mancanti. Se sono state tolte apposta, abbassa [rows] min nella dichiarazione.",
        "Put the missing rows back. If they were removed on purpose, lower [rows] min in the declaration."),
    "stale": Message(
        "Il dato più recente è del {found}: i dati possono essere superati.",
        "The newest fact is of {found}: the data may be out of date.",
        "Verifica i fatti alla fonte e aggiorna {column}.", "Verify the facts at the source and update {column}."),
    "source-overdue": Message(
        "La fonte è stata letta l'ultima volta il {found}: andava riletta entro il {expected}.",
        "The source was last read on {found}: it was to be read again by {expected}.",
        "Controlla che la lettura notturna funzioni ancora.", "Check that the nightly reading still works.",
        "contributor"),
    "no-source": Message(
        "La riga non dice da dove viene il fatto: non è pubblicata.",
        "The row does not say where the fact comes from: it is not published.",
        "Scrivi l'indirizzo della fonte in source_url. Esempio: https://www.comune.milano.it/",
        "Write the address of the source in source_url. Example: https://www.comune.milano.it/"),
}
