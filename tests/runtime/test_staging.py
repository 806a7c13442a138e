"""What is made beside a folder that it replaces: nobody else's files go, two runs never mix, everybody may read."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from support.publications import make_site
from support.repository import TINY

from etl.commands.build import build
from etl.commands.making import refuse_changed
from etl.meta.errors import DeclarationError, PublishError
from etl.releases.owned import refuse_others
from etl.runtime import staging
from etl.runtime.files import MARK, STAGED, digest_of, names, write_together, write_whole
from etl.runtime.receipt import RECEIPT, fingerprint, inputs, is_ours, verify, write_receipt


@pytest.fixture
def narrow() -> Iterator[None]:
    """A umask that lets nobody else read."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*"))
            if path.is_file()}


def tried(out: Path) -> str:
    """What a build says that is refused before it begins."""
    with pytest.raises(PublishError) as refused:
        build(TINY, out, None, date(2026, 11, 25), str)
    return str(refused.value)


def into(folder: Path, name: str) -> Path:
    """A file of somebody else, with folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", "utf-8")
    return path


def test_a_folder_of_somebody_else_is_refused_and_nothing_near_it_is_touched(tmp_path: Path) -> None:
    for name in ("home/Documenti/tesi.txt", "next/x", ".data/x", ".home.next/x", ".home.data/x", ".home.old/x"):
        into(tmp_path, name)
    before = files(tmp_path)
    said = tried(tmp_path / "home")
    assert f"{tmp_path / 'home'}: contiene file che questo programma non ha scritto" in said
    assert "holds other files (release.json is not there), and would be replaced as a whole: Documenti/tesi.txt" in said
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["tesi.txt", "dati/tesi.txt", ".hidden"])
def test_a_file_that_somebody_put_into_a_finished_site_is_refused_too(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path / "site", 1)
    into(site, name)
    assert f"holds other files, and would be replaced as a whole: {name}, 1 in all" in tried(site)
    assert (site / name).read_text("utf-8") == "mine"


def test_a_receipt_of_another_program_is_none(tmp_path: Path) -> None:
    into(tmp_path / "site", RECEIPT)
    into(tmp_path / "site", "page")
    assert "page" in tried(tmp_path / "site")


def test_links_are_followed_or_refused_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    (tmp_path / "circle").symlink_to("circle")
    assert staging.place(tmp_path / "link") == tmp_path / "there"
    assert "is a file or a link that leads nowhere" in tried(tmp_path / "circle")
    into(tmp_path / "there", "tesi.txt")
    assert "tesi.txt" in tried(tmp_path / "link")
    site = make_site(tmp_path / "site", 1)
    (site / "folder").symlink_to(tmp_path / "there")
    assert "holds other files, and would be replaced as a whole: folder" in tried(site)
    write_whole(tmp_path / "link" / "tesi.txt", b"more")
    (tmp_path / "to").symlink_to("there/tesi.txt")
    write_whole(tmp_path / "to", b"most")
    assert [(tmp_path / name).is_symlink() for name in ("link", "to", "circle")] == [True] * 3
    assert (tmp_path / "there" / "tesi.txt").read_text("utf-8") == "most"


def test_a_name_that_no_system_keeps_is_said(tmp_path: Path) -> None:
    assert "un nome troppo lungo, al massimo 255 byte / a name that is too long" in tried(tmp_path / ("n" * 3000))
    write_whole(tmp_path / ("n" * 255), b"long")
    assert [path.name for path in tmp_path.iterdir()] == ["n" * 255]


def test_what_is_below_a_folder_is_told_in_path_order(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for path in ("b.txt", "b/z.txt", "b/a/c.txt", "a-b/x", "empty/"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            (site / path).touch()
    (site / "b" / "link").symlink_to(site / "a-b")
    (site / "gone").symlink_to(site / "nowhere")
    assert names(site) == ["a-b/x", "b/a/c.txt", "b/link", "b/z.txt", "b.txt", "gone"]
    assert names(tmp_path / "nothing") == []
    before = fingerprint(site)
    assert fingerprint(site) == before
    (site / "b" / "a" / "c.txt").write_text("x", "utf-8")
    assert fingerprint(site) != before


def test_a_receipt_vouches_for_no_link(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", 1)
    (site / "index.html").rename(tmp_path / "index.html")
    (site / "index.html").symlink_to(tmp_path / "index.html")
    assert verify(site) == ["changed: index.html"]


def replace(target: Path, number: int, meanwhile: Callable[[Path], object] = str) -> None:
    """Put a small site in the place of another, as a build does."""
    with staging.lock(target, "build"), staging.staged(target) as folder:
        staging.may_replace(target, RECEIPT, is_ours(target))
        make_site(folder / staging.NEW, number)
        meanwhile(folder / staging.NEW)
        staging.swap(folder, target)


def test_what_a_run_left_is_swept_by_its_mark_and_nothing_else(tmp_path: Path) -> None:
    target = make_site(tmp_path / "site", 1)
    begins = staging.begins(target)
    for name in ("dead", "other", "foreign", "empty"):
        (tmp_path / f"{begins}-{name}").mkdir()
    into(tmp_path / f"{begins}-dead", "new/index.html")
    (tmp_path / f"{begins}-dead" / MARK).write_text("site", "utf-8")
    (tmp_path / f"{begins}-other" / MARK).write_text("another target", "utf-8")
    into(tmp_path / f"{begins}-foreign", "tesi.txt")
    replace(target, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{begins}-foreign", f"{begins}-other", "site"]


def test_a_run_that_was_stopped_between_the_two_renames_is_undone_by_the_next(tmp_path: Path) -> None:
    target = make_site(tmp_path / "site", 1)
    folder = tmp_path / f"{staging.begins(target)}-dead"
    folder.mkdir()
    (folder / MARK).write_text("site", "utf-8")
    target.rename(folder / staging.OLD)
    staging.sweep(target)
    assert (target / "index.html").read_text("utf-8") == "home 1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_at_once_on_one_target_never_mix(tmp_path: Path) -> None:
    target, told = tmp_path / "site", []

    def work(number: int) -> None:
        for _ in range(20):
            try:
                replace(target, number)
                with staging.lock(target, "verify"):
                    told.extend(["done", *verify(target)])
            except PublishError as error:
                told.append(str(error))

    threads = [threading.Thread(target=work, args=[number]) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "done" in told
    assert [said for said in told if said != "done" and "another command is at work" not in said] == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(("change", "said"), [
    (lambda site: (site / "index.html").write_text("home 2"), "changed: index.html"),
    (lambda site: (site / "other.html").write_text("x"), "not in the plan: other.html"),
    (lambda site: (site / "x.html").unlink(), "missing: x.html"),
])
def test_a_receipt_is_given_only_for_what_was_planned(
    tmp_path: Path, change: Callable[[Path], object], said: str,
) -> None:
    site = make_site(tmp_path / "site", 1)
    (site / "x.html").write_text("x", "utf-8")
    (site / RECEIPT).unlink()
    planned = {"index.html": digest_of(site / "index.html"), "assets/site.00000001.css": "", "x.html": ""}
    write_receipt(site, {"release": "r1"}, planned)
    assert verify(site) == []
    (site / RECEIPT).unlink()
    change(site)
    with pytest.raises(PublishError, match=rf"not what this build wrote \({said}; 1 in all\)"):
        write_receipt(site, {"release": "r1"}, planned)
    assert not (site / RECEIPT).exists()


def test_a_source_that_changes_while_the_site_is_made_is_said(tmp_path: Path) -> None:
    table = into(tmp_path, "datasets/source/rooms.csv")
    (tmp_path / "mkdocs.yml").write_text("x", "utf-8")
    before = inputs(tmp_path)
    refuse_changed(tmp_path, before)
    table.write_text("another", "utf-8")
    with pytest.raises(PublishError, match=r"datasets/source/rooms.csv è cambiato .*Build it again"):
        refuse_changed(tmp_path, before)


@pytest.mark.usefixtures("narrow")
def test_everybody_may_read_what_is_made(tmp_path: Path) -> None:
    replace(tmp_path / "a" / "b" / "site", 1)
    modes = {path.relative_to(tmp_path).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
             for path in tmp_path.rglob("*")}
    assert {mode for name, mode in modes.items() if "." in name} == {"0o644"}
    assert {mode for name, mode in modes.items() if "." not in name} == {"0o755"}


def test_a_file_of_somebody_else_among_the_releases_of_a_repository_is_refused(tmp_path: Path) -> None:
    into(tmp_path, "release/rooms.csv")
    (tmp_path / "release" / "datapackage.json").write_text('{"resources": [{"name": "rooms"}]}', "utf-8")
    refuse_others(tmp_path)
    for name in ("release/tesi.txt", "release/schemas/tesi.json", "versions/tesi.txt", "versions/mine/rooms.csv"):
        path = into(tmp_path, name)
        with pytest.raises(PublishError, match="not written by this program, and would be lost"):
            refuse_others(tmp_path)
        path.unlink()
    into(tmp_path, f"{STAGED}/mine")
    with pytest.raises(PublishError, match="not made by this program"):
        write_together(tmp_path, {"release": {}})
    assert (tmp_path / STAGED / "mine").exists()


@pytest.mark.slow
def test_a_build_before_the_release_that_stands_is_refused_also_where_nothing_changed(tmp_path: Path) -> None:
    release = tmp_path / "datasets" / "release"
    release.mkdir(parents=True)
    about = {"version": "1.2.3", "created": "2027-03-01T00:00:00Z", "resources": []}
    (release / "datapackage.json").write_text(json.dumps(about))
    with pytest.raises(DeclarationError, match=r"^2020-01-01: prima dell'ultima release, 1.2.3 del 2027-03-01.*clock"):
        build(tmp_path, None, None, date(2020, 1, 1), str)
    assert [path.name for path in release.iterdir()] == ["datapackage.json"]
    assert not (tmp_path / "build" / "site").exists()
    with pytest.raises(DeclarationError, match=r"^(?!2020)"):  # a trial goes on, to what a city without words lacks
        build(tmp_path, tmp_path / "trial", None, date(2020, 1, 1), str)
