"""Take a value, or a row, out of everything that was ever published here, for a legal reason."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from etl.commands import DATE, ROOT, working
from etl.meta import places
from etl.meta.catalog import load_catalog
from etl.meta.city import load_city
from etl.meta.errors import DeclarationError, PublishError
from etl.meta.schemas import read_schema
from etl.releases import erase, server
from etl.releases.erase_plan import Asked, Plan, begun, planned, write_plan
from etl.releases.erasures import ERASURES
from etl.releases.said import Repository
from etl.releases.scan import saying
from etl.runtime import staging
from etl.runtime.clock import release_date
from etl.runtime.files import write_whole
from etl.runtime.lock import repository
from etl.runtime.source_tables import source_rows
from etl.runtime.tables import csv_bytes

BY_HAND = (
    ("la storia di git: i commit di prima lo dicono (git filter-repo, poi push --force; restano fork e proposte)",
     "git's history: earlier commits say it (git filter-repo, then push --force; forks and open proposals keep it)"),
    ("copie di sicurezza, snapshot, artefatti e registri della CI", "backups, snapshots, artefacts and logs of CI"),
    ("il server web: abitare publish, poi abitare erase … --to DIR; svuota le sue cache e quelle davanti (CDN)",
     "the web server: abitare publish, then abitare erase … --to DIR; purge its caches and those before it (CDN)"),
    ("chi ha scaricato i dati: scrivi ai portali che li raccolgono (dati.gov.it) e a chi li riusa",
     "who downloaded the data: write to the portals that harvest them (dati.gov.it) and to those who reuse them"),
    ("motori di ricerca e archivi del web: chiedi di togliere le copie (Google, Bing, web.archive.org)",
     "search engines and web archives: ask them to remove their copies (Google, Bing, web.archive.org)"),
    ("la fonte: finché lo dice, il programma lo lascia fuori e avvisa",
     "the source: as long as it says it, the program leaves it out and warns"),
    ("questo terminale, se la chiave era personale (storia della shell); immagini e pagine scritte a mano",
     "this terminal, where the key was personal (shell history); pictures, and pages written by hand"),
)
"""What no program of ours can do, in Italian and English."""
SHOWN = 20


@click.command("erase")
@click.argument("table")
@click.argument("key")
@click.argument("column", default="")
@ROOT
@DATE
@click.option("--reason", required=True, help="The legal reason, in Italian. Never the value, never a name.")
@click.option("--reason-en", default="", help="The same in English.")
@click.option("--source", help="Address of the document that orders it (default: the website of the body).")
@click.option("--to", metavar="DIR", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="The web server's folder, as for publish: its releases that say it still are removed.")
@click.option("--keep-today", is_flag=True, help="What the cell says today is right and stays.")
@click.option("--only-here", is_flag=True, help="The value may stay in other cells that say it.")
@click.option("--personal-key", is_flag=True, help="The key of the row is personal data: a mark takes its place.")
def command(root: Path, table: str, key: str, column: str, today: str | None, to: Path | None, **given: Any) -> None:
    """Take the row KEY of TABLE, or its cell COLUMN, out of everything that was ever published here.

    Tables, history, past versions and their charts, inbox, site, caches; what says it still is named (exit code 4). A
    COLUMN of the key becomes a mark, and the row stays. Stopped at any point, the same command goes on. Then: abitare
    build.
    """
    root = root.resolve()
    with working() as step, repository(root, "erase"):
        step("Cancellazione / Erasure")
        register_there(root)
        asked = Asked(table, key, column, release_date(today).isoformat(), given["reason"], given["reason_en"],
                      given["source"] or website(root), given["keep_today"], given["only_here"], given["personal_key"])
        plan, gone = erased(root, asked, to and to.absolute())
    for line in told(plan, gone):
        click.echo(line)


def erased(root: Path, asked: Asked, to: Path | None = None) -> tuple[Plan | None, list[str]]:
    """Carry out what is asked; gives what went, None where it had gone before, and what was removed: files of the inbox
    and releases of the web server's folder `to`.

    Raises PublishError with the names of the files that say it still and, with nothing changed, while another command
    is at work on the site or the web server's folder.
    """
    with staging.lock(staging.place(root / erase.SITE), "erase"), server.lock(to, "erase") if to else nullcontext():
        staging.settle(root, "erase")
        here = Repository(root, load_catalog(root))
        plan = begun(root, asked) or planned(here, asked)
        if plan is None:
            return None, on_the_server(here, [], to)
        write_plan(root, plan)
        gone = [f"datasets/{name}" for name in erase.take_out(here, plan)]
        erase.clear(root, plan)
        if found := erase.left(here, plan):
            raise PublishError(
                f"{root}: {len(found)} file lo dicono ancora: correggili o toglili, poi ripeti lo stesso comando / "
                f"files say it still: mend or remove them, then repeat the same command: {', '.join(found[:SHOWN])}")
        gone += on_the_server(here, plan.values, to)
        erase.end(root)
        return plan, gone


def on_the_server(here: Repository, values: list[str], to: Path | None) -> list[str]:
    """Remove the releases of a web server's folder that say what was erased; gives their ids. Raises PublishError while
    the one that is served does, or anything else there."""
    if to is None:
        return []
    with server.lock(to, "erase"):
        server.settle(to)
        known = {row["erasure_id"] for row in source_rows(here.root, here.datasets[ERASURES])}
        late, now = server.behind(to, known), server.current(to)
        with server.stage(to) as beside:
            gone = server.remove(to, late - {now}, beside)
        if now in late:
            raise PublishError(
                f"{to}: il sito servito lo dice ancora: abitare build, abitare publish, poi ripeti lo stesso comando / "
                f"the site that is served says it still ({now}): build, publish, then repeat the same command.")
        if found := saying(to, values):
            raise PublishError(f"{to}: {len(found)} file lo dicono ancora / files say it still: "
                               f"{', '.join(found[:SHOWN])}")
    return gone


def told(plan: Plan | None, gone: list[str]) -> list[str]:
    """What people read at the end."""
    if plan is None:
        return ["Era già cancellato, e non torna / Erased before, and kept out.",
                *(f"{name}: tolto / removed" for name in gone)]
    lines = [f"{plan.dataset}: cancellato / erased; 0 file lo dicono ancora / files say it still"]
    lines += [f"{name}: tolto / removed" for name in gone]
    lines.append(f"  {len(plan.values)} valori cercati in ogni byte, {plan.by_cell} solo nella loro cella (brevi, "
                 f"comuni, di un elenco chiuso) / values looked for in every byte, {plan.by_cell} in their cell alone "
                 "(short, common, of a closed list)")
    lines += ["Ora / Now: abitare build. Poi resta da fare a mano / What is left to do by hand:"]
    return lines + [f"  - {italian} / {english}" for italian, english in BY_HAND]


def website(root: Path) -> str:
    """The address that an erasure cites where no other is named: that of the body."""
    found = load_city(root).get("owner.website")
    if not found:
        raise DeclarationError("--source is missing: the address of the document that orders it.")
    return str(found)


def register_there(root: Path) -> None:
    """Begin the table of erasures in a city that has none yet."""
    path = root / "datasets" / "source" / f"{ERASURES}.csv"
    schema = places.find(root, f"schemas/{ERASURES}.json")
    if not path.exists() and schema.exists():
        columns = [item["name"] for item in read_schema(schema, load_city(root))["fields"]]
        write_whole(path, csv_bytes(columns, []))
