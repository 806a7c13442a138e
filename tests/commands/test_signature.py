"""Who signed a site: keys and signatures of minisign, told apart from everything that is none, in words."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from support.command import abitare
from support.publications import home, make_site

from etl.commands.publish import publish
from etl.commands.rollback import rollback
from etl.meta.errors import PublishError
from etl.runtime.receipt import RECEIPT, SIGNATURE
from etl.runtime.signature import check_signature, public_key

MINISIGN = shutil.which("minisign")
# Made with minisign 0.11.
THEIRS = "RWT4acyfz8Ot4fJUcgwlufLlMFUel5fzL72LQ803qDtvEUasRVUOElDB"
THEIR_RECEIPT = '{\n "date": "2026-11-25",\n "release": "r1",\n "files": {}\n}\n'
THEIR_SIGNATURE = """untrusted comment: signature from minisign secret key
RUT4acyfz8Ot4cKjXW3sicmpcjtzu181WZmlAVXDHQUBl+ywFEM1XlOHFpE35BvpSiD9bXJBm74qq129NQ0VWwPAOoLbN8fEhA0=
trusted comment: prova di minisign
FOckBMjYffhvRQrp+i9AIYaUPQtMQSpqSubuu5oNDQ8+Srs3LLQVatEbp1q3s24k0LMYeaDFMK4oH3h41uIcBg==
"""


def key_pair(folder: Path, derived: bytes = b"\0\0") -> tuple[Path, Path]:
    """A public and a secret key as `minisign -G -W` writes them."""
    key, name = Ed25519PrivateKey.generate(), os.urandom(8)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()) + public
    checksum = hashlib.blake2b(b"Ed" + name + secret, digest_size=32).digest()
    folder.mkdir()
    for file, data in (("abitare.pub", b"Ed" + name + public),
                       ("abitare.key", b"Ed" + derived + b"B2" + bytes(48) + name + secret + checksum)):
        (folder / file).write_text(f"untrusted comment: x\n{base64.b64encode(data).decode()}\n")
    return folder / "abitare.pub", folder / "abitare.key"


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    return key_pair(tmp_path / "keys")


@pytest.fixture
def signed(tmp_path: Path, keys: tuple[Path, Path]) -> Path:
    """A site that was published and signed."""
    publish(make_site(tmp_path / "site1", 1), tmp_path / "public", key=keys[1])
    return tmp_path / "public" / "current"


def asked(site: Path, key: Path | str) -> Result:
    result = abitare("verify", site, "--key", key)
    assert "Traceback" not in result.output
    return result


def test_a_site_that_the_key_signed_is_told_with_its_date_and_release(signed: Path, keys: tuple[Path, Path]) -> None:
    for key in (keys[0], keys[0].read_text().splitlines()[1]):
        said = asked(signed, key)
        assert (said.exit_code, "the signature holds: 2026-11-01 r1\n" in said.stdout) == (0, True)
    assert abitare("verify", signed).exit_code == 0


def test_what_minisign_signed_holds_here(tmp_path: Path) -> None:
    (tmp_path / RECEIPT).write_text(THEIR_RECEIPT)
    (tmp_path / SIGNATURE).write_text(THEIR_SIGNATURE)
    assert check_signature(tmp_path, public_key(THEIRS)) == "prova di minisign"


@pytest.mark.skipif(not MINISIGN, reason="minisign is not installed here (Debian: apt-get install minisign)")
def test_what_is_signed_here_holds_for_minisign(signed: Path, keys: tuple[Path, Path]) -> None:
    words = ["minisign", "-V", "-p", str(keys[0]), "-m", RECEIPT]
    run = subprocess.run(words, cwd=signed, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "Trusted comment: 2026-11-01 r1" in run.stdout


def test_another_key_is_told_with_both_names(signed: Path, tmp_path: Path, keys: tuple[Path, Path]) -> None:
    other, _ = key_pair(tmp_path / "other")
    said = asked(signed, other)
    assert (said.exit_code, "signed with another key" in said.stderr) == (4, True)
    name = base64.b64decode(keys[0].read_text().splitlines()[1])[2:10][::-1].hex().upper()
    assert name in said.stderr
    lines = other.read_text().splitlines()  # the key of somebody else, under the name of ours
    forged = bytearray(base64.b64decode(lines[1]))
    forged[2:10] = base64.b64decode(keys[0].read_text().splitlines()[1])[2:10]
    said = asked(signed, base64.b64encode(forged).decode())
    assert (said.exit_code, "the signature does not hold: release.json" in said.stderr) == (4, True)


def flipped(line: str, place: int) -> str:
    data = bytearray(base64.b64decode(line))
    data[place] ^= 1
    return base64.b64encode(data).decode()


CHANGED: dict[str, tuple[Callable[[list[str]], None], str]] = {
    "the signature": (lambda lines: lines.__setitem__(1, flipped(lines[1], 40)), "does not hold: release.json was"),
    "what the comment says": (lambda lines: lines.__setitem__(2, lines[2].replace("2026", "2036")),
                              "does not hold: the comment in release.json.minisig"),
    "who signed the comment": (lambda lines: lines.__setitem__(3, flipped(lines[3], 5)), "does not hold: the comment"),
    "its kind": (lambda lines: lines.__setitem__(1, flipped(lines[1], 0)), "not a signature of minisign"),
    "a line less": (lambda lines: lines.pop(), "not a signature of minisign"),
    "no base64": (lambda lines: lines.__setitem__(1, "@" * 100), "not a signature of minisign"),
    "all of it": (lambda lines: lines.clear(), "not a signature of minisign"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_signature_that_was_changed_is_refused(signed: Path, keys: tuple[Path, Path], what: str) -> None:
    change, words = CHANGED[what]
    lines = (signed / SIGNATURE).read_text().splitlines()
    change(lines)
    (signed / SIGNATURE).write_text("\n".join(lines))
    said = asked(signed, keys[0])
    assert (said.exit_code, words in said.stderr) == (4, True), said.stderr


def test_what_nobody_signed_in_a_signature_may_say_anything(signed: Path, keys: tuple[Path, Path]) -> None:
    text = (signed / SIGNATURE).read_text()
    (signed / SIGNATURE).write_text(text.replace(text.splitlines()[0], "untrusted comment: trust me"))
    said = asked(signed, keys[0])
    assert (said.exit_code, "trust me" in said.output) == (0, False)


def test_a_site_whose_receipt_was_made_again_is_refused(signed: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    said = asked(make_site(tmp_path / "unsigned", 2), keys[0])
    assert (said.exit_code, "the site is not signed" in said.stderr) == (4, True)
    (signed / "index.html").write_text("evil")
    assert "changed: index.html" in asked(signed, keys[0]).stdout
    text = (signed / RECEIPT).read_text()
    ours, theirs = (hashlib.sha256(page).hexdigest() for page in (b"home 1", b"evil"))
    (signed / RECEIPT).write_text(text.replace(ours, theirs))
    assert "release.json was changed after it was signed" in asked(signed, keys[0]).stderr
    (signed / RECEIPT).write_text(text.replace("\n", ""))
    assert "not as this program writes it" in asked(signed, keys[0]).stderr


def test_signatures_stay_good_while_releases_come_and_go(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    to = tmp_path / "public"
    for number in (1, 2):
        publish(make_site(tmp_path / f"site{number}", number), to, key=keys[1])
    assert "1 file di altre pubblicazioni, non firmati" in asked(to / "current", keys[0]).stdout
    rollback(to)
    assert (home(to), asked(to / "current", keys[0]).exit_code) == ("home 1", 0)
    mode = (to / "current" / SIGNATURE).stat().st_mode & 0o777
    assert mode == 0o644


def test_a_site_that_stands_already_can_be_signed_later(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    site, to = make_site(tmp_path / "site", 1), tmp_path / "public"
    first = publish(site, to)
    assert publish(site, to, key=keys[1]) == first
    assert publish(site, to) == first
    assert asked(to / "current", keys[0]).exit_code == 0


def test_what_is_no_key_is_said(signed: Path, keys: tuple[Path, Path], tmp_path: Path) -> None:
    for key in (keys[1], "RWnothing", tmp_path / "none"):
        assert "not a public key of minisign" in asked(signed, key).stderr
    _, locked = key_pair(tmp_path / "locked", b"Sc")
    spoilt = tmp_path / "spoilt"
    lines = keys[1].read_text().splitlines()
    spoilt.write_text("\n".join([lines[0], flipped(lines[1], 100)]))
    for path, words in ((locked, "has a password"), (spoilt, "not a secret key"), (keys[0], "not a secret key")):
        with pytest.raises(PublishError, match=words):
            publish(make_site(tmp_path / "site2", 2), tmp_path / "public", key=path)
    assert home(tmp_path / "public") == "home 1"


@pytest.mark.parametrize("given", [["--sign", "abitare.key"], []])
def test_the_key_is_named_on_the_line_or_in_the_environment(
    tmp_path: Path, keys: tuple[Path, Path], given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path / "city" / "build" / "site", 1)
    monkeypatch.chdir(keys[0].parent)
    environment = {} if given else {"ABITARE_SIGNING_KEY": "abitare.key"}
    words = ["publish", "--root", tmp_path / "city", "--to", tmp_path / "public", *given]
    result = abitare(*words, **environment)
    assert result.exit_code == 0, result.stderr
    assert asked(tmp_path / "public" / "current", keys[0]).exit_code == 0
