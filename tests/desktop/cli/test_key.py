"""The verbs `key` and `verify` on a release: made, compared, trusted, told."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from archive import unlocking
from archive.signing import bag, minisign, seal
from archive.signing.minisign import SecretKey
from archive.signing.statement import Statement
from desktop.cli import terminal
from tests.desktop.cli.conftest import Tamarisk

SECRET = minisign.generate()


def released(archive: Path, folder: Path, identity: str, secret: SecretKey = SECRET) -> Path:
    """A release over the files of a closed archive."""
    (folder / "data").mkdir(parents=True)
    for file in archive.iterdir():
        if file.name == "keys":
            shutil.copytree(file, folder / "data/keys")
        elif file.name.startswith(("archive", "originals")):
            shutil.copy(file, folder / "data" / file.name)
    said = Statement(
        identity, "partners", 3, "2026-11-28", "ab" * 32, 11, 9, (("documents", 33),), False, "人权 desk: Genève"
    )
    seal.seal(folder, said, secret)
    return folder


@pytest.fixture
def release(built_sample: Path, tmp_path: Path) -> Path:
    """An unprotected release of the sample archive."""
    return released(built_sample, tmp_path / "sample-0003.tamarisk", unlocking.unlock(built_sample).archive)


def trust(tamarisk: Tamarisk, release: Path, secret: SecretKey = SECRET, *more: str) -> Any:
    return tamarisk("key", "trust", release, "--fingerprint", secret.public.fingerprint(), *more, "--json")


def test_a_new_key_is_for_its_owner_alone_and_never_over_another(
    tamarisk: Tamarisk, tmp_path: Path, passphrase_file: Path
) -> None:
    path = tmp_path / "desk.key"
    before = os.umask(0)
    try:
        said = tamarisk("key", "new", path, "--passphrase-file", passphrase_file, "--json")
    finally:
        os.umask(before)
    assert said.status == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    held = path.read_bytes()
    secret = minisign.parse_secret(path.read_text(), "six words drawn at random here")
    assert said.json()["public"] == str(secret.public)
    assert said.json()["fingerprint"] == secret.public.fingerprint()
    for taken in (path, tmp_path / "desk.key.pub"):
        again = tamarisk("key", "new", path, "--passphrase-file", passphrase_file, "--json")
        assert (again.status, again.json()["error"]["code"]) == (2, "already-exists")
        assert again.json()["error"]["path"] == str(taken)
        assert path.exists() is (taken == path)
        if taken == path:
            assert path.read_bytes() == held
            path.unlink()
    gone = tamarisk("key", "new", tmp_path / "gone/desk.key", "--passphrase-file", passphrase_file, "--json")
    assert (gone.status, gone.json()["error"]["code"]) == (5, "not-saved")


def test_a_key_is_made_for_its_owner_alone_where_no_file_can_be_nameless(
    tamarisk: Tamarisk, tmp_path: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    assert tamarisk("key", "new", tmp_path / "k", "--passphrase-file", passphrase_file).status == 0
    assert stat.S_IMODE((tmp_path / "k").stat().st_mode) == 0o600


def test_a_key_is_shown_from_whatever_holds_it(
    tamarisk: Tamarisk, tmp_path: Path, release: Path, passphrase_file: Path
) -> None:
    secret = tmp_path / "k"
    secret.write_text(minisign.serialise_secret(SECRET, "six words drawn at random here", 10))
    for given in (str(SECRET.public), release):
        assert tamarisk("key", "show", given, "--json").json()["public"] == str(SECRET.public)
    assert tamarisk("key", "show", secret, "--json").status == 2  # nobody to ask for its passphrase
    opened = tamarisk("key", "show", secret, "--passphrase-file", passphrase_file)
    assert SECRET.public.fingerprint() in opened.out
    (tmp_path / "wrong").write_text("other\n")
    wrong = tamarisk("key", "show", secret, "--passphrase-file", tmp_path / "wrong", "--json")
    assert (wrong.status, wrong.json()["error"]["code"]) == (3, "wrong-key-passphrase")
    (tmp_path / "k.pub").write_text(SECRET.public.file())
    for given in (secret, tmp_path / "k.pub"):
        assert tamarisk("key", "show", given, "--json").json()["id"] == SECRET.public.name()
    none = tamarisk("key", "show", tmp_path / "wrong", "--json")
    assert (none.status, none.json()["error"]["code"]) == (2, "not-a-key")
    assert tamarisk("key", "show", tmp_path / "absent", "--json").json()["error"]["code"] == "missing"


def test_an_unknown_key_is_shown_compared_trusted_and_then_valid(tamarisk: Tamarisk, release: Path) -> None:
    first = tamarisk("verify", release)
    assert first.status == 1
    assert "Unknown key." in first.out
    assert SECRET.public.fingerprint() in first.out
    assert tamarisk("key", "list", release, "--json").json() == {"trusted": []}
    trusted = trust(tamarisk, release)
    assert trusted.status == 0
    assert [one["name"] for one in trusted.json()["trusted"]] == ["人权 desk: Genève"]
    assert tamarisk("key", "list", release, "--json").json() == trusted.json()
    found = tamarisk("verify", release, "--json")
    assert (found.status, found.json()["state"], found.json()["full"]) == (0, "valid", True)
    assert found.json()["key"]["trusted_as"] == "人权 desk: Genève"
    people = tamarisk("verify", release)
    assert "Signature valid." in people.out
    assert "number 3 of partners" in people.out
    assert "33 documents" in people.out
    forgotten = tamarisk("key", "forget", release, SECRET.public, "--json")
    assert forgotten.json() == {"trusted": []}
    assert tamarisk("verify", release).status == 1


def test_digits_that_differ_are_not_trusted(tamarisk: Tamarisk, release: Path) -> None:
    other = minisign.generate()
    said = tamarisk("key", "trust", release, "--fingerprint", other.public.fingerprint(), "--json")
    assert (said.status, said.json()["error"]["code"]) == (2, "invalid-value")
    assert tamarisk("key", "trust", release, "--json").status == 2
    assert tamarisk("key", "list", release, "--json").json() == {"trusted": []}


def test_a_key_is_trusted_at_the_terminal_only_after_it_was_compared(
    tamarisk: Tamarisk, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter([False, True])

    def confirm(question: str, **options: Any) -> bool:
        asked.append(question)
        if not next(answers):
            import click

            raise click.Abort
        return True

    monkeypatch.setattr(terminal, "is_watched", lambda stream: True)
    monkeypatch.setattr("click.confirm", confirm)
    refused = tamarisk("key", "trust", release)
    assert refused.status == 1
    assert SECRET.public.fingerprint() in refused.err
    assert tamarisk("key", "list", release, "--json").json() == {"trusted": []}
    assert tamarisk("key", "trust", release, "--name", "Desk").status == 0
    assert [one["name"] for one in tamarisk("key", "list", release, "--json").json()["trusted"]] == ["Desk"]
    assert "Desk" in asked[1]


def test_another_key_for_the_same_archive_is_refused_in_words(
    tamarisk: Tamarisk, release: Path, built_sample: Path, tmp_path: Path
) -> None:
    assert trust(tamarisk, release).status == 0
    other = minisign.generate()
    newer = released(built_sample, tmp_path / "newer", unlocking.unlock(built_sample).archive, other)
    said = tamarisk("verify", newer)
    assert said.status == 4
    assert "another key than the one you trust" in said.out
    assert tamarisk("verify", newer, "--json").json()["state"] == "other-key"
    pinned = trust(tamarisk, newer, other)
    assert (pinned.status, pinned.json()["error"]["code"]) == (4, "other-key")
    assert trust(tamarisk, newer, other, "--beside").status == 0
    assert tamarisk("verify", newer).status == 0
    assert tamarisk("verify", release).status == 0


def test_a_key_is_named_for_the_moment(tamarisk: Tamarisk, release: Path, tmp_path: Path) -> None:
    (tmp_path / "k.pub").write_text(SECRET.public.file())
    assert tamarisk("verify", release, "--key", SECRET.public, "--json").json()["state"] == "valid"
    assert tamarisk("verify", release, "--key", tmp_path / "k.pub").status == 0
    assert tamarisk("verify", release, "--key", minisign.generate().public).status == 1
    assert tamarisk("key", "list", release, "--json").json() == {"trusted": []}


@pytest.mark.parametrize("path", ["data/archive.db", "data/originals-0001.db", bag.INFO, bag.MANIFEST, bag.TAGMANIFEST])
def test_one_flipped_bit_is_refused_and_the_file_named(tamarisk: Tamarisk, release: Path, path: str) -> None:
    trust(tamarisk, release)
    with (release / path).open("r+b") as file:
        file.seek(20)
        byte = file.read(1)
        file.seek(20)
        file.write(bytes([byte[0] ^ 1]))
    said = tamarisk("verify", release, "--json")
    assert said.status == 4
    data = path.startswith("data/")
    assert said.json()["state"] == ("damaged" if data else "tampered")
    assert path in {fault["path"] for fault in said.json()["faults"]} or path == bag.TAGMANIFEST
    people = tamarisk("verify", release)
    assert people.status == 4
    assert path in people.out or path == bag.TAGMANIFEST
    assert ("Damaged." if data else "Tampered with.") in people.out


def test_a_quick_look_does_not_read_the_originals(tamarisk: Tamarisk, release: Path) -> None:
    volume = release / "data/originals-0001.db"
    volume.write_bytes(volume.read_bytes()[:-1] + b"x")
    assert tamarisk("verify", release, "--quick").status == 1
    assert tamarisk("verify", release).status == 4
    unread = [
        file["path"] for file in tamarisk("verify", release, "--quick", "--json").json()["files"] if not file["read"]
    ]
    assert unread == ["data/originals-0001.db"]


def test_the_receipt_tells_each_hash(tamarisk: Tamarisk, release: Path) -> None:
    listed = {line.split("  ")[1]: line.split("  ")[0] for line in (release / bag.MANIFEST).read_text().splitlines()}
    told = {file["path"]: file["sha256"] for file in tamarisk("verify", release, "--json").json()["files"]}
    assert told == listed
    people = tamarisk("verify", release).out
    assert all(f"{digest}  {path}" in people for path, digest in listed.items())


def test_a_protected_release_is_verified_without_its_passphrase_and_trusted_with_it(
    tamarisk: Tamarisk, built_protected: Path, tmp_path: Path, passphrase_file: Path, data_folder: Path
) -> None:
    identity = unlocking.unlock(built_protected, "six words drawn at random here").archive
    release = released(built_protected, tmp_path / "r", identity)
    alone = tamarisk("verify", release)
    assert alone.status == 1
    assert "--passphrase-file" in alone.err
    assert trust(tamarisk, release, SECRET, "--passphrase-file", str(passphrase_file)).status == 0
    assert tamarisk("verify", release, "--passphrase-file", passphrase_file).status == 0
    assert str(SECRET.public).encode() not in b"".join(
        file.read_bytes() for file in data_folder.rglob("*") if file.is_file()
    )
    (tmp_path / "wrong").write_text("other\n")
    assert tamarisk("verify", release, "--passphrase-file", tmp_path / "wrong").status == 3
    (release / "data/keys/desk.passphrase.age").write_bytes(b"not age")
    broken = tamarisk("verify", release, "--passphrase-file", passphrase_file, "--json")
    assert (broken.status, broken.json()["state"]) == (4, "damaged")


def test_what_a_hostile_release_says_commands_no_terminal(tamarisk: Tamarisk, release: Path) -> None:
    info = (release / bag.INFO).read_text(encoding="utf-8")
    (release / bag.INFO).write_text(info.replace("人权 desk", "\u202edesk\x9b"), encoding="utf-8")
    (release / "data/\x1b]0;x").write_bytes(b"")
    said = tamarisk("verify", release)
    assert said.status == 4
    assert not set("\x1b\x9b\u202e") & set(said.out)


def test_a_working_archive_is_verified_as_before(tamarisk: Tamarisk, built_sample: Path) -> None:
    assert tamarisk("verify", built_sample).status == 0
    assert tamarisk("verify", built_sample, "--quick").status == 2
