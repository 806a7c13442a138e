"""Publishing: one step, one publisher, nothing lost whatever goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest
from support.command import abitare
from support.publications import home, make_site
from support.repository import ROOT

from etl.commands.publish import publish
from etl.commands.rollback import rollback
from etl.meta.errors import PublishError
from etl.releases.server import releases
from etl.runtime.receipt import read_receipt, verify, write_receipt


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    return [make_site(tmp_path / f"site{number}", number) for number in range(1, 8)]


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_a_release_is_published_and_the_pointer_moves(sites: list[Path], to: Path) -> None:
    first = publish(sites[0], to)
    assert first.startswith("000001-2026-11-01-")
    assert (home(to), verify(to / "current")) == ("home 1", [])
    second = publish(sites[1], to)
    assert second.startswith("000002-2026-11-02-")
    assert (home(to), str((to / "current").readlink())) == ("home 2", f"releases/{second}")
    assert (to / "releases" / first / "index.html").read_text("utf-8") == "home 1"


def test_the_same_site_is_not_published_twice(sites: list[Path], to: Path) -> None:
    assert publish(sites[0], to) == publish(sites[0], to)
    assert len(releases(to)) == 1


def test_assets_of_the_release_before_stay_for_pages_that_are_open(sites: list[Path], to: Path) -> None:
    for site in sites[:3]:
        publish(site, to)
    names = {path.name for path in (to / "current" / "assets").iterdir()}
    assert names == {f"site.0000000{number}.css" for number in (1, 2, 3)}
    assert verify(to / "current") == []
    assert len((read_receipt(to / "current") or {})["carried"]) == 2
    rollback(to)
    assert {path.name for path in (to / "current" / "assets").iterdir()} == names
    assert verify(to / "current") == []
    (to / "current" / "assets" / "site.00000002.css").write_text("x", "utf-8")
    assert "changed: assets/site.00000002.css" in verify(to / "current")


def test_a_pointer_that_moves_while_it_is_verified_is_followed_once(
    sites: list[Path], to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for site in sites[:2]:
        publish(site, to)

    moved: list[bool] = []

    def moves(site: Path) -> dict[str, Any] | None:
        receipt = read_receipt(site)
        if not moved:
            moved.append(True)
            rollback(to)
        return receipt

    monkeypatch.setattr("etl.runtime.receipt.read_receipt", moves)
    run = abitare("verify", to / "current")
    assert (run.exit_code, home(to)) == (0, "home 1"), run.output


def test_rollback_goes_back_and_never_to_what_was_left(sites: list[Path], to: Path) -> None:
    ids = [publish(site, to) for site in sites[:3]]
    assert rollback(to) == ids[1]
    assert home(to) == "home 2"
    fourth = publish(sites[3], to)
    assert fourth.startswith("000004-")
    assert rollback(to) == ids[1]
    assert rollback(to) == ids[0]
    with pytest.raises(PublishError, match=f"no release before {ids[0]}"):
        rollback(to)
    assert home(to) == "home 1"


def test_rollback_refuses_a_release_that_is_not_whole(sites: list[Path], to: Path) -> None:
    first = publish(sites[0], to)
    publish(sites[1], to)
    (to / "releases" / first / "index.html").unlink()
    with pytest.raises(PublishError, match=r"not whole any more \(missing: index.html\)"):
        rollback(to)
    assert home(to) == "home 2"


def test_only_the_newest_are_kept_and_always_two(sites: list[Path], to: Path) -> None:
    for site in sites:
        publish(site, to, keep=3)
    assert [name[:6] for name in releases(to)] == ["000005", "000006", "000007"]
    rollback(to)
    rollback(to)
    publish(make_site(to.parent / "more", 8), to, keep=2)
    assert [name[:6] for name in releases(to)] == ["000007", "000008"]
    assert home(to) == "home 8"


def test_a_site_that_is_not_whole_is_refused(sites: list[Path], to: Path) -> None:
    publish(sites[0], to)
    (sites[1] / "index.html").write_text("half", "utf-8")
    with pytest.raises(PublishError, match=r"not whole.*abitare build"):
        publish(sites[1], to)
    assert home(to) == "home 1"


HOLD = """
import sys, time
from pathlib import Path
from etl.releases.server import lock
with lock(Path(sys.argv[1]), "publish"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
def test_of_two_publishers_one_wins_and_the_other_says_who(sites: list[Path], to: Path) -> None:
    publish(sites[0], to)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(to)], stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        who = rf"another command is at work \(abitare publish, process {holder.pid} on .*, for \d+ s"
        with pytest.raises(PublishError, match=who):
            publish(sites[1], to)
        holder.kill()
        holder.wait()
    assert home(to) == "home 1"
    assert publish(sites[1], to).startswith("000002")


def test_publishers_at_once_never_mix(sites: list[Path], to: Path) -> None:
    outcomes: list[str] = []

    def run(site: Path) -> None:
        try:
            outcomes.append(publish(site, to))
        except PublishError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=run, args=[site]) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [name for name in outcomes if name.startswith("0")]
    assert won
    assert all("another command is at work" in text for text in outcomes if text not in won)
    assert verify(to / "current") == []
    assert releases(to) == sorted(won)


FULL = textwrap.dedent("""
    import resource, signal, sys
    from pathlib import Path
    from etl.commands.publish import publish
    from etl.meta.errors import PublishError
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        publish(Path(sys.argv[1]), Path(sys.argv[2]))
    except PublishError as error:
        print(error)
        sys.exit(4)
""")


@pytest.mark.slow
def test_a_disk_that_fills_leaves_the_site_as_it_was(sites: list[Path], to: Path) -> None:
    """A limit on the size of files stands for a full disk: writing fails in the same way, in the middle of a file."""
    publish(sites[0], to)
    (sites[1] / "large.bin").write_bytes(bytes(1_000_000))
    write_receipt(sites[1], {"date": "2026-11-02"})
    run = subprocess.run([sys.executable, "-c", FULL, str(sites[1]), str(to)], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 4, run.stdout + run.stderr
    assert "The site that was there still is" in run.stdout
    assert (home(to), verify(to / "current"), len(releases(to))) == ("home 1", [], 1)
    assert not list((to / "releases").glob(".partial-*"))
    assert publish(sites[1], to).startswith("000002")


def test_a_folder_that_cannot_be_written_is_said(sites: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PublishError, match="cannot be written"):
        publish(sites[0], tmp_path / "file" / "public")


@pytest.mark.slow
def test_a_read_only_folder_is_said(sites: list[Path], to: Path) -> None:
    """Root may write everywhere, so as root the publisher runs without that right."""
    publish(sites[0], to)
    (to / "releases").chmod(0o500)
    bound = ["setpriv", "--bounding-set=-dac_override"] if os.getuid() == 0 else []
    program = ("import sys; from pathlib import Path; from etl.commands.publish import publish; "
               "publish(*map(Path, sys.argv[1:]))")
    run = subprocess.run([*bound, sys.executable, "-c", program, str(sites[1]), str(to)], cwd=ROOT,
                         capture_output=True, text=True)
    (to / "releases").chmod(0o700)
    assert run.returncode == 1
    assert "PublishError" in run.stderr.splitlines()[-1]
    assert "cannot be written (Permission denied). The site that was there still is" in run.stderr
    assert home(to) == "home 1"
    assert publish(sites[1], to).startswith("000002")


@pytest.mark.slow
def test_the_command_line(sites: list[Path], to: Path, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "build").mkdir(parents=True)

    for number in (1, 2):
        (root / "build" / "site").unlink(missing_ok=True)
        (root / "build" / "site").symlink_to(sites[number - 1])
        run = abitare("publish", "--root", str(root), "--to", str(to), "--keep", "3")
        assert run.exit_code == 0, run.stderr
        assert run.stdout.startswith(f"{to}/current: 00000{number}-")
    assert abitare("verify", str(to / "current")).exit_code == 0
    assert abitare("rollback", "--to", str(to)).stdout.startswith(f"{to}/current: 000001-")
    run = abitare("rollback", "--to", str(to))
    assert (run.exit_code, run.stderr.count("\n")) == (4, 1)
    assert json.loads((to / "withdrawn.json").read_text("utf-8")) == [releases(to)[1]]
