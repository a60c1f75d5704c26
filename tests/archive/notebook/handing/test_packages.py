"""Packages: what is sealed comes out whole, and whatever else arrives is refused for what it is and changes nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.container import Archive
from archive.errors import InvalidValue
from archive.notebook import exchange, notes, shelves
from archive.notebook.errors import (
    AlteredPackage,
    MissignedPackage,
    NewerPackage,
    NotAPackage,
    PackageAboutAnother,
    PackageForOthers,
    PackageTooLarge,
)
from archive.notebook.handing import content, identity, packages, sealing, signing
from archive.notebook.handing.content import Parcel
from archive.notebook.handing.packages import Received
from archive.notebook.handing.signing import Seen
from archive.notebook.opening import Notebook
from archive.notebook.records import Colour
from archive.records import Confidentiality
from archive.signing import minisign
from tests.archive.conftest import Keep
from tests.archive.notebook.handing.conftest import BOOKS, RECORDS, Book, fill, parcel, reader

Two = tuple[Notebook, Notebook]
EXPECTED = (AlteredPackage, NotAPackage, PackageForOthers)


def made(sender: Notebook, to: Notebook, pseudonym: str = "") -> bytes:
    given = replace(parcel(sender, to=identity.public(to.db)), sender=pseudonym)
    return packages.packed(sender, given)


def sealed(to: Notebook, plain: bytes, signature: bytes = b"") -> bytes:
    """A package that holds these bytes where JSON is expected."""
    return encrypted(to, framed(zlib.compress(plain), signature))


def framed(packed: bytes, signature: bytes = b"") -> bytes:
    return sealing.MAGIC + len(signature).to_bytes(4, "big") + signature + packed


def encrypted(to: Notebook, framed: bytes) -> bytes:
    own = pyrage.x25519.Recipient.from_str(identity.public(to.db))
    return bytes(pyrage.encrypt(framed, [own]))


def arrive(to: Notebook, path: Path, package: bytes) -> Received:
    path.write_bytes(package)
    return packages.received(to, path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "of a colleague.tamarisk-notes"


@pytest.fixture
def filled(two: Two) -> Iterator[Two]:
    """One has notes, and the other something that no refused package may change."""
    one, other = two
    notes.add(one.db, RECORDS[0], "柽柳 ميناء", tags=["port"])
    shelves.collect(one.db, shelves.make_collection(one.db, "desk").id, RECORDS)
    notes.add(other.db, RECORDS[0], "mine")
    before = exchange.write(other.db, other.archive)
    yield one, other
    assert exchange.write(other.db, other.archive) == before


@settings(max_examples=15, deadline=None)
@given(BOOKS, st.sampled_from(["", "Heron", "柳"]))
def test_what_is_sealed_comes_out_whole(tmp_path_factory: pytest.TempPathFactory, book: Book, pseudonym: str) -> None:
    with reader() as one, reader() as other:
        fill(one, book)
        given = replace(parcel(one, to=identity.public(other.db)), sender=pseudonym)
        path = tmp_path_factory.mktemp("sent") / "package"
        package = packages.packed(one, given)
        held = arrive(other, path, package)
        assert held.parcel == content.read(content.serialised(given))
        assert held.parcel.notes == given.notes
        assert (held.signer.name, bool(held.signer.key)) == (pseudonym, bool(pseudonym))
        for note in given.notes:
            assert note.id.encode() not in package


def test_a_package_for_several_opens_for_each_and_for_nobody_else(filled: Two, path: Path) -> None:
    one, other = filled
    keys = [identity.public(one.db), identity.public(other.db)]
    path.write_bytes(packages.packed(one, replace(parcel(one), recipients=tuple(keys))))
    assert packages.received(one, path).parcel == packages.received(other, path).parcel
    with reader() as third, pytest.raises(PackageForOthers) as refused:
        packages.received(third, path)
    assert str(refused.value.facts["key"]).startswith("age1")


def test_the_identity_is_made_once_and_never_leaves(two: Two, path: Path) -> None:
    one, other = two
    assert identity.public(one.db) == identity.public(one.db) != identity.public(other.db)
    own = signing.own_key(one.db, "Heron")
    assert signing.own_key(one.db, " Heron ") == own != signing.own_key(one.db, "Stork")
    assert signing.pseudonyms(one.db) == ("Heron", "Stork")
    written = exchange.write(one.db, one.archive).encode() + content.serialised(parcel(one))
    for secret in (identity.secret(one.db).encode(), own.seed.hex().encode()):
        assert secret not in written


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_package_cut_off_or_altered_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with reader() as one, reader() as other:
        notes.add(one.db, RECORDS[0], "n" * 200)
        package = bytearray(made(one, other, data.draw(st.sampled_from(["", "Heron"]))))
        path = tmp_path_factory.mktemp("sent") / "package"
        at = data.draw(st.integers(0, 1 << 20)) % len(package)  # age adds some random bytes to each
        with pytest.raises(EXPECTED):
            arrive(other, path, bytes(package[:at]))
        # the unused stanzas that age puts in its head are bound to it as well
        package[at] ^= data.draw(st.integers(1, 255))
        with pytest.raises(EXPECTED):
            arrive(other, path, bytes(package))
        assert notes.every(other.db) == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_whatever_is_encrypted_for_me_is_refused_unless_it_is_a_package(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    path = tmp_path_factory.mktemp("sent") / "package"
    with reader() as me:
        with pytest.raises((NotAPackage, AlteredPackage)):
            arrive(me, path, junk)
        for package in (encrypted(me, junk), encrypted(me, framed(junk)), sealed(me, junk)):
            with pytest.raises(NotAPackage):
                arrive(me, path, package)


def change(**fields: object) -> Callable[[dict[str, object]], object]:
    return lambda data: data.update(fields)


def change_note(**fields: object) -> Callable[[dict[str, list[dict[str, object]]]], object]:
    return lambda data: data["notes"][0].update(fields)


@pytest.mark.parametrize(
    "change",
    [
        change(kind="another"),
        change(notes={}),
        change(notes=[1]),
        change(notes=[[]]),
        change(tags=[["a", "b"]]),
        change(tags=[[RECORDS[0], " x"]]),
        change(tags=[[RECORDS[0]]]),
        change(collections=[{}]),
        change(searches=[None]),
        change(version="1"),
        change(version=-1),
        change(archive=7),
        change(sender=7),
        change(sender="x" * 300),
        change(made="yesterday"),
        change_note(id="x"),
        change_note(id=RECORDS[0] + "\n"),
        change_note(record="../../x"),
        change_note(text=""),
        change_note(text="\u0000"),
        change_note(text="x" * 200_001),
        change_note(text="\ud800"),
        change_note(tags=["a\nb"]),
        change_note(created="2026"),
        change_note(revision=True),
        change_note(revision=2**70),
        change_note(revision=1.5),
        change_note(colour="red"),
        change_note(
            passage={
                **dict.fromkeys(("version", "start", "end", "page"), 1),
                **dict.fromkeys(("quote", "before", "after"), ""),
                "document": RECORDS[0],
            }
        ),
        lambda data: data["notes"].extend([data["notes"][0]] * content.MOST),
        lambda data: data.pop("notes"),
    ],
)
def test_json_that_says_something_else_is_refused(filled: Two, path: Path, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    one, other = filled
    data = json.loads(content.serialised(parcel(one)))
    change(data)
    with pytest.raises(NotAPackage):
        arrive(other, path, sealed(other, json.dumps(data).encode()))


def test_json_that_is_deep_or_holds_an_endless_number_is_refused(filled: Two, path: Path) -> None:
    for plain in (b"[" * 1_000_000, b'{"kind":' * 200_000, b"9" * 1_000_000, b"NaN", b"\xff", b'{"a":1}'):
        with pytest.raises(NotAPackage):
            arrive(filled[1], path, sealed(filled[1], plain))


def test_a_bomb_is_refused_before_it_unpacks(filled: Two, path: Path) -> None:
    other = filled[1]
    bomb = zlib.compressobj(9)
    packed = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(1024)) + bomb.flush()
    assert len(packed) < 2 << 20
    with pytest.raises(PackageTooLarge):
        arrive(other, path, encrypted(other, framed(packed)))


def test_a_million_empty_lists_are_refused_before_they_are_parsed(
    filled: Two, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = filled
    plain = b"[" + b"[]," * content.MOST_PARTS + b"[]]"
    arriving = sealed(one, plain)
    monkeypatch.setattr(content.json, "loads", lambda given: pytest.fail("it was parsed"))
    with pytest.raises(NotAPackage):
        arrive(one, path, arriving)


def test_a_huge_file_is_refused_before_it_is_read(filled: Two, path: Path) -> None:
    with path.open("wb") as file:
        file.write(sealing.AGE)
        file.truncate(1 << 40)
    with pytest.raises(PackageTooLarge):
        packages.received(filled[1], path)
    for nothing in (path.parent, path.parent / "nothing", path / "below"):
        with pytest.raises(NotAPackage):
            packages.received(filled[1], nothing)


def test_what_follows_or_precedes_the_content_is_refused(filled: Two, path: Path) -> None:
    one, other = filled
    packed = zlib.compress(content.serialised(parcel(one)))
    for inside in (
        framed(packed + b"x"),
        framed(packed[:-1]),
        b"x" + framed(packed),
        sealing.MAGIC,
        sealing.MAGIC + b"\xff\xff\xff\xff" + packed,
    ):
        with pytest.raises(NotAPackage):
            arrive(other, path, encrypted(other, inside))


def test_a_newer_package_and_one_about_another_archive_are_refused(filled: Two, path: Path) -> None:
    one, other = filled
    data = json.loads(content.serialised(parcel(one)))
    with pytest.raises(NewerPackage):
        arrive(other, path, sealed(other, json.dumps(data | {"version": 2, "notes": 7}).encode()))
    with pytest.raises(PackageAboutAnother) as refused:
        arrive(other, path, sealed(other, json.dumps(data | {"archive": RECORDS[1]}).encode()))
    assert refused.value.facts["archive"] == RECORDS[1]


def test_a_signer_is_known_from_the_second_package_on(archive: Archive, two: Two, path: Path) -> None:
    one, other = two
    notes.add(one.db, RECORDS[0], "a")
    first = arrive(other, path, made(one, other, "Heron"))
    assert first.signer.seen is Seen.FIRST
    assert first.signer.key == str(signing.own_key(one.db, "Heron").public)
    packages.merged(other, archive.db, first)
    again = arrive(other, path, made(one, other, "Heron"))
    assert again.signer.seen is Seen.KNOWN
    assert again.signer.fingerprint == first.signer.fingerprint
    with reader() as third:
        claimed = arrive(other, path, made(third, other, "Heron"))
    assert claimed.signer.seen is Seen.OTHER
    assert packages.shown_sender(claimed.signer) != "Heron"
    packages.merged(other, archive.db, claimed)
    assert arrive(other, path, made(one, other, "Heron")).signer.seen is Seen.KNOWN
    assert arrive(other, path, made(one, other)).signer.seen is Seen.UNSIGNED


@pytest.mark.parametrize("name", ["Her\u200bon", "HERON", "He\u034fron", "Ｈｅｒｏｎ", "He ron", "Heron\ufe0f"])
def test_a_name_that_only_looks_like_one_that_was_seen_is_told(
    archive: Archive, two: Two, path: Path, name: str
) -> None:
    one, other = two
    notes.add(one.db, RECORDS[0], "a")
    packages.merged(other, archive.db, arrive(other, path, made(one, other, "Heron")))
    with reader() as third:
        claimed = arrive(other, path, made(third, other, name)).signer
        another = arrive(other, path, made(third, other, "Herons")).signer
    assert claimed.seen is Seen.OTHER
    assert claimed.fingerprint[:11] in packages.shown_sender(claimed)
    assert another.seen is Seen.FIRST


def test_a_signature_that_does_not_fit_is_refused(filled: Two, path: Path) -> None:
    one, other = filled
    own = signing.own_key(one.db, "Heron")
    plain = content.serialised(replace(parcel(one, to=identity.public(other.db)), sender="Heron"))
    packed = zlib.compress(plain)
    elsewhere = minisign.sign(packed, own, "another comment")
    handed_on = content.serialised(replace(parcel(one, to=identity.public(one.db)), sender="Heron"))
    nameless = content.serialised(parcel(one, to=identity.public(other.db)))
    for inside, signature in (
        (packed, signing.signs(own)(packed + b"x")),
        (packed, f"{minisign.generate().public}\n".encode() + signing.signs(own)(packed).partition(b"\n")[2]),
        (packed, f"{own.public}\n{elsewhere}".encode()),
        (packed, b"\xff"),
        (packed, b"x\ny\n"),
        (zlib.compress(handed_on), signing.signs(own)(zlib.compress(handed_on))),
        (zlib.compress(nameless), signing.signs(own)(zlib.compress(nameless))),
    ):
        with pytest.raises(MissignedPackage):
            arrive(other, path, encrypted(other, framed(inside, signature)))


def test_an_unsigned_package_names_nobody(filled: Two, path: Path) -> None:
    one, other = filled
    plain = content.serialised(replace(parcel(one), sender="Heron"))
    assert arrive(other, path, sealed(other, plain)).signer.name == ""


@pytest.mark.parametrize("words", ["", "age1", "AGE-SECRET-KEY-1XYZ", "ssh-ed25519 AAAA", "age1" + "q" * 58, "柳"])
def test_what_is_no_key_is_said_to_be_none(two: Two, words: str) -> None:
    with pytest.raises(InvalidValue):
        packages.packed(two[0], replace(parcel(two[0]), recipients=(words,)))


def test_a_key_may_be_pasted_with_blanks(two: Two) -> None:
    key = identity.public(two[0].db)
    assert sealing.recipient(f"  {key[:20]}\n{key[20:].upper()} ") == key


def test_what_is_confidential_is_counted_before(archive: Archive, notebook: Notebook, keep: Keep) -> None:
    document = keep("The harbour was closed.", title="A page")
    notes.add(notebook.db, document.id, passage=notes.passage(archive.db, document.id, 1, 4, 11), colour=Colour.GREEN)
    notes.add(notebook.db, RECORDS[0], "of what is not here")

    def survey() -> packages.Survey:
        return packages.surveyed(archive.db, packages.gathered(notebook, archive.db))

    assert survey() == packages.Survey(2, 0, 0, 0, 0)
    archive.db.conn.execute("UPDATE document SET confidentiality = ?", (str(Confidentiality.CONFIDENTIAL),))
    assert survey().confidential == 1


def test_tombstones_keep_quotations_out(archive: Archive, notebook: Notebook, keep: Keep, path: Path) -> None:
    document = keep("The harbour was closed.", title="A page")
    place = notes.passage(archive.db, document.id, 1, 4, 11)
    with reader(archive.key) as other:
        notes.add(other.db, document.id, "words", passage=place)
        given: Parcel = replace(parcel(other, to=identity.public(notebook.db)))
        held = arrive(notebook, path, packages.packed(other, given))
    with archive.db.atomic():
        if "tombstone" not in archive.db.table_names():
            archive.db.table("tombstone").create({"record": str, "at": str, "reason": str}, pk="record")
        archive.db.table("tombstone").insert({"record": document.id, "at": "2026-05-03", "reason": "person"})
    assert packages.merged(notebook, archive.db, held).left_out == 1
    (note,) = notes.every(notebook.db)
    assert (note.text, note.passage) == ("words", None)
