"""Which addresses may be asked, and what the lock remembers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from etl.meta.errors import DeclarationError
from etl.sources.guard import Policy, check_url, is_public, public_address, resolve
from etl.sources.lock import after_failure, after_success, is_due, read_lock, write_lock
from etl.sources.model import FailedSourceError

POLICY = Policy(frozenset({"data.example.org"}))
PRIVATE = (
    "127.0.0.1 127.9.9.9 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 240.0.0.1 "
    "255.255.255.255 192.0.2.1 ::1 :: fe80::1 fc00::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 "
    "64:ff9b::7f00:1 2002:7f00:1:: fe80::1%eth0"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(FailedSourceError) as error:
        public_address("data.example.org", 443, POLICY, lambda _host, _port: ["93.184.216.34", address], 9)
    assert error.value.check == "source-private-address"


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)
    assert public_address("data.example.org", 443, POLICY, lambda _host, _port: [address], 9) == address


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_other_spellings_of_this_machine_are_seen_through(spelling: str) -> None:
    policy = Policy(frozenset({spelling}))
    with pytest.raises(FailedSourceError) as error:
        public_address(spelling, 443, policy, resolve, 9)
    assert error.value.check in ("source-private-address", "source-unreachable")


@pytest.mark.parametrize(("url", "check"), [
    ("http://data.example.org/x", "source-scheme"), ("ftp://data.example.org/x", "source-scheme"),
    ("file:///etc/passwd", "source-scheme"), ("//data.example.org/x", "source-scheme"), ("", "source-scheme"),
    ("https://example.org/x", "source-host"), ("https://data.example.org.evil.example/x", "source-host"),
    ("https://user@data.example.org/x", "source-host"), ("https://data.example.org:8443/x", "source-host"),
    ("https://data.example.org@evil.example/x", "source-host"), ("https://[::1]/x", "source-private-address"),
    ("https://127.0.0.1/x", "source-private-address"),
    ("https://data.example.org:99999/x", "source-host"), ("https:///x", "source-host"),
])
def test_addresses_outside_the_declaration_are_refused(url: str, check: str) -> None:
    with pytest.raises(FailedSourceError) as error:
        check_url(url, POLICY)
    assert error.value.check == check


OPTIONS = {"address": "https://data.example.org/x", "every_days": 7}
RESOURCE = {"https://data.example.org/x": {"date": "2026-11-01", "status": 200, "bytes": 3, "sha256": "a"}}


def test_the_lock_remembers_success_and_failure(tmp_path: Path) -> None:
    good = after_success(None, OPTIONS, RESOURCE, True, date(2026, 11, 1))
    assert (good["state"], good["succeeded"], good["changed"]) == ("ok", "2026-11-01", "2026-11-01")
    assert good["failures"] == 0
    fault = FailedSourceError("source-timeout", found="x")
    bad = after_failure(good, OPTIONS, fault, date(2026, 11, 8))
    worse = after_failure(bad, OPTIONS, fault, date(2026, 11, 9))
    assert (worse["failing_since"], worse["failures"], worse["succeeded"]) == ("2026-11-08", 2, "2026-11-01")
    assert worse["resources"] == RESOURCE
    again = after_success(worse, OPTIONS, {}, False, date(2026, 11, 10))
    assert (again["failing_since"], again["failures"], again["fault"]) == (None, 0, None)
    assert again["changed"] == "2026-11-01"
    assert again["resources"] == RESOURCE
    path = tmp_path / "sources.lock"
    write_lock(path, {"version": 1, "sources": {"x": again}})
    assert read_lock(path) == {"version": 1, "sources": {"x": again}}
    assert path.read_text().endswith("}\n")
    assert [file.name for file in tmp_path.iterdir()] == ["sources.lock"]


def test_a_source_is_due_after_its_days_or_when_something_is_new() -> None:
    good = after_success(None, OPTIONS, RESOURCE, True, date(2026, 11, 1))
    assert not is_due(good, OPTIONS, date(2026, 11, 7))
    assert is_due(good, OPTIONS, date(2026, 11, 8))
    assert is_due(good, {**OPTIONS, "format": "csv"}, date(2026, 11, 2))
    assert is_due(None, OPTIONS, date(2026, 11, 2))
    failing = after_failure(good, OPTIONS, FailedSourceError("source-empty", found="x"), date(2026, 11, 2))
    assert is_due(failing, OPTIONS, date(2026, 11, 2))


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "sources": {}}', '{"version": 1}', "null"])
def test_a_broken_lock_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sources.lock"
    path.write_text(text)
    with pytest.raises(DeclarationError, match=r"sources\.lock.*Restore it"):
        read_lock(path)
    assert json.dumps(text) == json.dumps(path.read_text())
