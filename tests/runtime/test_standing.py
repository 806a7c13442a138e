"""What the next site has of the one that stands: other names of the same files, and never of one that was touched."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from support.publications import make_site

from etl.runtime.cache import write_cache
from etl.runtime.files import write_into
from etl.runtime.receipt import RECEIPT, fingerprint, site_files
from etl.runtime.standing import Standing


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", 1)


def test_a_file_has_another_name_and_a_new_one_leaves_the_old_as_it_was(site: Path, tmp_path: Path) -> None:
    before, page = Standing(site), (site / "index.html").read_bytes()
    before.put("index.html", tmp_path / "next" / "deep")
    target = tmp_path / "next" / "deep" / "index.html"
    assert target.samefile(site / "index.html")
    assert site_files(tmp_path / "next", before.known)["deep/index.html"] == before.signs["index.html"]
    write_into(tmp_path / "next", "deep/index.html", b"new")
    assert (target.read_bytes(), (site / "index.html").read_bytes()) == (b"new", page)
    assert [path.name for path in target.parent.iterdir()] == ["index.html"]


def test_where_a_file_has_one_name_only_it_is_copied(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr("os.link", refuse)
    Standing(site).put("index.html", tmp_path / "next")
    assert (tmp_path / "next" / "index.html").read_bytes() == (site / "index.html").read_bytes()
    assert not (tmp_path / "next" / "index.html").samefile(site / "index.html")


def test_what_was_touched_is_none_of_it(site: Path, tmp_path: Path) -> None:
    whole = Standing(site).signs
    write_cache(tmp_path / "standing.json", fingerprint(site))
    assert Standing(site, tmp_path / "standing.json").signs == whole
    (site / "index.html").write_text("spoilt", "utf-8")
    (site / "mine.txt").write_text("mine", "utf-8")
    for known in (Standing(site, tmp_path / "standing.json"), Standing(site)):
        assert known.signs == {path: sign for path, sign in whole.items() if path != "index.html"}
        assert len(known.known) == len(known.signs)
    (site / RECEIPT).unlink()
    assert Standing(site).signs == {} == Standing().signs


def test_a_file_that_changes_while_the_next_site_is_made_is_read_again(site: Path, tmp_path: Path) -> None:
    before = Standing(site)
    before.put("index.html", tmp_path / "next")
    (site / "index.html").write_text("spoilt", "utf-8")
    assert site_files(tmp_path / "next", before.known)["index.html"] != before.signs["index.html"]
