"""Keys and signatures in minisign's formats, held against Debian's minisign."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError, ArchiveMissing, InvalidValue
from archive.signing import minisign
from archive.signing.errors import BadSignature, NotAKey, NotASignature, OtherKey, WrongKeyPassphrase
from archive.signing.minisign import PublicKey

CHEAP = 10  # of scrypt, the least there is, so that tests are quick; the program's own cost is tried once
SECRET = minisign.generate()
COMMENT = "tamarisk release\tpublisher:人权 desk"


@pytest.fixture(scope="module")
def tool() -> str:
    """Debian's minisign, which `make test` installs."""
    found = shutil.which("minisign")
    if found is None:
        pytest.skip("minisign is not installed")
    return found


def run(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(argument) for argument in arguments], input=typed, capture_output=True, text=True, timeout=120
    )


def signed(text: str, at: int, change: int) -> str:
    """The signature with one byte of one of its two base64 lines changed."""
    lines = text.split("\n")
    line = 1 if at < 74 else 3
    raw = bytearray(base64.b64decode(lines[line]))
    raw[at if at < 74 else at - 74] ^= change
    lines[line] = base64.b64encode(raw).decode()
    return "\n".join(lines)


def test_a_signature_gives_its_comment_back_and_is_the_same_each_time() -> None:
    text = minisign.sign(b"manifest", SECRET, COMMENT)
    assert minisign.verify(b"manifest", text, SECRET.public) == COMMENT
    assert minisign.sign(b"manifest", SECRET, COMMENT) == text
    assert minisign.verify(b"manifest", text.replace("\n", "\r\n"), SECRET.public) == COMMENT


def test_a_file_is_signed_as_its_bytes_are(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000  # more than is read at once
    (tmp_path / "f").write_bytes(content)
    assert minisign.sign(tmp_path / "f", SECRET, "c") == minisign.sign(content, SECRET, "c")
    with pytest.raises(BadSignature):
        minisign.verify(content[:-1], minisign.sign(tmp_path / "f", SECRET, "c"), SECRET.public)


@given(st.integers(0, 74 + 63), st.integers(1, 255))
def test_no_byte_of_a_signature_can_be_changed(at: int, change: int) -> None:
    text = signed(minisign.sign(b"manifest", SECRET, COMMENT), at, change)
    with pytest.raises((BadSignature, OtherKey, NotASignature)):
        minisign.verify(b"manifest", text, SECRET.public)


def test_another_comment_does_not_fit() -> None:
    text = minisign.sign(b"manifest", SECRET, "release 1").replace("release 1", "release 2")
    with pytest.raises(BadSignature):
        minisign.verify(b"manifest", text, SECRET.public)


def test_another_key_is_told_from_a_key_that_took_its_name() -> None:
    other = minisign.generate()
    text = minisign.sign(b"manifest", other, "c")
    with pytest.raises(OtherKey) as caught:
        minisign.verify(b"manifest", text, SECRET.public)
    assert caught.value.facts == {"key": other.public.name(), "expected": SECRET.public.name()}
    with pytest.raises(BadSignature):
        minisign.verify(b"manifest", text, PublicKey(other.public.id, SECRET.public.key))


@pytest.mark.parametrize("comment", ["two\nlines", "ends in a space ", "\ud800", "bell \x07", "x" * 8192, "line\u2028"])
def test_what_is_no_comment_is_not_signed(comment: str) -> None:
    with pytest.raises(InvalidValue):
        minisign.sign(b"", SECRET, comment)


def test_a_public_key_is_read_from_its_file_and_alone() -> None:
    assert minisign.parse_public(SECRET.public.file()) == SECRET.public
    assert minisign.parse_public(f" {SECRET.public}\r\n") == SECRET.public
    assert str(SECRET.public).startswith("RW")


def test_a_name_is_written_as_minisign_does_without_zeros_before_it() -> None:
    assert PublicKey(bytes.fromhex("17d54c849fbe1501"), bytes(32)).name() == "115BE9F844CD517"


def test_a_fingerprint_is_digits_and_hangs_on_every_byte_of_the_key() -> None:
    groups = SECRET.public.fingerprint().split(" ")
    assert [len(group) for group in groups] == [5] * 6
    assert all(group.isascii() and group.isdigit() for group in groups)
    near = bytes([SECRET.public.key[0] ^ 1]) + SECRET.public.key[1:]
    assert PublicKey(SECRET.public.id, near).fingerprint() != SECRET.public.fingerprint()
    fixed = PublicKey(bytes(8), bytes(32))  # people have written fingerprints down: they must never change
    assert fixed.fingerprint() == "77955 89566 50977 69963 70836 12429"


def test_a_secret_key_opens_with_its_passphrase_alone() -> None:
    text = minisign.serialise_secret(SECRET, "drei Wörter mehr", CHEAP)
    assert minisign.parse_secret(text, "drei Wörter mehr") == SECRET
    assert minisign.parse_secret(text, "drei Wo\u0308rter mehr") == SECRET
    with pytest.raises(WrongKeyPassphrase):
        minisign.parse_secret(text, "drei Worter mehr")
    with pytest.raises(InvalidValue):
        minisign.serialise_secret(SECRET, "")
    assert base64.b64encode(SECRET.seed).decode()[:20] not in text
    assert SECRET.seed.hex() not in repr(SECRET)


def test_a_secret_key_that_asks_for_too_much_work_is_refused_at_once() -> None:
    raw = bytearray(base64.b64decode(minisign.serialise_secret(SECRET, "p", CHEAP).split("\n")[1]))
    raw[38:54] = b"\xff" * 16
    with pytest.raises(NotAKey):
        minisign.parse_secret("untrusted comment: x\n" + base64.b64encode(raw).decode(), "p")


@pytest.mark.parametrize(
    ("opslimit", "memlimit", "cost"),
    [
        # what libsodium names interactive and sensitive, what minisign falls back to, and the least there is
        (524288, 16777216, (14, 8, 1)),
        (33554432, 1073741824, (20, 8, 1)),
        (16777216, 1073741824, (19, 8, 1)),
        (33554432, 536870912, (19, 8, 2)),
        (0, 16777216, (10, 8, 1)),
    ],
)
def test_the_cost_is_chosen_as_libsodium_does(opslimit: int, memlimit: int, cost: tuple[int, int, int]) -> None:
    assert minisign._scrypt_cost(opslimit, memlimit) == cost


def test_minisign_accepts_our_signature(tool: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"manifest\n" * 1000)
    (tmp_path / "f.minisig").write_text(minisign.sign(tmp_path / "f", SECRET, COMMENT), encoding="utf-8")
    (tmp_path / "k.pub").write_text(SECRET.public.file())
    for key in (("-P", str(SECRET.public)), ("-p", str(tmp_path / "k.pub"))):
        done = run(tool, "-V", *key, "-m", tmp_path / "f")
        assert done.returncode == 0, done.stderr
        assert f"Trusted comment: {COMMENT}" in done.stdout
    assert SECRET.public.name() in SECRET.public.file()
    (tmp_path / "f").write_bytes(b"manifest\n" * 999)
    assert run(tool, "-V", "-P", str(SECRET.public), "-m", tmp_path / "f").returncode != 0


def test_minisign_signs_with_our_secret_key(tool: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"manifest")
    (tmp_path / "k").write_text(minisign.serialise_secret(SECRET, "une clé"))
    done = run(tool, "-S", "-s", tmp_path / "k", "-m", tmp_path / "f", "-t", "from minisign", typed="une clé\n")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "f.minisig").read_text()
    assert minisign.verify(tmp_path / "f", text, SECRET.public) == "from minisign"
    assert run(tool, "-S", "-s", tmp_path / "k", "-m", tmp_path / "f", typed="another\n").returncode != 0


def test_we_sign_with_the_secret_key_of_minisign(tool: str, tmp_path: Path) -> None:
    made = run(tool, "-G", "-p", tmp_path / "k.pub", "-s", tmp_path / "k", typed="une clé\nune clé\n")
    assert made.returncode == 0, made.stderr
    public = minisign.parse_public((tmp_path / "k.pub").read_text())
    secret = minisign.parse_secret((tmp_path / "k").read_text(), "une clé")
    assert secret.public == public
    assert public.file() == (tmp_path / "k.pub").read_text()
    (tmp_path / "f").write_bytes(b"manifest")
    (tmp_path / "f.minisig").write_text(minisign.sign(b"manifest", secret, "c"))
    assert run(tool, "-V", "-p", tmp_path / "k.pub", "-m", tmp_path / "f").returncode == 0


def test_a_secret_key_without_a_passphrase_is_refused(tool: str, tmp_path: Path) -> None:
    assert run(tool, "-G", "-W", "-p", tmp_path / "k.pub", "-s", tmp_path / "k").returncode == 0
    with pytest.raises(NotAKey) as caught:
        minisign.parse_secret((tmp_path / "k").read_text(), "")
    assert caught.value.facts["why"] == "no passphrase protects it"


def test_a_signature_of_the_older_kind_is_refused(tool: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"manifest")
    (tmp_path / "k").write_text(minisign.serialise_secret(SECRET, "p", CHEAP))
    assert run(tool, "-S", "-l", "-s", tmp_path / "k", "-m", tmp_path / "f", typed="p\n").returncode == 0
    with pytest.raises(NotASignature):
        minisign.parse_signature((tmp_path / "f.minisig").read_text())


# -- hostile input: whatever is read, nothing but our own errors

_B64 = st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode())
_LIKE_SIGNATURE = st.tuples(
    st.binary(max_size=80).map(lambda raw: b"ED" + raw)
    | st.binary(min_size=72, max_size=72).map(lambda raw: b"ED" + raw),
    st.text(),
    st.binary(max_size=70) | st.binary(min_size=64, max_size=64),
).map(
    lambda parts: (
        f"untrusted comment: \n{base64.b64encode(parts[0]).decode()}\n"
        f"trusted comment: {parts[1]}\n{base64.b64encode(parts[2]).decode()}\n"
    )
)


@given(st.text() | _B64 | _LIKE_SIGNATURE)
def test_any_text_as_a_signature_verifies_as_nothing(text: str) -> None:
    with pytest.raises(ArchiveError):
        minisign.verify(b"manifest", text, SECRET.public)


@given(st.text() | _B64 | st.binary(min_size=40, max_size=40).map(lambda raw: base64.b64encode(b"Ed" + raw).decode()))
def test_any_text_as_a_public_key_is_a_key_or_refused(text: str) -> None:
    try:
        public = minisign.parse_public(text)
    except NotAKey:
        return
    assert minisign.parse_public(str(public)) == public
    with pytest.raises(ArchiveError):  # 32 bytes that are no point of the curve, too
        minisign.verify(b"x", minisign.Signature(public.id, bytes(64), bytes(64), ""), public)


@given(
    st.text()
    | _B64.map(lambda line: f"untrusted comment: x\n{line}\n")
    | st.tuples(st.binary(min_size=32, max_size=32), st.binary(min_size=104, max_size=104)).map(
        lambda parts: "untrusted comment: x\n" + base64.b64encode(b"EdScB2" + parts[0] + bytes(16) + parts[1]).decode()
    ),
    st.text(max_size=20),
)
def test_any_text_as_a_secret_key_is_refused(text: str, passphrase: str) -> None:
    with pytest.raises(ArchiveError):
        minisign.parse_secret(text, passphrase)


def test_a_file_that_is_no_key_is_not_read_in_full(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        minisign.read_file(tmp_path / "absent")
    (tmp_path / "long").write_bytes(b"a" * (minisign.MOST_FILE + 1))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for name in ("long", "bytes"):
        with pytest.raises(NotAKey):
            minisign.read_file(tmp_path / name)
    (tmp_path / "k").write_text(SECRET.public.file(), encoding="utf-8-sig")
    assert minisign.parse_public(minisign.read_file(tmp_path / "k")) == SECRET.public
