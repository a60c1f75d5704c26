"""The receipt: each way in which a release can be other than what was signed, and what it is called."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.container import Archive
from archive.errors import ArchiveError, Cancelled
from archive.signing import bag, minisign, receipt, seal, statement
from archive.signing.bag import Fault, Finding
from archive.signing.errors import NotARelease
from archive.signing.minisign import PublicKey, SecretKey
from archive.signing.receipt import Receipt, State, Trusted
from archive.signing.statement import Statement
from tests.archive.release.publishing import SECRET as PUBLISHER
from tests.archive.release.publishing import published
from tests.archive.signing.conftest import FILES, STATEMENT, Made, fill
from tests.archive.signing.test_bag import relisted

TAGS = (*bag.TAGS, bag.TAGMANIFEST)
VOLUME = "data/originals-0001.db"


def of(made: Made, *, full: bool = True, trusted: bool = True) -> Receipt:
    """The receipt of a reader who trusts the publisher's key for this archive."""
    known = (Trusted(made.secret.public, "Desk", STATEMENT.archive),) if trusted else ()
    return receipt.receipt(made.folder, known, full=full)


def resigned(folder: Path, secret: SecretKey, said: Statement = STATEMENT) -> None:
    """Make the release anew over the files that lie there, as whoever holds another key could."""
    for name in (*TAGS, bag.SIGNATURE):
        (folder / name).unlink()
    seal.seal(folder, said, secret)


def test_a_whole_release_is_valid_and_tells_what_it_is(made: Made) -> None:
    found = of(made)
    assert (found.state, found.refused, found.full) == (State.VALID, False, True)
    assert (found.statement, found.key, found.trusted_as) == (STATEMENT, made.secret.public, "Desk")
    assert {file.path: file.sha256 for file in found.files} == {
        path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()
    }
    assert all(file.read and file.fault is None for file in found.files)


def test_a_quick_look_leaves_out_the_originals_and_says_so(made: Made) -> None:
    heard: list[str] = []
    found = receipt.receipt(made.folder, full=False, progress=lambda path, done, total: heard.append(path))
    assert {file.path for file in found.files if not file.read} == {VOLUME, "data/originals-0002.db"}
    assert set(heard) == {"data/archive.db", "data/keys/desk.passphrase.age"}
    assert not found.full


def test_a_key_that_nobody_compared_is_unknown_and_names_itself(made: Made) -> None:
    found = of(made, trusted=False)
    assert (found.state, found.refused, found.key, found.trusted_as) == (
        State.UNKNOWN_KEY,
        False,
        made.secret.public,
        "",
    )
    assert receipt.enclosed_key(made.folder) == made.secret.public
    elsewhere = Trusted(minisign.generate().public, "Other desk", "00000000-0000-0000-0000-000000000000")
    assert receipt.receipt(made.folder, [elsewhere], full=True).state is State.UNKNOWN_KEY
    assert receipt.receipt(made.folder, [replace(elsewhere, archive="")], full=True).state is State.UNKNOWN_KEY
    shipped = Trusted(made.secret.public, "came with the program")
    assert receipt.receipt(made.folder, [elsewhere, shipped], full=True).trusted_as == "came with the program"


def test_another_key_than_the_one_that_is_trusted_is_refused(made: Made) -> None:
    other = minisign.generate()
    resigned(made.folder, other)
    found = of(made)
    assert (found.state, found.refused, found.key) == (State.OTHER_KEY, True, other.public)
    both = [Trusted(key, "Desk", STATEMENT.archive) for key in (made.secret.public, other.public)]
    assert receipt.receipt(made.folder, both, full=True).state is State.VALID


def test_another_name_for_the_line_does_not_hide_another_key(made: Made) -> None:
    resigned(made.folder, minisign.generate(), replace(STATEMENT, line="elsewhere"))
    assert of(made).state is State.OTHER_KEY


def test_a_key_that_took_the_id_of_a_trusted_one_is_refused(made: Made) -> None:
    other = minisign.generate()
    taken = SecretKey(PublicKey(made.secret.public.id, other.public.key), other.seed)
    resigned(made.folder, taken, replace(STATEMENT, archive="00000000-0000-0000-0000-000000000000"))
    assert of(made).state is State.OTHER_KEY


def test_a_release_of_another_archive_is_not_the_one_that_was_asked_for(made: Made) -> None:
    known = (Trusted(made.secret.public, "Desk"),)
    other = "00000000-0000-0000-0000-000000000000"
    assert receipt.receipt(made.folder, known, full=False, archive=STATEMENT.archive).state is State.VALID
    assert receipt.receipt(made.folder, known, full=False, archive=other).state is State.TAMPERED


@pytest.mark.parametrize("path", [path for path, content in FILES.items() if content])
def test_a_flipped_bit_in_a_file_is_damage_and_the_file_is_named(made: Made, path: str) -> None:
    content = bytearray((made.folder / path).read_bytes())
    for at in {0, len(content) // 3, len(content) - 1}:
        (made.folder / path).write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        found = of(made)
        assert (found.state, found.findings) == (State.DAMAGED, (Finding(path, Fault.ALTERED),))
        assert [file.path for file in found.files if file.fault] == [path]
        assert of(made, trusted=False).state is State.DAMAGED
        assert of(made, full=False).refused == (path != VOLUME)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("full", [True, False])
def test_a_file_missing_or_of_another_length_is_damage_at_once(made: Made, path: str, full: bool) -> None:
    content = (made.folder / path).read_bytes()
    (made.folder / path).write_bytes(content + b"\0")
    assert of(made, full=full).findings == (Finding(path, Fault.SIZE),)
    (made.folder / path).unlink()
    found = of(made, full=full)
    assert (found.state, found.findings) == (State.DAMAGED, (Finding(path, Fault.MISSING),))


@pytest.mark.parametrize("name", TAGS)
@pytest.mark.parametrize("trusted", [True, False])
def test_any_byte_altered_in_what_is_signed_is_tampering(made: Made, name: str, trusted: bool) -> None:
    content = (made.folder / name).read_bytes()
    for at in range(0, len(content), 7):
        (made.folder / name).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert of(made, full=False, trusted=trusted).state is State.TAMPERED, at
    (made.folder / name).write_bytes(content[:-1])
    assert of(made, trusted=trusted).state is State.TAMPERED


@pytest.mark.parametrize("name", [*TAGS, bag.SIGNATURE])
@pytest.mark.parametrize("content", [None, b""])
def test_a_list_or_signature_that_is_gone_or_empty_is_refused(made: Made, name: str, content: bytes | None) -> None:
    (made.folder / name).unlink()
    if content is not None:
        (made.folder / name).write_bytes(content)
    for trusted in (True, False):
        found = of(made, trusted=trusted)
        assert found.refused
        assert name in {finding.path for finding in found.findings}
    if content is None:
        assert of(made).state is State.DAMAGED


def test_any_byte_altered_in_the_signature_is_refused(made: Made) -> None:
    path = made.folder / bag.SIGNATURE
    content = path.read_bytes()
    untrusted = content.index(b"\n")  # the first line is signed by nobody: minisign calls it the untrusted comment
    for at in range(untrusted, len(content) - 1):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        for trusted in (True, False):
            found = of(made, full=False, trusted=trusted)
            assert found.refused, at


def test_the_signature_of_another_release_of_the_same_publisher_does_not_fit(made: Made, tmp_path: Path) -> None:
    newer = fill(tmp_path / "newer")
    seal.seal(newer, replace(STATEMENT, number=4), made.secret)
    shutil.copy(newer / bag.SIGNATURE, made.folder / bag.SIGNATURE)
    assert of(made).state is State.TAMPERED
    assert of(made, trusted=False).state is State.TAMPERED
    shutil.copy(newer / bag.TAGMANIFEST, made.folder / bag.TAGMANIFEST)  # the signature fits, the rest does not
    assert of(made).state is State.TAMPERED
    assert Finding(bag.INFO, Fault.ALTERED) in of(made).findings


def test_bag_info_that_was_replaced_with_its_lists_does_not_pass(made: Made) -> None:
    info = (made.folder / bag.INFO).read_text(encoding="utf-8")
    (made.folder / bag.INFO).write_text(info.replace("Release: 3", "Release: 9"), encoding="utf-8")
    assert of(made).state is State.TAMPERED
    relisted(made.folder)
    assert of(made).state is State.TAMPERED
    assert of(made, trusted=False).state is State.TAMPERED


def test_a_release_that_no_longer_names_its_key_does_not_pass_as_unknown(made: Made) -> None:
    info = (made.folder / bag.INFO).read_text(encoding="utf-8").splitlines(keepends=True)
    (made.folder / bag.INFO).write_text("".join(line for line in info if "Key" not in line), encoding="utf-8")
    relisted(made.folder)
    assert of(made, trusted=False).state is State.TAMPERED


def test_a_signer_whose_two_statements_differ_is_not_believed(made: Made) -> None:
    comment = statement.to_comment(replace(STATEMENT, number=9))
    text = minisign.sign(made.folder / bag.TAGMANIFEST, made.secret, comment)
    (made.folder / bag.SIGNATURE).write_text(text, encoding="utf-8")
    assert of(made).state is State.TAMPERED


def test_what_was_signed_as_something_else_is_no_release(made: Made) -> None:
    text = minisign.sign(made.folder / bag.TAGMANIFEST, made.secret, "tamarisk update")
    (made.folder / bag.SIGNATURE).write_text(text)
    with pytest.raises(NotARelease):
        of(made)


@pytest.mark.parametrize(
    ("path", "fault"),
    [("data/x", Fault.UNLISTED), ("fetch.txt", Fault.FETCH), ("data/archive.db-wal", Fault.JOURNAL)],
)
def test_a_file_too_many_is_damage(made: Made, path: str, fault: Fault) -> None:
    (made.folder / path).write_bytes(b"")
    for trusted in (True, False):
        found = of(made, full=False, trusted=trusted)
        assert (found.state, found.findings) == (State.DAMAGED, (Finding(path, fault),))


@pytest.mark.parametrize("name", [VOLUME, bag.INFO, bag.TAGMANIFEST, bag.SIGNATURE])
def test_a_link_in_place_of_a_file_is_refused(made: Made, tmp_path: Path, name: str) -> None:
    shutil.move(made.folder / name, tmp_path / "elsewhere")
    (made.folder / name).symlink_to(tmp_path / "elsewhere")
    found = of(made)
    assert found.refused
    assert Finding(name, Fault.LINK) in found.findings


def test_a_release_that_lists_no_archive_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x").write_bytes(b"")
    secret = minisign.generate()
    seal.seal(tmp_path, STATEMENT, secret)
    found = receipt.receipt(tmp_path, [Trusted(secret.public, "Desk")], full=True)
    assert (found.state, found.findings) == (State.DAMAGED, (Finding("data/archive.db", Fault.MISSING),))


@pytest.mark.parametrize("name", [*TAGS, bag.SIGNATURE])
def test_a_list_of_a_terabyte_is_refused_unread(made: Made, name: str) -> None:
    with (made.folder / name).open("ab") as file:
        file.truncate(1 << 40)  # a hole: nothing is written
    assert of(made, full=False).refused


def test_nothing_is_written_and_no_folder_is_needed_that_can_be(made: Made) -> None:
    def seen() -> list[tuple[str, int, int]]:
        paths = [made.folder, *made.folder.rglob("*")]
        return [(str(path), path.stat().st_mtime_ns, path.stat().st_mode) for path in paths]

    for path in sorted(made.folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    made.folder.chmod(0o555)
    before = seen()
    try:
        assert of(made).state is State.VALID
        assert seen() == before
    finally:
        for path in (made.folder, *made.folder.rglob("*")):
            path.chmod(0o755)


def test_it_can_be_stopped(made: Made) -> None:
    def stop(path: str, done: int, total: int) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        receipt.receipt(made.folder, full=True, progress=stop)


def test_what_is_no_release_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NotARelease):
            receipt.receipt(path, full=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.sampled_from([*TAGS, bag.SIGNATURE]), st.binary(max_size=400), st.integers(0, 400), st.booleans())
def test_whatever_is_written_into_a_release_it_is_refused(
    made: Made, name: str, content: bytes, at: int, trusted: bool
) -> None:
    was = (made.folder / name).read_bytes()
    fresh = was[:at] + content + was[at + len(content) :]
    (made.folder / name).write_bytes(fresh)
    try:
        found = of(made, full=False, trusted=trusted)
        first_line = name == bag.SIGNATURE and fresh.split(b"\n")[1:] == was.split(b"\n")[1:]
        assert found.refused or fresh == was or first_line
    except ArchiveError as error:
        pytest.fail(f"a receipt was due, not {error}")
    finally:
        (made.folder / name).write_bytes(was)


def test_a_published_release_is_valid_and_each_flipped_bit_of_it_refused(archive: Archive, tmp_path: Path) -> None:
    made = published(archive, tmp_path / "r")
    known = (Trusted(PUBLISHER.public, "Desk", archive.id),)
    found = receipt.receipt(made.path, known, full=True, archive=archive.id)
    assert (found.state, found.statement) == (State.VALID, made.statement)
    for path in [path for path in made.path.rglob("*") if path.is_file() and path.stat().st_size]:
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert receipt.receipt(made.path, known, full=True).refused, path
        path.write_bytes(content)
    assert receipt.receipt(made.path, known, full=True).state is State.VALID
