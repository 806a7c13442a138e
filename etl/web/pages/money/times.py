"""The chart of time: when projects begin and end, and of which day their amounts are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.domain.hours import first_day, last_day
from etl.meta.view import Row as Record
from etl.web.charts.model import SOURCE, Chart, Column, Mark, Row, Rows
from etl.web.charts.words import Text, gettext
from etl.web.pages.money.plots import LISTED, Project, named

FIRST, TICKS = 5, 4
"""Lines before a fold; words on an axis, about."""
COLUMNS = (
    Column("project_code", gettext("Progetto")), Column("start_date", gettext("Inizio"), "date"),
    Column("end_date", gettext("Fine"), "date"), Column("observed_on", gettext("Importi al"), "date"), SOURCE,
)


@dataclass(frozen=True)
class Scale:
    """The time that a chart shows."""

    start: date
    end: date

    def at(self, day: date) -> float:
        """A day in percent."""
        return 100 * (day - self.start).days / max(1, (self.end - self.start).days)

    def ticks(self) -> tuple[tuple[float, Text], ...]:
        """Whole years, a few of them."""
        years = range(self.start.year, self.end.year + 1)
        step = max(1, -(-len(years) // TICKS))
        return tuple((self.at(date(year, 1, 1)), str(year)) for year in years[::step])


def scale(days: Iterable[date]) -> Scale:
    """From the year of the first day to the end of that of the last one."""
    known = list(days)
    return Scale(date(min(known).year, 1, 1), date(max(known).year, 12, 31))


def timeline(projects: Sequence[Project], facts: Sequence[Record], today: date, seed: str) -> Chart | None:
    """When each project begins and ends, and of which day its amounts are; beside them what the agency did."""
    begun = sorted((project for project in projects if project["start_date"]), key=lambda one: (
        one["project_code"] != seed, first_day(one["start_date"]), one["project_code"]))[:LISTED]
    if not begun:
        return None
    time = scale([today, *(day for project in begun for day in spans(project) if day)])
    lines = [span_of(project, time, today, seed) for project in begun]
    dated = (first_day(fact["date"]) for fact in facts if fact["topic"] == "agency")
    days = [day for day in dated if day and day >= time.start]
    if days:
        marks = tuple(Mark("dot", "kt", time.at(day), size=5) for day in days)
        lines.insert(1, Row(gettext("L’agenzia: fatti con una data"), len(days), marks))
    over = sum((last_day(project["end_date"]) or today) < today for project in begun)
    years = gettext("Anni")
    return Chart(
        "money-timeline",
        gettext("Di %(over)s progetti su %(of)s la fine indicata è passata", over=over, of=len(begun)),
        gettext("Dall’inizio alla fine che la fonte indica; la linea tratteggiata è oggi"),
        Rows((gettext("Progetto"), years, years), time.ticks(), tuple(lines), height=18, first=FIRST), COLUMNS,
        tuple((one["project_code"], one["start_date"], one["end_date"], observed(one), one["source_url"])
              for one in begun),
        tuple(dict.fromkeys((one["source_url"], one["source_date"]) for one in begun)),
        gettext("%(known)s progetti su %(of)s hanno una data di inizio.", known=len(begun), of=len(projects)),
        key_of(begun, bool(days)),
    )


def key_of(begun: Sequence[Project], agency: bool) -> tuple[tuple[str, Text], ...]:
    """The key, only with what is drawn. agency: whether it has facts."""
    shown: tuple[tuple[bool, str, Text], ...] = (
        (True, "k3", gettext("dall’inizio alla fine indicata")),
        (any(not project["end_date"] for project in begun), "ku", gettext("senza una fine")),
        (any(map(observed, begun)), "kb", gettext("giorno degli importi")),
        (agency, "kc", gettext("fatto dell’agenzia")),
    )
    return tuple((look, words) for drawn, look, words in shown if drawn)


def observed(project: Project) -> str | None:
    """The day of the amounts of a project, where a source states it."""
    return project["money"]["row"]["observed_on"] if project["money"] else None


def spans(project: Project) -> tuple[date | None, date | None, date | None]:
    """First and last day of a project, and that of its amounts."""
    return first_day(project["start_date"]), last_day(project["end_date"]), first_day(observed(project))


def span_of(project: Project, time: Scale, today: date, seed: str) -> Row:
    """The line of a project; where no end is stated it is dashed up to today."""
    start, end, seen = spans(project)
    code, first = project["project_code"], project["start_date"][:4]
    look = "ku" if end is None else "k4" if code == seed else "k3"
    bar = Mark("bar", look, time.at(start or today), time.at(end or today), 12)
    day = (Mark("dot", "kb", time.at(seen), size=5),) if seen else ()
    years = gettext("%(start)s–%(end)s", start=first, end=project["end_date"][:4]) if end else gettext(
        "dal %(start)s", start=first)
    return Row(named(project), years, (Mark("edge", "today", time.at(today)), bar, *day), small=project["place"] or "",
               page=("projects", code), strong=code == seed)
