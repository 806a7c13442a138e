"""The command line `abitare`. Modules that are slow to import are imported inside the command that needs them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click

from etl.errors import AbitareError, DeclarationError, PublishError
from etl.report import FORMATS
from etl.today import release_date

STYLES = sorted({*FORMATS, "html"})
ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".",
    help="The repository to work on (default: this folder).",
)
DATE = click.option(
    "--date", "today", metavar="YYYY-MM-DD",
    help="Date of the release (default: SOURCE_DATE_EPOCH, else today).",
)
TO = click.option(
    "--to", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
    help="DIR/releases/ID holds each site; the symlink DIR/current is the web server's root.",
)
FORMAT = click.option(
    "--format", "style", type=click.Choice(STYLES), default="text", help="How findings are printed."
)


class Commands(click.Group):
    """Turns our errors into one line on stderr and their exit code; no traceback reaches the user."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AbitareError as error:
            click.echo(f"abitare: {error}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"abitare: {where}{error.strerror or error}. Check the disk and who may write there.", err=True)
            ctx.exit(PublishError.exit_code)


@click.group(cls=Commands)
@click.version_option(package_name="milano-abitare-open-data")
def main() -> None:
    """Milano Abitare open data: check the data, build the site."""


@main.command()
@ROOT
@DATE
@FORMAT
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the finished site (default: build/site).")
@click.option("--base-url", help="Public address of the site (default: site_url of mkdocs.yml).")
def build(root: Path, today: str | None, style: str, out: Path | None, base_url: str | None) -> None:
    """Check the data and build the whole site. On errors in the data nothing is replaced (exit 1)."""
    from etl import build as steps
    from etl.release import InvalidReleaseError

    try:
        draft = steps.build(root.resolve(), out and out.resolve(), base_url, release_date(today), progress)
    except InvalidReleaseError as error:
        click.echo(FORMATS[style](error.findings), err=True)
        raise
    if draft is None:
        click.echo(f"{out or root / 'build' / 'site'}: niente è cambiato / nothing has changed")
        return
    rows = sum(len(table.rows) for table in draft.tables.values())
    click.echo(
        f"{out or root / 'build' / 'site'}: {len(draft.tables)} dataset, {rows} righe / rows, "
        f"{len(draft.findings)} avvisi / warnings (abitare check)"
    )


@main.command()
@ROOT
@DATE
@FORMAT
@click.option("--table", help="The table that PATHS are about, when it cannot be told from the file.")
@click.option("--annotated", type=click.Path(path_type=Path, dir_okay=False),
              help="Also write a copy of the spreadsheet (.xlsx) with the wrong cells coloured and explained.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(
    root: Path, today: str | None, style: str, table: str | None, annotated: Path | None, paths: tuple[Path, ...]
) -> None:
    """Print findings and write nothing. PATHS are spreadsheets (CSV, TSV, XLSX, ODS) that somebody wants to add.

    Rows of PATHS are tried in the table that they are about: new keys are added, known ones changed, none removed.
    """
    from etl import build as steps

    if paths:
        from etl.handin import hand_in
        from etl.inbox import annotated_copy

        results = hand_in(root.resolve(), paths, release_date(today), table)
        findings = [item for result in results for item in result.findings]
        for result in results:
            click.echo(f"{result.imported.file}: {result.in_words()}", err=True)
        if annotated:
            copy = annotated_copy(results[0])
            if copy is None:
                raise DeclarationError(f"{paths[0]}: no copy can be made of a file that cannot be read")
            annotated.write_bytes(copy)
    else:
        findings = steps.check(root.resolve(), release_date(today)).findings
    if style == "html":
        from etl.workbooks.report_page import page

        click.echo(page(", ".join(path.name for path in paths) or "datasets", findings, {}))
    elif findings or style in ("json", "csv"):
        click.echo(FORMATS[style](findings))
    critical = sum(item.severity == "critical" for item in findings)
    notes = sum(item.severity == "note" for item in findings)
    warnings = len(findings) - critical - notes
    click.echo(f"{critical} errori / errors, {warnings} avvisi / warnings, {notes} note / notes", err=True)
    sys.exit(1 if critical else 0)


@main.command()
@ROOT
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it (default: NAME.xlsx).")
def template(root: Path, name: str, out: Path | None) -> None:
    """Write an Excel file for the people who fill in the table NAME, with drop-downs, hints and instructions."""
    from etl.catalog import load_catalog
    from etl.publish import write_whole
    from etl.source_tables import choices
    from etl.workbooks.template import template as workbook

    datasets = load_catalog(root.resolve())
    tables = sorted(known for known, dataset in datasets.items() if not dataset.derived)
    if name not in tables:
        raise DeclarationError(f"{name}: there is no such table. Tables: {', '.join(tables)}")
    target = out or Path(f"{name}.xlsx")
    write_whole(target.absolute(), workbook(datasets[name], choices(root.resolve(), datasets[name], datasets)))
    click.echo(target)


@main.command()
@ROOT
@DATE
@click.argument("names", nargs=-1)
@click.option("--offline", is_flag=True, help="Ask nobody: read again what was fetched before.")
@click.option("--report", type=click.Path(path_type=Path, file_okay=False),
              help="Folder for what people read (default: build/fetch).")
def fetch(root: Path, today: str | None, names: tuple[str, ...], offline: bool, report: Path | None) -> None:
    """Refresh the tables that have a source on the network, and read the files in datasets/inbox.

    NAMES are datasets, or the word inbox; without names every source that is due, and the inbox. Exit 3 when a source
    failed (its last good table stays), 1 when a file of the inbox does not hold.
    """
    from etl.fetching import run

    outcome = run(root.resolve(), names, release_date(today), report or root / "build" / "fetch", offline)
    for line in outcome.lines:
        click.echo(line)
    sys.exit(outcome.exit_code)


@main.command()
@click.argument("old", type=click.Path(path_type=Path, file_okay=False))
@click.argument("new", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "style", type=click.Choice(["json", "markdown", "text"]), default="text", show_default=True)
@click.option("--findings", type=click.File("r", encoding="utf-8"), help="What the checks say, to go in the comment.")
def diff(old: Path, new: Path, style: str, findings: TextIO | None) -> None:
    """What changed between the releases in two folders: rows added, changed, removed."""
    from etl import diff as steps

    found = steps.changes(old, new)
    said = findings.read() if findings else ""
    click.echo(steps.as_markdown(found, said) if style == "markdown" else steps.FORMATS[style](found))


@main.command()
@ROOT
@TO
@click.option("--keep", default=5, show_default=True, type=click.IntRange(2), help="Releases that stay, to go back to.")
def publish(root: Path, to: Path, keep: int) -> None:
    """Put build/site in place for a web server whose root is DIR/current. Whatever fails, the site before stays."""
    from etl import deploy

    name = deploy.publish(root.resolve() / "build" / "site", to.absolute(), keep)
    click.echo(f"{to / 'current'}: {name}")


@main.command()
@TO
def rollback(to: Path) -> None:
    """Make DIR/current point to the release before."""
    from etl import deploy

    click.echo(f"{to / 'current'}: {deploy.rollback(to.absolute())}")


@main.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rebuild", is_flag=True, help="Build the same site again from --root, and compare every file.")
@ROOT
def verify(site: Path, rebuild: bool, root: Path) -> None:
    """Compare every file of a finished SITE with its receipt release.json."""
    from etl import publish

    faults = publish.verify(site)
    if rebuild and not faults:
        from etl import build as steps

        faults = steps.rebuilt(root.resolve(), site.resolve(), progress)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(4)
    click.echo(f"{site}: {len(publish.site_files(site))} file, tutti come nella ricevuta / all as in the receipt")


@main.command()
@ROOT
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
def serve(root: Path, port: int) -> None:
    """Preview build/site on this machine (only on this machine)."""
    from etl.preview import preview

    preview(root.resolve() / "build" / "site", port, click.echo)


def progress(text: str) -> None:
    """Say which step runs, on a terminal only: in CI the result is enough."""
    if sys.stderr.isatty():
        click.echo(f"… {text}", err=True)


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the results.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", envvar="ABITARE_ENGINE",
              show_default=True, help="Who does the work (or ABITARE_ENGINE). SPARK_MASTER names Spark's machines.")
@click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Publish these rows only; may be repeated.")
def national(source: Path, out: Path, engine: str, only: tuple[str, ...]) -> None:
    """Check and publish OpenCoesione's table of all projects: Parquet by region, totals, and the rows left out."""
    from etl.national.publish import in_words, publish, wanted
    click.echo(f"{out}: {in_words(publish(source, out.resolve(), engine, wanted(only)))}")


if __name__ == "__main__":
    main(prog_name="abitare")
