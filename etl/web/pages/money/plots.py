"""The chart of many projects: what each paid out of 100 euro admitted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from etl.domain.doubts import STAGES
from etl.web.charts.model import SOURCE, Chart, Column, Mark, Row, Rows
from etl.web.charts.words import Euro, Joined, Text, gettext, ngettext

Project = dict[str, Any]
HUNDRED = ((0, "0"), (25, "25"), (50, "50"), (75, "75"), (100, "100"))
SMALLEST, LARGEST = 4, 9
"""Pixels of the radius of a dot for nothing, and how much more for the largest amount."""
SHOWN, LISTED = 12, 60
"""Lines of a chart that a page shows before a fold, and lines of a chart."""
CITY = gettext("Città")
COLUMNS = (
    Column("project_code", gettext("Progetto")), Column("city", CITY),
    Column("admitted_eur", gettext("Ammesso"), "eur"), Column("paid_eur", gettext("Erogato"), "eur"),
    Column("paid_of_100", gettext("Pagati ogni 100 euro ammessi"), "number"),
    Column("doubts", gettext("Avvisi"), "doubts"), SOURCE,
)


def named(project: Project) -> Text:
    """What a chart calls a project: a code only where there is no title."""
    return project["title"] or gettext("Progetto %(code)s", code=project["project_code"])


def sources(projects: Sequence[Project]) -> tuple[tuple[str, str | None], ...]:
    """(address, day) of the amounts of some projects, or of their rows where there are none."""
    rows = ((project["money"] or {"row": project})["row"] for project in projects)
    return tuple(dict.fromkeys((row["source_url"], row["source_date"]) for row in rows if row["source_url"]))


def paid(projects: Sequence[Project], seed: str) -> Chart | None:
    """Euro paid out of 100 admitted, by project; None where no share is known. seed: code of the one in bold."""
    funded = [project for project in projects if project["money"] and any(
        project["money"]["amounts"][stage] is not None for stage in STAGES)]
    known = sorted((project for project in funded if project["money"]["paid_of_100"] is not None),
                   key=lambda project: -project["money"]["paid_of_100"])
    if not known:
        return None
    unknown = [project for project in funded if project["money"]["paid_of_100"] is None]
    most = max(project["money"]["amounts"]["admitted"] for project in known)
    half = sum(project["money"]["paid_of_100"] >= HUNDRED[-1][0] / 2 for project in known)
    listed = (known + unknown)[:LISTED]
    head = gettext("Progetto"), gettext("Pagati ogni 100 euro ammessi"), gettext("Pagati")
    missing = [("ku", gettext("nessun dato"))] if unknown else []
    return Chart(
        "money-projects",
        ngettext("%(count)s progetto su %(of)s ha pagato almeno metà di quanto è ammesso",
                 "%(count)s progetti su %(of)s hanno pagato almeno metà di quanto è ammesso", half, of=len(known)),
        gettext("Euro pagati ogni 100 ammessi; più grande il cerchio, più grande l’importo ammesso"),
        Rows(head, HUNDRED, tuple(dot(project, most, seed) for project in listed), first=SHOWN),
        COLUMNS, tuple(cells(project) for project in listed), sources(listed),
        gettext("%(known)s progetti su %(of)s; degli altri manca un importo.", known=len(known), of=len(projects)),
        (("kb", gettext("nessun avviso")), ("kh", gettext("dato dubbio")), *missing),
    )


def dot(project: Project, most: Decimal, seed: str) -> Row:
    """The line of a project. What is in doubt is hollow, what is not known dashed."""
    money, share = project["money"], project["money"]["paid_of_100"]
    admitted, code = money["amounts"]["admitted"], project["project_code"]
    shown = {"label": named(project), "strong": code == seed, "page": ("projects", code),
             "doubts": tuple(money["doubts"]),
             "small": Joined((project["place"] or "", Euro(admitted) if admitted is not None else ""))}
    if share is None:
        return Row(value=gettext("nessun dato"), marks=(Mark("bar", "ku", 0, 100, 8),), **shown)
    size = SMALLEST + LARGEST * float(max(admitted, 0) / most) ** 0.5 if most > 0 else SMALLEST
    marks = Mark("stem", "axis", 0, share), Mark("dot", "kh" if money["doubts"] else "kb", share, size=size)
    return Row(value=share, marks=marks, figure="project_paid_of_100", raw=share, group=f"project {code}", **shown)


def cells(project: Project) -> tuple[Any, ...]:
    """What is drawn of a project."""
    money = project["money"]
    doubts = "|".join(money["doubts"])
    return (project["project_code"], project["place"], money["amounts"]["admitted"], money["amounts"]["paid"],
            money["paid_of_100"], doubts or None, money["row"]["source_url"])
