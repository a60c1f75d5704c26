"""The verb `publish`: says what goes, asks, makes a release, and every reading verb then works on it."""

from __future__ import annotations

import codecs
import json
import shutil
from pathlib import Path

import pytest

from archive import layout, unlocking
from archive.cases import subjects
from archive.container import Archive
from archive.errors import InvalidValue
from archive.records import Confidentiality
from archive.signing import bag, minisign, seal, statement
from desktop import releasing
from desktop.cli import failures
from tests.desktop.cli.conftest import Tamarisk

SECRET = minisign.generate()


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, Path]:
    """A signing key's file, and the file of its passphrase."""
    file, words = tmp_path / "desk.key", tmp_path / "words.txt"
    file.write_text(minisign.serialise_secret(SECRET, "some words", 12))
    words.write_text("some words\n")
    return file, words


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the reader's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share" / "tamarisk"


def signed(key: tuple[Path, Path]) -> tuple[str, ...]:
    return ("--sign", str(key[0]), "--key-passphrase-file", str(key[1]), "--publisher", "A desk", "--yes", "--json")


def test_a_search_statement_names_the_release_it_was_made_on(
    sample: Path, key: tuple[Path, Path], data_home: Path, tmp_path: Path, tamarisk: Tamarisk
) -> None:
    kept = tmp_path / "search.json"
    tamarisk("search", sample, "bangkok", "--statement", kept)
    assert json.loads(kept.read_text("utf-8"))["made"]["release"] == 0
    said = tamarisk("publish", sample, tmp_path, "--open", "--line", "near", *signed(key)).json()
    made = Path(said["path"])
    compared = tamarisk("rerun", made, kept).out
    assert "Number of the release: 1" in compared
    assert "restored or upgraded" not in compared
    kept.unlink()
    tamarisk("search", made, "bangkok", "--statement", kept)
    told = json.loads(kept.read_text("utf-8"))["made"]
    assert (told["line"], told["release"]) == ("near", 1)
    assert told["content_root"] == layout.said(made).content_root  # type: ignore[union-attr]
    assert "Number of the release" not in tamarisk("rerun", made, kept).out


def test_a_release_is_made_and_read(
    sample: Path, key: tuple[Path, Path], data_home: Path, tmp_path: Path, tamarisk: Tamarisk
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("What is new.", "utf-8")
    said = tamarisk("publish", sample, tmp_path, "--open", "--line", "near", "--notes", notes, *signed(key))
    assert said.status == failures.DONE, said.err
    made = Path(said.json()["path"])
    assert made == tmp_path / "near-0001.tamarisk"
    found = tamarisk("search", made, "bangkok", "--json").json()
    assert found["hits"]
    assert not list(made.rglob("index*"))
    assert list(data_home.glob("*.index*"))
    identity = found["hits"][0]["id"]
    assert tamarisk("show", made, identity, "--text").out
    assert tamarisk("show", made, identity, "--original", tmp_path / "copy").status == failures.DONE
    assert tamarisk("info", made, "--json").json()["writable"] is False
    assert tamarisk("cases", made, "--json").status == failures.DONE
    assert tamarisk("verify", made, "--key", str(SECRET.public), "--json").status == failures.DONE
    for verb in (
        ("correct", made, identity, "--title", "x"),
        ("import", made, notes),
        ("backup", made, tmp_path / "b"),
    ):
        refused = tamarisk(*verb, "--json")
        assert refused.status == failures.USAGE
        assert refused.json()["error"]["code"] == "release-frozen"
    again = tamarisk("publish", sample, tmp_path, "--open", "--notes", notes, *signed(key))
    assert again.status == failures.USAGE  # the same content on the same day is the same release
    assert again.json()["error"]["code"] == "already-exists"


def test_what_would_go_is_shown(sample: Path, tamarisk: Tamarisk, tmp_path: Path) -> None:
    seen = tamarisk("publish", sample, tmp_path, "--preview", "--json").json()
    assert {one["label"] for one in seen["persons"]}
    words = tamarisk("publish", sample, tmp_path, "--preview")
    assert words.status == failures.DONE
    assert all(one["label"] in words.out for one in seen["persons"])
    assert [path.name for path in tmp_path.glob("*-0001*")] == []


def test_it_warns_where_the_notes_or_the_publisher_name_who_stays_behind(
    sample: Path, key: tuple[Path, Path], data_home: Path, tmp_path: Path, tamarisk: Tamarisk
) -> None:
    with Archive(sample, unlocking.unlock(sample), write=True) as archive:
        person, name = archive.db.conn.execute(
            "SELECT s.uuid, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject WHERE f.field = 'name'"
            " AND s.kind = 'person' LIMIT 1"
        ).fetchone()
        subjects.protect(archive.db, person, Confidentiality.CONFIDENTIAL, who="desk")
    notes = tmp_path / "notes.txt"
    notes.write_text(f"Of {name} nothing is told any more.", "utf-8")
    how = ("publish", sample, tmp_path, "--open", "--line", "near")
    warning = f"tell of what stays behind: {name}."
    line = name.replace(" ", "-")  # it stands in the clear, and is the archive's name where nobody gives another
    called = Path(shutil.copytree(sample, tmp_path / f"{line}.tamarisk"))
    assert warning in tamarisk("publish", called, tmp_path, "--preview").err
    assert warning in tamarisk("publish", sample, tmp_path, "--line", line, "--preview").err
    said = tamarisk(*how, "--notes", notes, *signed(key))
    assert said.status == failures.DONE, said.err
    assert warning in said.err
    assert "path" in said.json()
    assert warning in tamarisk(*how, "--publisher", name, "--preview").err
    notes.write_text("Nobody is named here.", "utf-8")
    assert "stays behind" not in tamarisk(*how, "--notes", notes, "--preview", "--json").err


def test_notes_are_read_up_to_their_bound(tmp_path: Path) -> None:
    file, most = tmp_path / "notes.txt", releasing.NOTES_AT_MOST
    file.write_bytes(codecs.BOM_UTF8 + b"One\r\nTwo\r" + "\U00010437".encode() * (most - 9))
    assert releasing.read_notes(file).startswith("One\nTwo\n\U00010437")
    file.write_bytes(codecs.BOM_UTF8 + "\U00010437".encode() * most)
    assert len(releasing.read_notes(file)) == most
    endless = Path("/dev/zero")
    for content in ("\U00010437" * (most + 1), "n" * (most + 1), "n" * 10 * most):
        file.write_text(content, "utf-8")
        with pytest.raises(InvalidValue, match="longer than"):
            releasing.read_notes(file)
    if endless.exists():
        with pytest.raises(InvalidValue, match="longer than"):
            releasing.read_notes(endless)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InvalidValue, match="UTF-8"):
        releasing.read_notes(file)


def test_nobody_signs_by_mistake(sample: Path, key: tuple[Path, Path], tamarisk: Tamarisk, tmp_path: Path) -> None:
    assert tamarisk("publish", sample, tmp_path, "--sign", key[0]).status == failures.USAGE
    assert tamarisk("publish", sample, tmp_path, "--yes").status == failures.USAGE
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("other words")
    said = tamarisk("publish", sample, tmp_path, "--open", *signed((key[0], wrong)))
    assert said.json()["error"]["code"] == "wrong-key-passphrase"
    assert list(tmp_path.glob("*-0001*")) == []


def test_who_publishes_has_a_notebook_about_the_release_apart_from_that_about_the_archive(
    sample: Path, key: tuple[Path, Path], data_home: Path, tmp_path: Path, tamarisk: Tamarisk
) -> None:
    assert tamarisk("notebook", "key", sample, "--json").status == failures.DONE  # there is one about the archive
    words = tmp_path / "partner.txt"
    words.write_text("words of a partner\n")
    made = tamarisk("publish", sample, tmp_path, "--new-passphrase-file", words, *signed(key)).json()["path"]
    opened = ("--passphrase-file", words, "--json")
    trusted = tamarisk("key", "trust", made, "--fingerprint", SECRET.public.fingerprint(), *opened)
    assert trusted.status == failures.DONE, trusted.out
    assert tamarisk("notebook", "key", made, *opened).status == failures.DONE
    assert sorted(path.name[36:] for path in (data_home / "notebooks").iterdir()) == ["", "-release"]


def test_a_release_that_is_not_as_it_was_signed_opens_only_when_told_to(
    sample: Path, key: tuple[Path, Path], data_home: Path, tmp_path: Path, tamarisk: Tamarisk
) -> None:
    made = Path(tamarisk("publish", sample, tmp_path, "--open", *signed(key)).json()["path"])
    assert tamarisk("search", made, "bangkok", "--json").status == failures.DONE
    info = (made / "bag-info.txt").read_bytes()
    (made / "bag-info.txt").write_bytes(info.replace(b"Tamarisk-Release: 1", b"Tamarisk-Release: 2"))
    refused = tamarisk("search", made, "bangkok", "--json")
    assert (refused.status, refused.json()["error"]["code"]) == (failures.DAMAGED, "refused-release")
    assert refused.json()["error"]["state"] == "tampered"
    assert tamarisk("search", made, "bangkok", "--json", "--although-refused").json()["hits"]
    (made / "bag-info.txt").write_bytes(info)
    (made / "data" / "fetched.db").write_bytes(b"x")
    refused = tamarisk("info", made)
    assert refused.status == failures.DAMAGED
    assert "data/fetched.db" in refused.err
    (made / "data" / "fetched.db").unlink()
    assert tamarisk("info", made / "data").status == failures.DONE
    main = (made / "data" / "archive.db").read_bytes()
    (made / "data" / "archive.db").write_bytes(main[:9_000] + bytes([main[9_000] ^ 1]) + main[9_001:])
    refused = tamarisk("search", made, "bangkok", "--json")
    assert refused.json()["error"]["file"] == "data/archive.db"
    (made / "data" / "archive.db").write_bytes(main)
    trusted = tamarisk("key", "trust", made, "--fingerprint", SECRET.public.fingerprint())
    assert trusted.status == failures.DONE
    other = bag.read(made)
    for name in (*bag.TAGS, bag.TAGMANIFEST, bag.SIGNATURE):
        (made / name).unlink()
    seal.seal(made, statement.from_info(other.info), minisign.generate())
    assert tamarisk("info", made, "--json").json()["error"]["state"] == "other-key"


def test_what_lost_all_its_lists_is_no_release(sample: Path, tmp_path: Path, tamarisk: Tamarisk) -> None:
    refused = tamarisk("verify", sample, "--key", str(SECRET.public), "--json")
    assert (refused.status, refused.json()["error"]["code"]) == (failures.USAGE, "not-a-release")
    missing = tamarisk("verify", tmp_path / "nowhere", "--quick", "--json")
    assert missing.json()["error"]["code"] == "missing"
