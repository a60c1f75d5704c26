"""What a release says it is, with the signature over that alone, wherever its files were put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.connect import translated
from archive.signing import bag, minisign, statement
from archive.signing.errors import BadSignature, NotARelease, NotASignature, OtherKey
from archive.signing.minisign import PublicKey
from archive.signing.statement import Statement

STATEMENT = "release.txt"
"""The file of `data` that holds the statement; with SIGNED its signature, the same at every making."""
SIGNED = ".minisig"
MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement, its text as it lies in the release, and the text of its signature."""

    said: Statement
    text: str
    signature: str


def read(folder: Path) -> Standing:
    """What lies in a release; its signature is not verified. Raises NotARelease, environment faults."""
    path = folder / bag.DATA / STATEMENT
    texts = []
    for one in (path, path.with_name(path.name + SIGNED)):
        if not one.is_file():
            raise NotARelease(path=str(folder), why=f"no {one.name} in it")
        with translated(one), one.open("rb") as file:
            try:
                texts.append(file.read(MOST).decode())
            except UnicodeDecodeError as error:
                raise NotARelease(path=str(folder), why=f"{one.name} is no text") from error
    return parse(folder, *texts)


def parse(path: Path, text: str, signature: str) -> Standing:
    """A statement's text with its signature, which is not verified. Raises NotARelease."""
    info: dict[str, str] = {}
    for line in text.removesuffix("\n").split("\n"):
        label, colon, value = line.partition(": ")
        if not colon or label in info:
            raise NotARelease(path=str(path), why="its statement cannot be read")
        info[label] = value
    return Standing(statement.from_info(info), text, signature)


def signer(standing: Standing, keys: Sequence[PublicKey]) -> PublicKey | None:
    """Which of these keys signed it, both the text and what the signature's comment says; None for no one of them."""
    for key in keys:
        try:
            said = minisign.verify(standing.text.encode(), standing.signature, key)
            if statement.from_comment(said) == standing.said:
                return key
        except (OtherKey, BadSignature, NotASignature, NotARelease):
            continue
    return None


def write(data: Path, standing: Standing) -> None:
    """Put it into a release's `data`. Raises environment faults."""
    path = data / STATEMENT
    for one, text in ((path, standing.text), (path.with_name(path.name + SIGNED), standing.signature)):
        with translated(one):
            one.write_bytes(text.encode())
