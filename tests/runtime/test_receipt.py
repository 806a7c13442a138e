"""The receipt, the swap and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import abitare

from etl.meta.errors import PublishError
from etl.runtime.files import write_if_changed
from etl.runtime.receipt import verify, write_receipt
from etl.runtime.staging import NEW, staged, swap

ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "dati").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "dati" / "x.csv").write_text("a\n1\n")
    write_receipt(folder, {"date": "2026-11-25"})
    return folder


@pytest.mark.parametrize(("item", "path"), [
    ("2.2.4", "trasparenza/azioni/2.2.4/"), ("../../etc", "trasparenza/azioni/etc/"), ("/x", "trasparenza/azioni/x/"),
    ("2<script>", "trasparenza/azioni/2-script/"), ("..", "trasparenza/azioni/"), ("a//b", "trasparenza/azioni/a/b/"),
    ("É", "trasparenza/azioni/e/"),
])
def test_no_value_leads_out_of_the_site(item: str, path: str) -> None:
    """The action of a project is text, and stands in the address of its page."""
    from etl.web.pages import KINDS

    assert KINDS["action"].address("it", item) == path


def test_the_receipt_holds_every_other_file(site: Path) -> None:
    receipt = json.loads((site / "release.json").read_text())
    assert sorted(receipt["files"]) == ["dati/x.csv", "index.html"]
    assert receipt["files"]["index.html"] == "4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942"
    assert verify(site) == []


@pytest.mark.slow
def test_verify_names_what_is_missing_changed_or_extra(site: Path) -> None:
    (site / "index.html").write_text("other")
    (site / "dati" / "x.csv").unlink()
    (site / "new.html").write_text("new")
    assert verify(site) == ["changed: index.html", "missing: dati/x.csv", "not in the receipt: new.html"]
    run = abitare("verify", str(site))
    assert (run.exit_code, run.stdout.splitlines()[0]) == (4, "changed: index.html")


def test_verify_without_a_receipt_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="Build the site again"):
        verify(tmp_path)


def test_the_swap_puts_the_new_site_in_place_whole(site: Path, tmp_path: Path) -> None:
    with staged(site) as folder:
        (folder / NEW).mkdir()
        (folder / NEW / "index.html").write_text("new")
        swap(folder, site)
    assert {p.name: p.read_text() for p in site.iterdir()} == {"index.html": "new"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_swap_that_fails_brings_the_old_site_back(site: Path, tmp_path: Path) -> None:
    before = sorted(p.name for p in site.iterdir())
    with pytest.raises(PublishError, match="The site before is still there"), staged(site) as folder:
        swap(folder, site)
    assert sorted(p.name for p in site.iterdir()) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_files_are_written_only_where_they_changed(tmp_path: Path) -> None:
    assert write_if_changed(tmp_path, {"a": b"1", "b/c": b"2"}) == ["a", "b/c"]
    stamp = (tmp_path / "a").stat().st_mtime_ns
    assert write_if_changed(tmp_path, {"a": b"1", "b/d": b"3"}) == ["b/d", "b/c"]
    assert (tmp_path / "a").stat().st_mtime_ns == stamp
    assert not (tmp_path / "b/c").exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["verify"], ["serve"]])
def test_help_on_everything(command: list[str]) -> None:
    run = abitare(*command, "--help")
    assert run.exit_code == 0
    assert run.stdout.startswith("Usage:")


@pytest.mark.slow
def test_a_wrong_date_is_one_line_and_exit_2() -> None:
    run = abitare("check", "--date", "25/11/2026")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("abitare: --date `25/11/2026`: write it like 2026-11-25")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_disk_that_refuses_is_one_line_and_exit_4() -> None:
    run = abitare("template", "desks", "--out", "/dev/null/desks.xlsx")
    assert (run.exit_code, run.stderr.count("\n")) == (4, 1)
    assert "Check the disk and who may write there" in run.stderr


@pytest.mark.slow
def test_a_folder_without_declarations_is_exit_2(tmp_path: Path) -> None:
    run = abitare("check", "--root", str(tmp_path))
    assert (run.exit_code, "no declaration found" in run.stderr) == (2, True)


@pytest.mark.slow
def test_check_tries_a_file_that_somebody_wants_to_add(tmp_path: Path) -> None:
    table = tmp_path / "rent_bands.csv"
    source = (ROOT / "datasets/source/rent_bands.csv").read_text()
    table.write_text(source.replace(",100,170,", ",cento euro,170,", 1))
    run = abitare("check", "--format", "json", "--date", "2026-11-25", str(table))
    assert run.exit_code == 1
    found = [row for row in json.loads(run.stdout) if row["severity"] == "critical"]
    assert [(row["dataset"], row["column"], row["value"]) for row in found] == [
        ("rent_bands", "min_eur_m2_year", "cento euro")]
    assert (ROOT / "datasets/source/rent_bands.csv").read_text() == source


@pytest.mark.slow
def test_check_refuses_a_file_that_is_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "prova.csv").write_text("a\n")
    run = abitare("check", str(tmp_path / "prova.csv"))
    assert run.exit_code == 1
    assert "The headings belong to none of the tables. What was read: a" in run.stdout
