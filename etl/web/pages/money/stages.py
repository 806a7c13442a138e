"""The four stages of a project, or of several, as one staged bar: a paid euro was also committed and admitted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.domain.doubts import STAGES, about
from etl.domain.sums import Sum, per_hundred
from etl.web.charts.model import SOURCE, Chart, Column, Stage, Staged
from etl.web.charts.words import Day, Euro, Joined, Said, Text, gettext, ngettext, of_hundred
from etl.web.kinds import N_

NAMES = {"programmed": N_("Programmato"), "admitted": N_("Ammesso"), "committed": N_("Impegnato con atti vincolanti"),
         "paid": N_("Erogato")}
LOOKS = {"programmed": "k0", "admitted": "k1", "committed": "k2", "paid": "k4"}
WHOLE = STAGES.index("admitted")
MOST = 100
"""Projects with amounts up to which each has pictures to take away; where there are more, only their sums have."""
COLUMNS = (
    Column("stage", gettext("Voce")), Column("amount_eur", gettext("Importo"), "eur"),
    Column("of_100_admitted", gettext("Ogni 100 euro ammessi"), "number"),
    Column("doubts", gettext("Avvisi"), "doubts"),
)
OF_ONE = (*COLUMNS, Column("observed_on", gettext("Importi al"), "date"),
          SOURCE)
OF_SEVERAL = (*COLUMNS, Column("without_doubtful_eur", gettext("Senza gli importi in dubbio"), "eur"),
              Column("projects_known", gettext("Progetti con tutte le voci"), "number"),
              Column("projects", gettext("Progetti"), "number"))


def of_project(project: Mapping[str, Any], taken: bool = True) -> Chart | None:
    """The chart of a project of `known_projects`; None when nothing is known of its money."""
    known = project["money"]
    if not known:
        return None
    code, row, amounts = project["project_code"], known["row"], known["amounts"]
    shares = shares_of(amounts)
    cells = tuple((Said(NAMES[stage]), amounts[stage], shares[stage], "|".join(about(known["doubts"], stage)) or None,
                   row["observed_on"], row["source_url"]) for stage in STAGES)
    day = gettext("Importi al %(day)s.", day=Day(row["observed_on"])) if row["observed_on"] else gettext(
        "La fonte non dice a che giorno.")
    return Chart(
        code.lower(), finding(amounts, shares), Joined((project["title"] or "", code, gettext("euro")), ", "),
        staged(amounts, shares, {stage: tuple(about(known["doubts"], stage)) for stage in STAGES}),
        OF_ONE, cells, ((row["source_url"], row["source_date"]),), day, alt=described(amounts, shares),
        page=("projects", code), group=f"project {code}", raw=known["paid_of_100"], taken=taken,
        figure="project_paid_of_100" if shares["paid"] is not None else "",
    )


def of_group(group: Mapping[str, Any], name: str, title: Text, sources: tuple[tuple[str, str | None], ...],
             page: tuple[str, str | None]) -> Chart | None:
    """The chart of the sums of several projects (`totals` of money.py); None when nothing is known of any.

    name: id of the chart. title: of the group, beside its unit.
    """
    share, sums = group["share"], group["totals"]
    amounts = {stage: found.value for stage, found in sums.items()}
    if share.value is None:
        return None
    shares = shares_of(amounts)
    cells = tuple((Said(NAMES[stage]), amounts[stage], shares[stage], "|".join(sums[stage].doubts) or None,
                   sums[stage].without, sums[stage].known, sums[stage].of) for stage in STAGES)
    coverage = ngettext("Si conoscono tutte le voci di %(count)s progetto su %(of)s.",
                        "Si conoscono tutte le voci di %(count)s progetti su %(of)s.", share.known, of=share.of)
    return Chart(
        name, finding(amounts, shares), Joined((title, gettext("euro")), ", "),
        staged(amounts, shares, {stage: sums[stage].doubts for stage in STAGES}, sums), OF_SEVERAL, cells, sources,
        coverage, alt=described(amounts, shares), page=page, share=share,
        group=f"{group['by']} {group['value']}" if "by" in group else "all",
    )


def shares_of(amounts: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Of each stage, how many euro out of 100 admitted."""
    return {stage: per_hundred(amounts[stage], amounts["admitted"]) for stage in STAGES}


def staged(
    amounts: Mapping[str, Decimal | None], shares: Mapping[str, Decimal | None],
    doubts: Mapping[str, tuple[str, ...]], sums: Mapping[str, Sum] | None = None,
) -> Staged:
    """The bar. What is programmed like what is admitted is not drawn twice; its line of the key says it."""
    paid = shares["paid"]
    return Staged(
        tuple(Stage(Said(NAMES[stage]), amounts[stage], LOOKS[stage], doubts[stage], sums[stage] if sums else None)
              for stage in STAGES),
        WHOLE, gettext("pagati %(paid)s su 100", paid=paid) if paid is not None else "",
        gettext("100 = ammesso"),
    )


def finding(amounts: Mapping[str, Decimal | None], shares: Mapping[str, Decimal | None]) -> Said:
    """What the amounts say, in one sentence with its number."""
    committed, paid = shares["committed"], shares["paid"]
    if paid is not None and committed is not None:
        return gettext("Impegnati %(committed)s euro su 100, pagati %(paid)s", committed=of_hundred(committed),
                       paid=of_hundred(paid))
    if paid is not None:
        return gettext("Pagati %(paid)s euro su 100 ammessi", paid=of_hundred(paid))
    if amounts["paid"] is not None:
        return gettext("Pagati %(paid)s; quanto è stato ammesso non si sa", paid=Euro(amounts["paid"]))
    if committed is not None:
        return gettext("Impegnati %(committed)s euro su 100; quanto è stato pagato non si sa",
                       committed=of_hundred(committed))
    return gettext("Quanto è stato pagato non si sa")


def described(amounts: Mapping[str, Decimal | None], shares: Mapping[str, Decimal | None]) -> Text:
    """The bar in words: each stage with its amount."""
    unknown = gettext("nessun dato")
    return Joined((finding(amounts, shares), *(
        Joined((Said(NAMES[stage]), Euro(amount) if (amount := amounts[stage]) is not None else unknown), ": ")
        for stage in STAGES)), ". ")
