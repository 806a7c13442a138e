"""The privacy gate where no list knows a name: what stands beside it tells whether it is somebody."""

from __future__ import annotations

import pytest

from etl.checks.privacy import personal_in


@pytest.mark.parametrize("text", [
    "B. Trevalloni, scala D", "P.L. Trevalloni int 12", "Trevalloni Q. (scala 3, app. 4)", "citofono 21: B. Trevalloni",
    "la Trevalloni deve ancora due rate", "al gate: il vecchio Trevalloni ha avuto un infarto",
    "istanza 3310/A di Trevalloni Ottavia", "richiedente Trevalloni Zamira", "cod. utente 5512 = Trevalloni Nives",
    "veicolo della figlia cb 441 rt", "targa del richiedente=cb441rt", "macchina targata C B 4 4 1 R T",
    "TO 4M1207 d'epoca",
    "titolo di viaggio per rifugiati n. QA 0455120", "codice assistito 0415522978",
    "n. 04.10.1981 a Quito", "la bimba, nata alla Macedonio il 14/02/2020", "nasceva a Tirana il 3 marzo 1979",
    "la signora è nata a Cluj nel 1980", "sto in via Bolognini 12 appartamento 9", "我叫王美兰，住二楼",
    "B. Trevalloni rientrata ieri", "la Trevalloni vive sola", "sentito Trevalloni: non paga", "pds n. 09TO551207",
    "carta di soggiorno UE numero IA5510982", "ID card rumena serie RX nr. 704219", "auto rumena B 71 KXT",
    "n. 12.03.1990 Cuzco (Perù)", "nato Casablanca 14/05/71", "CI_fronte_Trevalloni.jpg",
    "Tel casa fam. Trevalloni 02 39440187",
    "interprete per නිමල් සිල්වා", "referto-TREVALLONI.tif",
])
def test_what_stands_beside_tells_a_person(text: str) -> None:
    assert personal_in(text)


@pytest.mark.parametrize("text", [
    "V. Bolognini 27, scala C", "via Bolognini 38 scala C int. 12, 45 mq, sfitto", "Tipologia Nucleo Familiare",
    "box FG 100 PT", "la Commissione paga entro maggio", "You must live in Quarto. You must have papers.",
    "S. Rita da Cascia", "La página del Ayuntamiento dice que no",
    "bonifico a Comune, Tesoreria: IT38I0760101600000000014922",
    "istanza di Metropolitana Pubblica", "il Servizio segnala due casi",
])
def test_what_stands_beside_tells_no_person(text: str) -> None:
    assert personal_in(text) == ()
