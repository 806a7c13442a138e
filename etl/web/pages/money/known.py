"""Charts of what is known of projects, by city and axis and thing by thing, and of what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.domain.doubts import STAGES
from etl.meta.view import grouped
from etl.web.charts.model import Chart, Column, Mark, Row, Rows
from etl.web.charts.words import Said, gettext, ngettext
from etl.web.kinds import N_
from etl.web.pages.money.plots import CITY, LISTED, SHOWN, Project, sources

SQUARES = 60
"""Projects of a group up to which each has a square of its own; more of them touch."""
OF, AXIS = N_("%(known)s su %(of)s"), gettext("Asse")
FULL, PART, NONE = gettext("con tutte e quattro le voci"), gettext("con una parte"), gettext("senza importi")


def coverage(projects: Sequence[Project], by: str, own: str) -> Chart | None:
    """Of how many projects of each city or axis all, some or no amounts are known. own: the one in bold."""
    column = {"city": "place", "axis": "axis_code"}[by]
    groups = grouped([project for project in projects if project[column]], column)
    if not groups:
        return None
    counts = {value: counted(found) for value, found in groups.items()}
    order = sorted(counts, key=lambda value: (-sum(counts[value]), str(value)) if by == "city" else (0, str(value)))
    order, most = order[:LISTED], max(map(sum, counts.values()))
    names = {value: str(value) if by == "city" else f"{value} – {found[0]['axis_name'] or ''}".removesuffix(" – ")
             for value, found in groups.items()}
    what = CITY if by == "city" else AXIS
    lines = tuple(Row(names[value], gettext(OF, known=counts[value][0], of=sum(counts[value])),
                      squares(counts[value], most), strong=str(value) == own) for value in order)
    numbers = (("all_amounts", FULL), ("some_amounts", PART), ("no_amounts", NONE))
    return Chart(
        f"money-by-{by}", silence(projects) if by == "city" else best_of(counts),
        gettext("Un quadrato è un progetto; il numero dice di quanti si conoscono tutte e quattro le voci"),
        Rows((what, gettext("Un quadrato è un progetto"), gettext("Con tutte le voci")), (), lines, height=20,
             compact=by == "city", first=SHOWN),
        (Column(by, what), *(Column(name, words, "number") for name, words in numbers)),
        tuple((str(value), *counts[value]) for value in order), sources(projects),
        gettext("%(count)s progetti.", count=sum(map(sum, counts.values()))),
        (("k4", FULL), ("k2", PART), ("kn", NONE)),
    )


def silence(projects: Sequence[Project]) -> Said:
    """Of how many projects no amount is known."""
    silent = sum(not project["money"] for project in projects)
    return ngettext("Di %(count)s progetto su %(of)s non si conosce nessun importo",
                    "Di %(count)s progetti su %(of)s non si conosce nessun importo", silent, of=len(projects))


def best_of(counts: Mapping[str, tuple[int, int, int]]) -> Said:
    """The group of which the largest part is known."""
    best = max(sorted(counts), key=lambda value: (counts[value][0] / sum(counts[value]), counts[value][0]))
    return gettext("L’asse che si conosce meglio è il %(axis)s: tutte le voci di %(known)s progetti su %(of)s",
                   axis=best, known=counts[best][0], of=sum(counts[best]))


def counted(projects: Sequence[Project]) -> tuple[int, int, int]:
    """How many have all four amounts, some, none."""
    full = sum(project["money"] is not None and project["money"]["complete"] for project in projects)
    none = sum(project["money"] is None for project in projects)
    return full, len(projects) - full - none, none


def squares(counts: tuple[int, int, int], most: int) -> tuple[Mark, ...]:
    """A square for each, side by side; where they are very many, one bar for all that are alike."""
    step, marks, at = 100 / most, [], 0
    for count, look in zip(counts, ("k4", "k2", "kn"), strict=True):
        if most > SQUARES:
            marks += [Mark("bar", look, at * step, (at + count) * step, 10)] if count else []
        else:
            marks += [Mark("bar", look, (at + each) * step, (at + each + 0.72) * step, 9) for each in range(count)]
        at += count
    return tuple(marks)


FIELDS = (
    ("title", N_("Il titolo")),
    ("beneficiary", N_("Chi lo realizza")),
    ("start_date", N_("Quando comincia")),
    ("end_date", N_("Quando finisce")),
    ("programmed", N_("Quanto è programmato")),
    ("admitted", N_("Quanto è ammesso")),
    ("committed", N_("Quanto è impegnato")),
    ("paid", N_("Quanto è pagato")),
    ("observed_on", N_("A che giorno sono gli importi")),
)
"""What one wants to know of a project, by column of projects or of funding."""


def unknown(projects: Sequence[Project]) -> Chart | None:
    """Of how many projects each thing is known: what is missing is drawn, too."""
    if not projects:
        return None
    whole = len(projects)
    known = [(Said(words), sum(knows(project, name) for project in projects)) for name, words in FIELDS]
    worst = min(known, key=lambda item: item[1])
    lines = tuple(Row(words, gettext(OF, known=count, of=whole),
                      (Mark("bar", "ku", 0, 100, 14), Mark("bar", "k3", 0, 100 * count / whole, 14)))
                  for words, count in known)
    what, told = gettext("Che cosa"), gettext("Si sa")
    return Chart(
        "money-unknown",
        gettext("%(what)s si sa di %(count)s progetti su %(of)s", what=worst[0], count=worst[1], of=whole),
        gettext("Di quanti progetti si conosce ogni cosa; il tratteggio è ciò che manca"),
        Rows((what, gettext("Progetti di cui si sa"), told), (), lines, height=20),
        (Column("what", what), Column("known", told, "number"), Column("projects", gettext("Progetti"), "number")),
        tuple((words, count, whole) for words, count in known), sources(projects),
        key=(("k3", gettext("si sa")), ("ku", gettext("non si sa"))),
    )


def knows(project: Project, name: str) -> bool:
    """Whether something is known of a project."""
    if name in project:
        return bool(project[name])
    money = project["money"]
    return bool(money) and (money["amounts"][name] is not None if name in STAGES else bool(money["row"][name]))
