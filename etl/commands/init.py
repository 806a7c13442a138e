"""Begin another city: empty this clone, or make a repository that takes the program as a dependency."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from shlex import quote as quoted
from typing import Any

import click

from etl.commands import ROOT
from etl.meta import places
from etl.meta.city import fits
from etl.meta.errors import DeclarationError
from etl.meta.model import LANGUAGES
from etl.meta.words import slug

SITE = "https://example.org/"
ASKED = {
    "place": ("Name of the city, in Italian", "Torino"),
    "istat": ("ISTAT code of the municipality", "001272"),
    "province": ("Letters of the province", "TO"),
    "owner": ("Body that publishes, in Italian", "Comune di Torino"),
    "website": ("Website of that body", "https://www.comune.torino.it/"),
}
"""Option -> the question, and an example of right."""
SETTINGS = {"istat": "istat", "province": "province.letters", "website": "owner.website", "address": "site.url"}
"""Option -> the setting of city.toml that says what is right."""


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@ROOT
@click.option("--place", multiple=True, metavar="[LANGUAGE=]NAME", help="Name of the city; once for each language.")
@click.option("--istat", metavar="CODE", help="ISTAT code of the municipality: 001272.")
@click.option("--province", metavar="LETTERS", help="Letters of the province: TO.")
@click.option("--owner", multiple=True, metavar="[LANGUAGE=]NAME", help="Body that publishes; once for each language.")
@click.option("--website", metavar="URL", help="Website of that body.")
@click.option("--site-name", metavar="NAME", help="Name of the site (default: NAME Casa).")
@click.option("--address", metavar="URL", default=SITE, show_default=True, help="Public address of the site.")
@click.option("--language", "languages", multiple=True, default=LANGUAGES, show_default=True, metavar="CODE",
              help="Languages of the site, Italian first; those but it and en have the path of a person in need.")
def command(folder: Path | None, root: Path, languages: tuple[str, ...], site_name: str | None, address: str,
            **given: Any) -> None:
    """Empty this clone for another city or, with FOLDER, make a repository that takes the program as a dependency.

    Asks for what no option says. Nothing is touched where there is uncommitted work, or where FOLDER is not empty.
    """
    from etl.releases.beginning import empty_clone, new_repository

    root = root.resolve()
    if folder is None:
        refuse_unsaved(root)
    elif folder.exists() and any(folder.iterdir()):
        raise DeclarationError(f"{folder}: is not empty. Name a new folder, such as: abitare init {folder}-2")
    spoken = described(languages)
    said = {option: answer(option, given[option]) for option in ASKED}
    name, owner = in_languages("place", said["place"]), in_languages("owner", said["owner"])
    site_name = site_name or f"{name['it']} Casa"
    about = {
        "name": name, "place": name, "owner": owner, "istat": said["istat"], "province": said["province"],
        "website": said["website"], "address": right("address", address), "site_name": site_name,
        "slug": slug(site_name), "body": slug(owner["it"]), "languages": spoken,
        "distribution": places.DISTRIBUTION, "version": version(places.DISTRIBUTION),
    }
    if folder is None:
        empty_clone(root, about)
    else:
        new_repository(folder.resolve(), about)
    click.echo(f"{folder or root}: {name['it']}. make site, poi / then: datasets/source, city.toml, site/content")


def refuse_unsaved(root: Path) -> None:
    """Refuse to empty a repository from which something would be lost that git could not bring back."""
    if not places.is_whole(root):
        raise DeclarationError(f"{root}: not a clone of the program. To make a city's repository: abitare init FOLDER")
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=False)
    if status.returncode:
        raise DeclarationError(f"{root}: not under git, so nothing could be brought back. Clone it with git first.")
    if unsaved := status.stdout.splitlines():
        raise DeclarationError(
            f"{root}: uncommitted work ({unsaved[0][3:]}, {len(unsaved)} in all). Commit it first: git commit -a"
        )


def answer(option: str, given: str | tuple[str, ...] | None) -> Any:
    """What an option says, else what a person answers; refused with an example when it is not right."""
    question, example = ASKED[option]
    if not given:
        try:
            given = click.prompt(f"{question} ({example})", err=True)
        except click.Abort as error:
            raise DeclarationError(f"--{option} is missing; example: --{option} {quoted(example)}") from error
    if option not in SETTINGS:
        return (given,) if isinstance(given, str) else given
    return right(option, str(given))


def right(option: str, value: str) -> str:
    """A value that city.toml would take."""
    if not value or not fits(SETTINGS[option], value):
        example = ASKED[option][1] if option in ASKED else SITE
        raise DeclarationError(f"--{option} {value}: not right; example: --{option} {example}")
    return value


def in_languages(option: str, given: Iterable[str]) -> dict[str, str]:
    """("Torino", "en=Turin") -> {"it": "Torino", "en": "Turin"}; English is as Italian where it is not told."""
    said = {}
    for text in given:
        code, equals, name = text.partition("=")
        said[code if equals else LANGUAGES[0]] = name if equals else code
    if not said.get(LANGUAGES[0]):
        raise DeclarationError(f"--{option} needs a name in Italian; example: --{option} Torino --{option} en=Turin")
    return dict.fromkeys(LANGUAGES, said[LANGUAGES[0]]) | said


def described(languages: Iterable[str]) -> list[dict[str, Any]]:
    """What mkdocs.yml says of each language. One whose words nobody has written is refused."""
    from babel import Locale

    known = {LANGUAGES[0], *(path.name for path in (places.PROGRAM / "site" / "locale").iterdir())}
    for code in languages:
        if code not in known:
            raise DeclarationError(f"--language {code}: has no words yet; there are: {', '.join(sorted(known))}")
    found = [{"code": code, "locale": "en_GB" if code == "en" else code, "partial": code not in LANGUAGES,
              "name": str(Locale.parse(code).get_display_name(code)).capitalize()} for code in dict.fromkeys(languages)]
    if found[0]["code"] != LANGUAGES[0]:
        raise DeclarationError(f"--language {found[0]['code']}: the first language is Italian; example: --language it")
    return found
