"""The first list of the privacy gate: strings of invented people in any spelling, and public ones that look alike."""

from __future__ import annotations

from support.identifiers import check_letter, iban

GAPS = ["", " ", "-", ".", "/", " - "]


def code(first: str) -> str:
    return first + check_letter(first)


def grouped(text: str, sizes: tuple[int, ...], gap: str) -> str:
    pieces, place = [], 0
    for size in sizes:
        pieces.append(text[place: place + size])
        place += size
    return gap.join([*pieces, text[place:]] if text[place:] else pieces)


CODES = [code(first) for first in ("PRVMRA80A01F205", "DNTLCU72L55H501", "SNTGNN99E10Z330", "QRTPLA55P66D969",
                                    "BNCLRT03C15L736")]
BLURRED = [code(first) for first in ("PRVMRA80A01F2LR", "DNTLCUTNL55H501", "PRVMRA8LALMF20R", "SNTGNNVVE10Z33L")]
FISCAL = [
    *(grouped(one, (3, 3, 5, 5), gap) for one in CODES[:3] for gap in GAPS),
    *(grouped(CODES[3], (6, 5, 5), gap) for gap in GAPS),
    *(grouped(CODES[4], (6, 2, 3, 4, 1), gap) for gap in GAPS), *(one.lower() for one in CODES), *BLURRED,
    f"cf:{CODES[0]}", f"C.F.{CODES[1]}", f"{CODES[2]}Mario", f"inquilino{CODES[3]}", f"n.{CODES[4]}/2024",
    f"isee_{CODES[0]}_2024.pdf",
    " ".join(CODES[1]), "-".join(CODES[2]), f"codice fiscale {CODES[3].title()}", f"[{BLURRED[0]}]",
    f"Figlio ({BLURRED[1].lower()})",
]
ACCOUNTS = [iban("X0542811101000000123456"), iban("K0100501600000000200000"), iban("W0300203280284975661141")]
FOREIGN = [iban("500105175407324931", "DE"), iban("86011117947", "NO"), iban("21000418450200051332", "ES"),
           iban("AAAA1B31007593840000", "RO"), iban("1904300234573201", "AT")]
BANKS = [
    *(grouped(ACCOUNTS[0], (4,) * 6, gap) for gap in GAPS),
    *(grouped(ACCOUNTS[1], (2, 2, 1, 5, 5), gap) for gap in GAPS),
    *FOREIGN, *(grouped(one, (4,) * 5, " ") for one in FOREIGN), f"IBAN{ACCOUNTS[2]}", f"iban:{ACCOUNTS[2].lower()}",
    " ".join(ACCOUNTS[2]),
    f"su {ACCOUNTS[0]} entro il 5", f"{ACCOUNTS[1]}intestato", f"c/c {ACCOUNTS[2][:4]}-{ACCOUNTS[2][4:]}",
]
NUMBERS = ["345 1234567", "345-1234567", "345.1234567", "345/1234567", "345 123 4567", "345.123.45.67",
           "345 12 34 567", "3451234567",
           "(345) 1234567", "345-123-4567", "345 1234 567", "345/123.45.67", "345 12 345 67", "345_123_4567"]
MOBILES = [
    *NUMBERS, *(f"+39 {number}" for number in NUMBERS[:8]), *(f"+39{number}" for number in NUMBERS[:4]),
    *(f"0039 {number}" for number in NUMBERS[:4]),
    "+39.345.1234567", "+39-345-1234567", "(+39) 345 1234567", "+39 34 51 23 45 67", "tel. 345 1234567",
    "cell3451234567", "Cell:345/1234567",
    "mobile 345.1234567", "cell. n. 3451234567", "3451234567 Maria", "02 1234567 - 345 1234567",
    "chiamare 345 1234567 ore pasti", "345 1234567;",
    "WhatsApp 3451234567", "345\u00a0123\u00a04567", "345‑123‑4567", "３４５ 1234567", "+33 6 12 34 56 78",
    "+44 7911 123456", "+212 661 234567",
]
EMAILS = [
    *(f"mprova@{domain}" for domain in (
        "gmail.com", "libero.it", "hotmail.it", "yahoo.it", "virgilio.it", "tiscali.it", "alice.it", "mail.ru",
        "qq.com", "yandex.ru", "ukr.net",
        "gmx.de", "web.de", "orange.fr", "yahoo.co.uk", "icloud.com", "proton.me", "pm.me", "outlook.com", "live.it",
        "163.com", "wp.pl", "abv.bg",
        "seznam.cz", "fastwebnet.it", "tim.it", "pec.libero.it".replace("pec.", ""), "me.com", "bk.ru", "onet.pl",
        "aol.com", "tutanota.com")),
    *(f"mprova{at}gmail.com" for at in (
        "[at]", "(at)", " chiocciola ", " [at] ", " (at) ", "{at}", " @ ", " at ", "(chiocciola)", "＠")),
    "mprova[at]gmail[dot]com", "mprova (at) gmail (dot) com", "mprova chiocciola gmail punto com",
    "mario.prova@comune.example.it",
    "prova.mario@example.org", "mario_prova@pec.example.it", "m.rossi@comune.example.it", "mariorossi@example.it",
    "MARIO.PROVA@EXAMPLE.IT",
    "mailto:mprova@libero.it", "<mprova@gmail.com>", "lucia-prova@example.com", "mario.prova84@studio.example.it",
]
GIVEN = ["Mario", "Giulia", "Fatima", "Olena", "Mamadou", "Carlos", "Luigi", "Chiara"]
SURNAMES = ["Prova", "Rossi", "De Provis", "Dell'Esempio", "Provenzani"]
PAIRS = [(given, SURNAMES[number % 5]) for number, given in enumerate(GIVEN)]
NAMES = [
    *(f"{given} {surname}" for given, surname in PAIRS), *(f"{surname} {given}" for given, surname in PAIRS),
    *(f"{surname}, {given}" for given, surname in PAIRS), *(f"{given} {surname}".upper() for given, surname in PAIRS),
    *(f"{surname} {given}".upper() for given, surname in PAIRS[:4]),
    *(f"L'alloggio va a {given} {surname} da maggio" for given, surname in PAIRS),
    *(f"Ha telefonato {given} {surname}." for given, surname in PAIRS[:4]),
    "mario rossi", "rossi mario", "M. Rossi", "Rossi M.", "Sig. Prova", "sig.ra Prova", "Sig.ra Giulia Prova",
    "SIG. PROVA", "signora Prova", "Dott. Prova",
    "Dott.ssa Prova", "avv. Mario Prova", "Avv. Prova", "Mr. Prova", "Mrs Prova", "inquilino Rossi",
    "inquilina: Bianchi", "intestatario Mario Prova",
    "famiglia Bianchi", "eredi Rossi", "sottoscritto Mario Prova", "nome: Mario", "cognome: Rossi",
    "richiedente Rossi Mario", "figlia Giulia",
    "Rossi/Bianchi Giulia", "Prova Mario (delegato)", "coniuge: Giulia Prova", "Massimo Bianchi", "Rosa Esposito",
    "Esposito Rosa", "Giovanni D'Angelo",
    "Anna Maria Prova", "Maria Teresa Di Prova", "referente: Luca Prova", "Chiedere di Paolo Prova",
    "Mario\u00a0Prova",
]
PAPERS = [
    "AB123CD", "AB 123 CD", "AB-123-CD", "targa AB123CD", "targa: ab123cd", "auto targata FG 456 HJ", "tg. MI 4A5678",
    "CA12345AB", "carta d'identità CA12345AB",
    "carta d'identità n. AX1234567", "C.I. AX1234567", "c.i. n° AX 1234567", "CI AX1234567",
    "carta identità AT 7654321", "documento d'identità AX1234567", "YA1234567",
    "passaporto YA1234567", "passaporto n. AA1234567", "Passport No. X1234567", "patente MI1234567A",
    "patente di guida U1X123456A", "permesso di soggiorno I01234567",
    "80380000301234567890", "tessera sanitaria 80380000301234567890", "tessera sanitaria n. 8038 0000 3012 3456 7890",
    "TEAM 80380000301234567890", "ID card AX1234567",
    "nato il 01/02/1980", "nata il 1.2.1980", "nato a Torino", "nata a Torino il 01/02/1980",
    "nato a Lima (Perù) il 1 febbraio 1980", "data di nascita: 01/02/1980",
    "Data nascita 1-2-80", "nascita 1980-02-01", "DOB: 01/02/1980", "born on 1 February 1980", "born 01/02/1980",
    "date of birth 1980-02-01", "n. a Roma il 01/02/1980",
    "Mario, nato il 1° febbraio 1980", "d.n. 01/02/1980", "Nato/a il 01/02/1980", "luogo di nascita: Torino",
    "residente a Torino, nata il 01.02.1980",
]
PERSONAL = [*FISCAL, *BANKS, *MOBILES, *EMAILS, *NAMES, *PAPERS]

STREETS = ["via", "Via", "viale", "piazza", "P.zza", "corso", "C.so", "largo", "vicolo", "V.le", "piazzale", "Strada",
           "VIA"]
BEARING = ["Giuseppe Verdi", "Carlo Rossi 3", "Don Luigi Sturzo", "Papa Giovanni XXIII", "Giulio Cesare",
           "Vittorio Emanuele II", "Augusto Murri", "Paolo Sarpi", "Luigi Cadorna", "Monte Rosa", "Maria Adelaide",
           "Anna Kuliscioff", "GIUSEPPE MAZZINI"]
BEARERS = ["Scuola primaria", "Istituto comprensivo", "Liceo", "Ospedale", "Fondazione", "Biblioteca", "Teatro",
           "Centro civico", "Parco", "Residenza",
           "Associazione", "Cooperativa sociale", "Parrocchia", "Palazzo", "Villa", "Stadio", "Quartiere", "Caserma",
           "Premio", "Ordine Arch.", "Museo", "Piscina"]
SAINTS = ["Sesto San Giovanni", "Santa Giulia", "San Mauro Torinese", "San Siro", "Sant'Angelo Canavese",
          "S. Giovanni Bianco", "SAN MAURO TORINESE", "S. Maria",
          "Santa Maria Nascente", "San Giorgio su Legnano", "Santa Rita", "SS. Pietro e Paolo",
          "Santo Stefano Ticino", "quartiere San Leonardo", "San Cristoforo", "Madonna di Fatima"]
PLACES = ["Pieve Emanuele", "Reggio Emilia", "Emilia-Romagna", "Friuli Venezia Giulia", "Villa Carlotta",
          "Castel San Pietro", "Borgo Vittoria", "Città Studi", "Gallarate",
          "Porta Romana", "Ponte Lambro", "Trezzano Rosa", "Marina di Massa", "Martina Franca",
          "Cernusco sul Naviglio", "Rosate", "Paullo", "Isola Comacina", "Cassina de' Pecchi"]
FIRMS = ["Mario Rossi S.r.l.", "Mario Rossi & C. snc", "Rossi Mario S.p.A.", "Impresa Mario Rossi",
         "Luigi Bianchi Costruzioni", "Giuseppe Verdi Editore", "Fratelli Rossi",
         "Studio Rossi Associati", "Carlo Neri Impianti srl", "Ditta Bianchi Luigi", "Paolo Riva Group",
         "ROSSI MARIO SNC", "Andrea Doria onlus", "Giulia Bianchi s.a.s.", "Cooperativa Luca Rossi"]
AMOUNTS = ["€ 334.123.456", "334.123.456 €", "334.123.456", "€ 3.341.234.567", "euro 3341234567", "3341234567 euro",
           "EUR 334.123.456,00", "334 123 456", "€334.123.456,78",
           "34240000.00", "importo: 3341234567", "334123456", "$ 3341234567", "345.67", "345,67 €", "1.345.123.456",
           "3.451.234.567,00"]
LINES = ["02 1234567", "02/88412345", "+39 02 1234 5678", "0039 02 12345678", "800 123456", "800.123.456",
         "039 1234567", "0331/123456", "06-12345678", "848 800 123", "020202",
         "1522", "116 123", "112", "199 123 456", "tel. 02 345 67890", "035 1234567", "0345 1234567", "031 345 1234",
         "02 3451234", "fax 02 34512345", "centralino 02 345.123.45"]
CODED = ["B42G19000230006", "CUP B42G19000230006", "H41B21000140001", "CIG 3451234567", "CIG: 8B12345678",
         "Z1234567AB", "CIG Z123456789", "P.IVA 03451234567", "Partita IVA 12345678903",
         "VAT IT12345678903", "C.F. 80012345670", "codice fiscale ente: 97012345678", "TO3.1.1.b1", "PON-METRO-2014",
         "2014IT16M2OP004", "3.1.1.b1", "prot. 3451234567", "Prot. n. 345/2024",
         "progetto AB123CD", "codice AB123CD", "lotto AB 123 CD", "pratica 345 1234567", "delibera n. 3451234567",
         "ISTAT 001272", "20121", "ITC4C", "001272", "345/2024", "art. 345 c. 12",
         "foglio 345 mappale 123", "45.3451234567, 9.1901234567", "2024-03-31", "31/12/2024 10:30", "31-12-2024",
         "https://example.org/3451234567", "https://example.org/mario-rossi",
         "01.02.1980", "dal 01/02/2024", "entro il 01/02/1980", "2021IT16FFPR004", "D.G.C. 1345/2023",
         "ISBN 9783451234567", "F205", "MI-345-1234567", "id 3451234567", "L. 431/1998"]
OFFICES = ["info@example.it", "sportello@comune.example.it", "protocollo@pec.comune.example.it",
           "ufficio.casa@comune.example.it", "segreteria.scuola@example.it", "urp@regione.example.it",
           "servizi.sociali@comune.example.it", "casa.sangiovanni@example.org", "s.sociali@comune.example.it",
           "u.tecnico@comune.example.it", "info.casa@example.org", "privacy@example.org",
           "san.donato@example.org", "sportello.giulia@example.org", "scrivi alla chiocciola del sito",
           "meet at example", "alloggi@aler.example.it", "direzione.generale@pec.example.it"]
PHRASES = ["Via Verdi, angolo via Carlo Rossi", "Tra via Mario Pagano e corso Vittorio Emanuele",
           "Giulio Cesare (via)", "Laboratorio di Quartiere", "Case Bianche", "Bosco in Città", "Fiera di Sinigaglia",
           "Cascina Rosa",
           "Torre Rossa", "Numero Verde", "Bianchi e Rossi", "Tribunale Ordinario di Torino", "Agenzia delle Entrate",
           "Poste Italiane S.p.A.", "Il progetto è nato a Torino", "L'agenzia è nata nel 2014",
           "servizio nato il 01/02/2014", "Cologno Monzese", "Canone Massimo", "Prezzo massimo", "Marina Militare",
           "Sabato Domenica", "Natale e Pasqua",
           "Agenzia Sociale per la Locazione", "CASA PER TUTTI", "Comune di Torino", "Città metropolitana di Torino",
           "Regione Piemonte", "Ufficio Casa", "La Cordata", "Don Bosco", "Papa Giovanni XXIII",
           "Torino Abitare", "Fondo Sostegno Affitto", "Morosità Incolpevole", "inquilini morosi", "il richiedente",
           "titolare del contratto", "carta d'identità", "passaporto valido", "codice fiscale",
           "La famiglia con ISEE basso", "figli minori", "nome e cognome", "Sig. Sindaco", "Dott. Commercialista",
           "Ordine Arch. Torino", "Ordine Avv. Monza", "Collegio Geom. Lodi", "Responsabile Unico",
           "Assessore alla Casa",
           "Rosa dei Venti", "Bianca Croce", "Aurora", "Giulia", "Marco", "Legge Giovanni Goria",
           "Aldo Moro (scuola)", "Primo Piano", "Secondo Livello", "Regina Elena", "Giovanni Paolo II", "Carlo V",
           "referente di zona",
           "chiedere allo sportello", "rivolgersi al Municipio", "Alloggi Popolari Piemonte",
           "Edilizia Residenziale Pubblica", "Open on Monday", "Housing First", "Social Housing",
           "a child born since 1 January 2023",
           "born or adopted since 1 January 2023", "nati dopo il 01/01/2020", "nascita di un figlio",
           "bonus nascita 2024", "Maria Ausiliatrice", "scala A, piano 4", "in 2022 it was active in Turin",
           "Piano 3 Interno 12"]
PUBLIC = [
    *(f"{street} {who}" for street, who in zip(STREETS, BEARING, strict=True)),
    *(f"Lo sportello è in {street} Giuseppe Verdi 12" for street in STREETS[:12]),
    *(f"{what} Giuseppe Verdi" for what in BEARERS), *(f"{what} “Anna Frank”" for what in BEARERS[:8]),
    *SAINTS, *PLACES, *FIRMS, *AMOUNTS, *LINES, *CODED, *OFFICES, *PHRASES,
    *(f"Il servizio è a {where}" for where in [*SAINTS[:6], *PLACES[:8]]),
]
HEADINGS = [
    "Codice Fiscale", "Cod. Fisc.", "C.F.", "CF", "C. F.", "Cod.Fiscale", "CODICE FISCALE (obbligatorio)", "Cognome",
    "Cognome e Nome", "Nome/Cognome", "Nominativo", "Data di nascita", "Data nascita", "Data di nasc.",
    "Luogo di nascita", "Nato a", "Nato il", "Cellulare", "Cell.", "N. cell.", "Tel. cellulare",
    "Cellulare personale", "Documento d'identità", "Doc. d'identità", "Carta d'identità", "C. identità",
    "N. documento",
    "Passaporto", "Intestatario", "Intestatario contratto", "Inquilino", "Conduttore", "Assegnatario", "Richiedente",
    "IBAN", "Conto corrente", "ISEE", "Reddito annuo", "Stato civile", "Cittadinanza", "Targa", "Tessera sanitaria",
    "Fiscal code", "Tax code", "Surname", "Last name", "First name", "Full name", "Date of birth", "D.O.B.", "Mobile",
    "Mobile phone", "Identity card", "ID card no.", "Passport", "Account holder", "Tenant", "Nationality",
    "cod_fiscale",
]
PUBLIC_HEADINGS = [
    "Nome", "Nome dello sportello", "Codice", "Codice progetto", "Codice fiscale ente", "C.F. ente", "P. IVA",
    "Telefono", "Telefono ufficio", "E-mail", "Indirizzo", "Comune", "Data", "Data di apertura", "Documento",
    "ISEE massimo",
    "Limite ISEE", "Reddito massimo", "Ente attuatore", "Beneficiario", "Importo", "CUP", "CIG", "RUP", "Note",
    "Fonte", "Name", "Phone", "Office phone", "Address", "Titolo", "Numero richiedenti", "Numero inquilini", "Area",
    "Organisation",
]
