"""Whatever is typed, and whatever stands in the files: one clear line on stderr, the right exit code, no traceback."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.repository import TINY

from etl.commands import NAMES, main
from etl.commands.publish import publish
from etl.runtime.receipt import write_receipt

pytestmark = pytest.mark.slow
ERASING = (("rooms", "argument 'KEY'"), ("rooms x", "'--reason'"), ("rooms x --reason x", "--source is missing"),
           ("rooms x --reason x --source https://x.it", "no table of erasures"))
LONG, COPIES = "n" * 3000, ("annotated", "understood")
DATA, DECLARATION, PUBLISHING = 1, 2, 4
NO_KEYS = ("no", DECLARATION, "does not exist"), ("file", PUBLISHING, "not a secret"), ("latin", PUBLISHING, "be read")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A miniature repository, a file, an empty folder, a pipe, nothing at all, and what is no release."""
    shutil.copytree(TINY, tmp_path / "tiny")
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "latin").write_bytes(b"\xe0;\xff\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "work").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/datapackage.json").write_text('{"resources": [{"name": "x"}]}', "utf-8")
    monkeypatch.chdir(tmp_path / "work")
    return {name: str(tmp_path / name) for name in ("tiny", "file", "latin", "empty", "pipe", "broken", "no")}


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environment)


def one_line(result: Result, code: int) -> str:
    """The one line that a person reads."""
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("abitare: ")
    assert len(line) < 1000
    assert "fault of the program" not in line
    return line


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("check --root {tiny} --date 0001-01-01", DECLARATION, "like 2026-11-25"),
        ("check --root {tiny} --date 9999-12-31", DECLARATION, "like 2026-11-25"),
        ("check --root {tiny} --date 2026-02-30", DECLARATION, "like 2026-11-25"),
        ("build --root {tiny} --date yesterday", DECLARATION, "like 2026-11-25"),
        (f"build --root {{tiny}} --date {LONG}", DECLARATION, "…"),
        ("fetch --root {tiny} --date=", DECLARATION, "like 2026-11-25"),
        ("check --root {empty}", DECLARATION, "no declaration"), ("check --root {file}", DECLARATION, "is a file"),
        ("build --root {no}", DECLARATION, "does not exist"),
        ("check --root {tiny} {no}", DECLARATION, "does not exist"),
        ("check --root {tiny} {empty}", DECLARATION, "is a directory"),
        ("check --root {tiny} {pipe}", DECLARATION, "Save it as a file first"),
        (f"check --root {{tiny}} {LONG}", DECLARATION, "…"),
        ("check --root {tiny} {file} --table nothing", DECLARATION, "Tables: bookings"),
        ("check --root {tiny} --table rooms", DECLARATION, "are about PATHS"),
        ("check --root {tiny} --format nothing", DECLARATION, "'html'"),
        *((f"check --root {{tiny}} --{x} {{empty}} {{file}}", DECLARATION, "is a dir") for x in COPIES),
        ("build --root {tiny} --out {file}", PUBLISHING, "is a file"),
        ("build --root {tiny} --out {tiny}", PUBLISHING, "Name a new folder"),
        ("build --root {tiny} --out {broken}", PUBLISHING, "Name a new folder"),
        ("build --root {tiny} word", DECLARATION, "unexpected"),
        ("serve --root {tiny}", DECLARATION, "abitare build"),
        ("serve --root {tiny} --port 99999", DECLARATION, "65535"),
        ("serve --root {tiny} --port http", DECLARATION, "not a valid integer"),
        *((f"template --root {{tiny}} {x}", DECLARATION, "Tables: bookings, rooms") for x in ("nothing", LONG)),
        ("template --root {tiny} rooms --out {file}/x.xlsx", PUBLISHING, "file"),
        (f"template --root {{tiny}} rooms --out {LONG}", PUBLISHING, "too long"),
        ("verify {empty}", PUBLISHING, "Build the site again"),
        ("verify {no}", DECLARATION, "does not exist"), ("verify {file}", DECLARATION, "is a file"),
        ("diff {empty} {empty}", DECLARATION, "no release"),
        ("diff {broken} {broken}", DECLARATION, "cannot be read"), ("diff {empty}", DECLARATION, "argument 'NEW'"),
        ("query SELECT --site {empty}", DECLARATION, "abitare build"), ("query", DECLARATION, "Missing argument 'SQL'"),
        ("national {file} --out {no}", DATA, "header"), ("national {latin} --out {no}", DATA, "UTF-8"),
        ("national {no} --out {no}", DECLARATION, "does not exist"),
        ("national {pipe} --out {no}", DECLARATION, "Save it as a file first"),
        ("national {file} --out {no} --only x", DATA, "Example"),
        ("national s3a://bucket/x.csv --out {no}", DECLARATION, "only Spark opens addresses"),
        ("national {file} --out {no} --conf x", DECLARATION, "spark.executor.memory=4g"),
        ("publish --root {tiny} --to {no}", PUBLISHING, "Build the site again"),
        ("publish --root {tiny} --to {file}", DECLARATION, "is a file"),
        ("publish --root {tiny} --to {no} --keep 1", DECLARATION, "x>=2"),
        *((f"publish --root {{tiny}} --to {{no}} --sign {{{x}}}", code, said) for x, code, said in NO_KEYS),
        *((f"verify {{empty}} --key {{{x}}}", PUBLISHING, said) for x, said in (("file", "key"), ("latin", "read"))),
        ("publish --root {tiny}", DECLARATION, "Missing option '--to'"),
        ("rollback --to {empty}", PUBLISHING, "no release before"), ("rollback --to {file}", DECLARATION, "is a file"),
        *((f"erase --root {{tiny}} {more}", DECLARATION, said) for more, said in ERASING),
        ("fetch --root {tiny} rooms", DECLARATION, "none"), (f"fetch --root {{tiny}} {LONG}", DECLARATION, "…"),
        ("init --root {tiny}", DECLARATION, "not under git"),
        ("init {file}", DECLARATION, "is a file"), ("init {broken}", DECLARATION, "not empty"),
        ("init {no} --place Torino --istat 1", DECLARATION, "example: "),
        ("init {no} --place en=Turin --istat 001272 --province TO --owner x --website https://x.example/", DECLARATION,
         "name in Italian"),
        ("init {no} --language xx", DECLARATION, "has no words"),
        ("nothing", DECLARATION, "No such command"), ("--nothing", DECLARATION, "No such option"),
    ],
)
def test_words_that_cannot_be_followed(places: dict[str, str], words: str, code: int, said: str) -> None:
    assert said in one_line(run(*(word.format(**places) for word in words.split())), code)


@pytest.mark.parametrize("epoch", ["9" * 20, "-1", "-99999999999999", "words", "1e3", LONG])
def test_a_clock_that_is_none(places: dict[str, str], epoch: str) -> None:
    line = one_line(run("check", "--root", places["tiny"], SOURCE_DATE_EPOCH=epoch), DECLARATION)
    assert "SOURCE_DATE_EPOCH" in line or "like 2026-11-25" in line


def test_bad_data_are_told_as_a_page_too(places: dict[str, str]) -> None:
    source = Path(places["tiny"], "datasets/source/rooms.csv")
    source.write_text(source.read_text("utf-8").replace("room_id", "room", 1), "utf-8")
    result = run("build", "--root", places["tiny"], "--format", "html", "--date", "2026-11-25")
    assert result.exit_code == DATA
    assert result.stderr.startswith("<!DOCTYPE html>")
    assert result.stderr.splitlines()[-1].startswith("abitare: ")


def test_a_port_that_somebody_else_has(places: dict[str, str]) -> None:
    site = Path(places["tiny"], "build/site")
    site.mkdir(parents=True)
    (site / "index.html").write_text("x", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = one_line(run("serve", "--root", places["tiny"], "--port", port), PUBLISHING)
    assert port in line
    assert "--port 8001" in line


def test_nothing_that_was_there_is_replaced(places: dict[str, str]) -> None:
    """A site and the folder of `national` are replaced as a whole: not so a folder with other things in it."""
    folder, beside = Path(places["broken"]), Path(places["broken"]).with_name("next")
    beside.mkdir()
    (beside / "mine").write_text("x", "utf-8")
    for words in (("build", "--root", places["tiny"]), ("national", places["file"])):
        run(*words, "--out", str(folder))
    assert [path.name for path in folder.iterdir()] == ["datapackage.json"]
    assert (beside / "mine").exists()


def changed(name: str, change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """What changes a JSON file of a repository."""
    def edit(root: Path) -> None:
        content = json.loads((root / name).read_text("utf-8"))
        change(content)
        (root / name).write_text(json.dumps(content), "utf-8")

    return edit


def written(name: str, text: str) -> Callable[[Path], None]:
    """What writes a file of a repository."""
    def edit(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")

    return edit


SCHEMA, DECLARED, RECIPE = "schemas/rooms.json", "datasets/rooms.toml", "etl/recipes/room_totals.py"


@pytest.mark.parametrize(
    ("edit", "code", "said"),
    [
        (written(SCHEMA, "[]"), DECLARATION, SCHEMA),
        (written(SCHEMA, "{"), DECLARATION, SCHEMA),
        (changed(SCHEMA, lambda schema: schema.pop("fields")), DECLARATION, SCHEMA),
        (changed(SCHEMA, lambda schema: schema.update(fields=["x"])), DECLARATION, SCHEMA),
        (changed(SCHEMA, lambda schema: schema.update(primaryKey=["x"])), DECLARATION, "`x`"),
        (changed(SCHEMA, lambda schema: schema.update(foreignKeys=[{}])), DECLARATION, SCHEMA),
        (changed(SCHEMA, lambda schema: schema["fields"][0].update(type="x")), DECLARATION, "type is one of"),
        (changed(SCHEMA, lambda schema: schema["fields"][0].update(constraints={"pattern": "("})), DECLARATION, SCHEMA),
        (changed(SCHEMA, lambda schema: schema["fields"].append(schema["fields"][0])), DECLARATION, "two columns"),
        (written(DECLARED, "x"), DECLARATION, DECLARED),
        (written("release.toml", ""), DECLARATION, "release.toml"),
        (written(RECIPE, "def recipe(:"), DECLARATION, RECIPE),
        (written(RECIPE, "import nothing_like_this"), DECLARATION, RECIPE),
        (written(RECIPE, "recipe = 3"), DECLARATION, RECIPE),
        (written(RECIPE, "def recipe(rooms):\n    return 1 / 0"), DECLARATION, RECIPE),
        (written(RECIPE, "def recipe(rooms):\n    return None"), DECLARATION, RECIPE),
        (written("datasets/.abitare-next/plan.json", "{"), PUBLISHING, "plan.json"),
        (written("datasets/release/datapackage.json", "{}"), DECLARATION, "datapackage.json"),
    ],
)
def test_a_repository_that_does_not_hold_together(
    places: dict[str, str], edit: Callable[[Path], None], code: int, said: str
) -> None:
    edit(Path(places["tiny"]))
    assert said in one_line(run("check", "--root", places["tiny"], "--date", "2026-11-25"), code)


def test_any_number_of_releases_may_be_kept(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("x", "utf-8")
    write_receipt(tmp_path / "site", {"date": "2026-11-25"})
    assert publish(tmp_path / "site", tmp_path / "to", keep=10**40).startswith("000001-2026-11-25-")


def test_what_nobody_foresaw_is_told_and_kept(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("html")

    monkeypatch.setattr("etl.commands.template.load_catalog", fails)
    result = run("template", "--root", places["tiny"], "rooms")
    assert result.exit_code == PUBLISHING
    (line,) = result.stderr.splitlines()
    kept = Path.cwd() / "build/error.txt"
    assert line.startswith("abitare: KeyError: 'html'.")
    assert line.endswith(f"please report it with {kept}")
    assert "Traceback" in kept.read_text("utf-8")


def test_ctrl_c_is_no_fault(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.commands.template.load_catalog", stopped)
    result = run("template", "--root", places["tiny"], "rooms")
    assert (result.exit_code, result.stderr.split()) == (130, ["abitare:", "interrotto", "/", "stopped"])


def test_help_is_no_fault() -> None:
    assert run().exit_code == DECLARATION
    assert "Commands:" in run().stderr
    for name in NAMES:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")


def test_every_command_is_tried_here() -> None:
    tried = Path(__file__).read_text("utf-8")
    assert [name for name in NAMES if f'"{name} ' not in tried] == []
