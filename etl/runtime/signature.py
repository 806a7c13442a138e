"""The signature of a receipt: that of minisign (https://jedisct1.github.io/minisign/), made and checked here.

Who holds the public key can tell that a site is the publisher's, whatever server or mirror it came from. What is signed
is the receipt as the build wrote it: it names every file of the site. Assets that a server carries from other releases
(releases/server.py) are named in it later, and are not under the signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from etl.meta.errors import PublishError
from etl.meta.view import as_json
from etl.runtime.receipt import RECEIPT, SIGNATURE, read_receipt

UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "
KEY, PREHASHED, CHECKSUM, PLAIN = b"Ed", b"ED", b"B2", b"\0\0"
"""Two letters each: of a key, of a signature over BLAKE2b, of a key's own checksum, of a key without a password."""
PUBLIC, SECRET, SIGNED, GLOBAL = 42, 158, 74, 64
"""Bytes of a public key, a secret key, a signature, and the signature of a comment."""
HOW = "minisign -G -W -p abitare.pub -s abitare.key"


@dataclass(frozen=True)
class PublicKey:
    """A public key and the eight bytes that name it."""

    name: bytes
    key: Ed25519PublicKey


@dataclass(frozen=True)
class SecretKey:
    """A secret key and the eight bytes that name it."""

    name: bytes
    key: Ed25519PrivateKey


def public_key(given: str) -> PublicKey:
    """A public key, from its file or from the line of letters in it. Raises PublishError for anything else."""
    try:
        text = Path(given).read_text("utf-8") if Path(given).is_file() else given
    except (OSError, ValueError) as error:
        raise PublishError(f"{given[:60]}: cannot be read ({error}).") from error
    data = decoded(text.strip().rpartition("\n")[2], PUBLIC)
    if not data.startswith(KEY):
        raise PublishError(
            f"{given[:60]}: non è una chiave pubblica di minisign: indica il file abitare.pub, o la riga che comincia "
            "con RW / not a public key of minisign: name the file abitare.pub, or the line in it that begins with RW."
        )
    return PublicKey(data[2:10], Ed25519PublicKey.from_public_bytes(data[10:]))


def secret_key(path: Path) -> SecretKey:
    """The secret key in a file. Raises PublishError for anything else, and for one with a password."""
    try:
        data = decoded(path.read_text("utf-8").strip().rpartition("\n")[2], SECRET)
    except (OSError, ValueError) as error:
        raise PublishError(f"{path}: cannot be read ({error}).") from error
    algorithm, derived, name, key, checksum = data[:2], data[2:4], data[54:62], data[62:126], data[126:]
    if algorithm == KEY and derived != PLAIN:
        raise PublishError(f"{path}: questa chiave ha una password, fanne una senza / this key has a password. "
                           f"Make one without: {HOW}")
    if algorithm != KEY or hashlib.blake2b(KEY + name + key, digest_size=32).digest() != checksum:
        raise PublishError(f"{path}: non è una chiave segreta di minisign / not a secret key of minisign. "
                           f"Make one: {HOW}")
    return SecretKey(name, Ed25519PrivateKey.from_private_bytes(key[:32]))


def decoded(line: str, length: int) -> bytes:
    """What a line in base64 holds; b"" where it is none of that length."""
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if len(data) == length else b""


def signature(site: Path, key: SecretKey) -> bytes:
    """The signature of the receipt of a site; its comment, which is signed too, names date and release."""
    receipt, data = signed(site)
    sign = key.key.sign(hashlib.blake2b(data).digest())
    comment = f"{receipt.get('base_url') or ''} {receipt.get('date')} {receipt.get('release')}".strip()
    lines = [f"{UNTRUSTED}minisign -V -p abitare.pub -m {RECEIPT}", encoded(PREHASHED + key.name + sign),
             f"{TRUSTED}{comment}", encoded(key.key.sign(sign + comment.encode()))]
    return "".join(f"{line}\n" for line in lines).encode()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def signed(site: Path) -> tuple[Mapping[str, Any], bytes]:
    """The receipt of a site, and its bytes that are signed: as the build wrote them."""
    receipt = read_receipt(site)
    if receipt is None or (site / RECEIPT).read_bytes() != as_json(receipt):
        raise PublishError(f"{site / RECEIPT}: not as this program writes it. Build the site again.")
    return receipt, as_json({name: value for name, value in receipt.items() if name != "carried"})


def check_signature(site: Path, key: PublicKey) -> str:
    """What the signature of a site says of it, signed too. Raises PublishError where the key did not sign it."""
    path = site / SIGNATURE
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise PublishError(f"{path}: manca, il sito non è firmato / not there: the site is not signed. Sign it: "
                           "abitare publish --sign KEY") from error
    except (OSError, ValueError) as error:
        raise PublishError(f"{path}: cannot be read ({error}).") from error
    sign, trusted = (decoded(lines[1], SIGNED), decoded(lines[3], GLOBAL)) if len(lines) == 4 else (b"", b"")
    if not (sign.startswith(PREHASHED) and trusted and lines[2].startswith(TRUSTED)):
        raise PublishError(f"{path}: non è una firma di minisign / not a signature of minisign.")
    if sign[2:10] != key.name:
        raise PublishError(f"{path}: firmato con un'altra chiave, {named(sign[2:10])} invece di {named(key.name)} / "
                           "signed with another key. Ask the publisher which one is right, not this site.")
    comment = lines[2].removeprefix(TRUSTED)
    _, data = signed(site)
    for what, over, proof in ((RECEIPT, hashlib.blake2b(data).digest(), sign[10:]),
                              (f"the comment in {SIGNATURE}", sign[10:] + comment.encode(), trusted)):
        try:
            key.key.verify(proof, over)
        except InvalidSignature as error:
            raise PublishError(f"{site}: la firma non vale: cambiato dopo la firma / the signature does not hold: "
                               f"{what} was changed after it was signed.") from error
    return comment


def named(key: bytes) -> str:
    """The name of a key as minisign prints it."""
    return key[::-1].hex().upper()
