"""In the folder of a server only what this program put there is touched, and everybody may read that."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from support.publications import make_site

from etl.commands.publish import publish
from etl.commands.rollback import rollback
from etl.meta.errors import PublishError
from etl.releases.server import releases
from etl.runtime.receipt import verify


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    return [make_site(tmp_path / f"site{number}", number) for number in range(1, 5)]


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_nothing_of_somebody_else_in_the_folder_of_the_server_is_touched(sites: list[Path], to: Path) -> None:
    for name in ("releases/old/tesi.txt", "releases/.partial-1/tesi.txt", "releases/.x.receipt", "tesi.txt"):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text("mine", "utf-8")
    for site in sites:
        publish(site, to, keep=2)
    rollback(to)
    mine = {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()
            and path.read_text("utf-8") == "mine"}
    assert mine == {"releases/old/tesi.txt", "releases/.partial-1/tesi.txt", "releases/.x.receipt", "tesi.txt"}
    assert len(releases(to)) == 2


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_no_pointer_of_ours_is_never_replaced(sites: list[Path], to: Path, kind: str) -> None:
    to.mkdir()
    place = to / "current"
    (to / "mine").mkdir()
    {"file": place.touch, "folder": place.mkdir, "link": lambda: place.symlink_to("mine")}[kind]()
    before = place.lstat().st_ino
    for act in (lambda: publish(sites[0], to), lambda: rollback(to)):
        with pytest.raises(PublishError, match="is no pointer of this program"):
            act()
    assert place.lstat().st_ino == before
    assert releases(to) == []


def test_a_site_is_not_published_into_itself(sites: list[Path]) -> None:
    with pytest.raises(PublishError, match="inside the site"):
        publish(sites[0], sites[0] / "public")
    assert verify(sites[0]) == []


def test_everybody_may_read_what_is_published_whatever_the_umask(sites: list[Path], to: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(sites[0], to / "deep")
        publish(sites[1], to / "deep")
        rollback(to / "deep")
    finally:
        os.umask(before)
    kinds = [(stat.S_IFMT(mode), stat.S_IMODE(mode)) for path in [to, *to.rglob("*")]
             if path.name not in ("withdrawn.json", "current") for mode in [path.lstat().st_mode]]
    assert set(kinds) == {(stat.S_IFDIR, 0o755), (stat.S_IFREG, 0o644)}
