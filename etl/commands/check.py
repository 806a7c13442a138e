"""Say what is wrong with the data, or with a spreadsheet, and how to mend it; write nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from etl.commands import DATE, FORMAT, ROOT, RegularFile, in_style, working
from etl.meta.errors import DeclarationError
from etl.meta.model import Draft, Finding
from etl.runtime.clock import release_date

CHECKING = "Controllo dei dati / Checking the data"


@click.command("check")
@ROOT
@DATE
@FORMAT
@click.option("--table", help="The table that PATHS are about, when it cannot be told from the file.")
@click.option("--annotated", type=click.Path(path_type=Path, dir_okay=False),
              help="Also write a copy of the spreadsheet (.xlsx) with the wrong cells coloured and explained.")
@click.option("--understood", type=click.Path(path_type=Path, dir_okay=False),
              help="Also write a page (.html) that shows back how the spreadsheet was understood, row by row.")
@click.argument("paths", nargs=-1, type=RegularFile())
def command(
    root: Path, today: str | None, style: str, table: str | None, annotated: Path | None, understood: Path | None,
    paths: tuple[Path, ...],
) -> None:
    """Print findings and write nothing. PATHS are spreadsheets (CSV, XLSX, XLSB, XLS, ODS) that somebody wants to add.

    Rows of PATHS are tried in the table that they are about: new keys are added, known ones changed, none removed.
    """
    if (table or annotated or understood) and not paths:
        raise click.UsageError("--table, --annotated and --understood are about PATHS: "
                               "abitare check --table desks desks.xlsx")
    day = release_date(today)
    place = root.resolve()
    findings = of_files(place, paths, day, table, annotated, understood) if paths else of_release(place, day)
    if findings or style in ("json", "csv", "html"):
        click.echo(in_style(style, findings, ", ".join(path.name for path in paths) or "datasets"))
    critical = sum(item.severity == "critical" for item in findings)
    notes = sum(item.severity == "note" for item in findings)
    warnings = len(findings) - critical - notes
    click.echo(f"{critical} errori / errors, {warnings} avvisi / warnings, {notes} note / notes", err=True)
    sys.exit(1 if critical else 0)


def of_files(
    root: Path, paths: tuple[Path, ...], today: date, table: str | None, annotated: Path | None, understood: Path | None
) -> list[Finding]:
    """What the release would say of each file. annotated, understood: where to write the marked copy of the first one,
    and the page that shows it back."""
    from etl.commands.inbox import annotated_copy, page_of
    from etl.releases.trial import hand_in

    with working() as step:
        step("Lettura dei fogli / Reading the spreadsheets")
        judged = hand_in(root, paths, today, table)
    results = judged.results
    for result in results:
        click.echo(f"{result.name}: {result.in_words()}", err=True)
    if annotated:
        copy = annotated_copy(results[0])
        if copy is None:
            raise DeclarationError(f"{paths[0]}: no copy can be made of a file that cannot be read")
        annotated.write_bytes(copy)
    if understood:
        understood.write_bytes(page_of(judged, results[0]))
    return [item for result in results for item in result.findings]


def of_release(root: Path, today: date) -> list[Finding]:
    """What is wrong with the data of the repository."""
    with working() as step:
        step(CHECKING)
        return check(root, today).findings


def check(root: Path, today: date) -> Draft:
    """The draft of the next release with all its findings; writes nothing, but finishes what a crash left half done."""
    from etl.checks.expectations import Expectations
    from etl.runtime.workers import beside

    with beside() as submit:
        expectations = Expectations(root, today, submit)  # loading what they need takes longest, so it begins first
        from etl.meta.catalog import load_catalog
        from etl.releases.draft import draft_release
        from etl.runtime.staging import settle
        from etl.sources.connectors import check_connectors

        settle(root, "check")
        datasets = load_catalog(root)
        check_connectors(datasets.values())
        return draft_release(root, datasets, today, expectations)
