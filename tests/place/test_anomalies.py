"""The oddities of the sources that are known: each that concerns what we publish is found by a rule."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.repository import ROOT

KNOWN = ROOT.parent / "shared" / "reference" / "anomalies.csv"
# Anomaly -> (dataset, check, column, a key of the row): the finding that must tell it.
FOUND = {
    "a02": ("projects", "empty-cell", "action", None),
    "a03": ("funding", "empty-cell", "observed_on", None),
    "a04": ("projects", "out-of-range", "documents", None),
    "a05": ("funding", "out-of-range", "admitted_of_programmed", "MI4.2.1.c|"),
    "a05 (CUP)": ("projects", "unlikely-form", "cup", "MI4.2.1.c"),
    "a06": ("funding", "sources-differ", "admitted_eur", "MI2.2.3.d|"),
    "a07": ("funding", "unlikely-value", "paid_of_admitted", "MI3.2.2.a|"),
    "a08": ("funding", "wrong-order", "programmed_eur, admitted_eur", "CA4.1.1.b|"),
    "a09": ("funding", "out-of-range", "committed_of_admitted", "BO4.2.1.a|"),
    "a10": ("indicators", "sources-differ", "value", "immobili-quartieri-connessi"),
    "a11": ("allocations", "sources-differ", "amount_eur",
            "pon-metro-milano-abitare-in-borgo-cascina-boldinasco-asse-4-stated"),
    "a12": ("projects", "unexpected-form", "end_date", "CT3.2.2.a"),
    "a13": ("projects", "empty-cell", "end_date", None),
    "a14": ("funding", "empty-cell", "paid_eur", "1AGCOE395|2018-10-31"),
    "a15": ("allocation_sums", "out-of-range", "difference_eur",
            "PON Metro 2014-2020||allocation_current|1-8"),
    "a16": ("allocation_sums", "out-of-range", "difference_eur",
            "PON Metro 2014-2020||allocation_current|1-5"),
    "a17": ("allocations", "sources-differ", "amount_eur", "pon-metro-allocation-2018-12-31"),
    "a18": ("indicators", "sources-differ", "value", "progetti-pon-metro-2019-12"),
    "a19": ("allocations", "sources-differ", "amount_eur", "pon-metro-milano-assi-6-8-allocation-react-eu"),
    "a20": ("allocations", "sources-differ", "amount_eur", "pn-metro-plus-milano-allocation-net-of-flexibility"),
    "a21": ("services", "sources-differ", "amount_max_eur", "contributo-ristrutturazione"),
    "a22": ("services", "sources-differ", "isee_max_eur", "contributo-una-tantum-proprietari"),
    "a23": ("milestones", "sources-differ", "date", "misura-unica-2025-giovani-lavoratori"),
    "a25": ("service_texts", "sources-differ", "audience", "misura-unica-2025-giovani-lavoratori|it"),
    "a26": ("service_texts", "unlikely-form", "note", "salva-affitto-abbattimento-tasso|it"),
    "a27": ("service_texts", "unlikely-form", "note", "morosita-incolpevole|it"),
    "a28": ("service_texts", "unlikely-form", "note", "misura-unica-covid-2022|it"),
    "a29": ("service_texts", "sources-differ", "what_you_get", "imu-canone-concordato|it"),
    "a33": ("rent_rooms", "stale", "source_date", None),
    "a35": ("desks", "sources-differ", "address", "sportello-unico-ambito-rhodense"),
}
NOT_PUBLISHED = {
    "a01": "our text of the project is our own: the paragraph that its page repeats is not in it",
    "a24": "the sheet is of the edition of 2026, whose page asks for no day since when one works",
    "a30": "the amount 91.7548 cannot be read, so it is in no table",
    "a31": "the day from which the accord of 2019 is replaced is in no table",
    "a32": "the date of the official journal is in no table",
    "a34": "only the accord of the municipality is published, with its five zones",
    "a36": "the desk is not published: its address is not sure",
    "a37": "the desk is not published: its hours cannot be true",
}


@pytest.mark.parametrize("anomaly", FOUND)
def test_a_rule_finds_it_and_the_quality_page_tells_it(built_site: Path, anomaly: str) -> None:
    dataset, check, column, key = FOUND[anomaly]
    records = json.loads((built_site / "dati/quality.json").read_text("utf-8"))["records"]
    told = [row for row in records if (row["dataset"], row["check"], row["column"]) == (dataset, check, column)]
    assert len({row["message_it"] for row in told}) == 1
    assert key is None or key in {row["row_key"] for row in told}
    page = (built_site / "trasparenza/qualita/index.html").read_text("utf-8")
    assert told[0]["message_it"].replace("'", "&#39;") in page
    if check == "sources-differ":
        assert key is not None
        fields = json.loads((ROOT / "schemas" / f"{dataset}.json").read_text("utf-8"))["fields"]
        title = next(field["title"] for field in fields if field["name"] == column)
        assert f": {key}<br>{title}" in page  # both values stand beside it


@pytest.mark.skipif(not KNOWN.exists(), reason="the list of anomalies is not here (../shared)")
def test_every_known_anomaly_has_its_rule_or_its_reason() -> None:
    with KNOWN.open(encoding="utf-8", newline="") as file:
        known = {row["anomaly_id"] for row in csv.DictReader(file)}
    assert {name.split()[0] for name in FOUND} | set(NOT_PUBLISHED) == known
    assert not {name.split()[0] for name in FOUND} & set(NOT_PUBLISHED)
