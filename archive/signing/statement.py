"""What a release says of itself, as it stands in its bag-info and, signed once more, in the trusted comment."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from archive.errors import InvalidValue
from archive.signing.errors import NotARelease

OPENING = "tamarisk release"
_DIGITS = re.compile(r"[0-9]{1,15}")
_ROOT = re.compile(r"[0-9a-f]{64}")
_KIND = re.compile(r"[a-z][a-z_]{0,39}")
_NOT_ONE_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABELS = {
    "archive": "Tamarisk-Archive",
    "line": "Tamarisk-Line",
    "number": "Tamarisk-Release",
    "date": "Bagging-Date",
    "content-root": "Tamarisk-Content-Root",
    "format": "Tamarisk-Format",
    "readable-from": "Tamarisk-Readable-From",
    "counts": "Tamarisk-Counts",
    "slim": "Tamarisk-Slim",
    "publisher": "Source-Organization",
}
"""Each part of a statement in the trusted comment, in its order there, and its label in bag-info."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a release is. Its making raises InvalidValue where a part is not what it says here.

    `archive`: the archive's UUID. `line`: the release line's name, one line of text. `number`: from 1. `date`: as
    `2026-11-28`. `content_root`: SHA-256 in hex. `format`, `readable_from`: the archive's, from 1. `counts`: pairs of
    a kind (small letters and `_`) and how many, in the order of the kinds. `slim`: without originals. `publisher`: the
    name it goes by, one line of text.
    """

    archive: str
    line: str
    number: int
    date: str
    content_root: str
    format: int
    readable_from: int
    counts: tuple[tuple[str, int], ...]
    slim: bool
    publisher: str

    def __post_init__(self) -> None:
        for name, fits in (
            ("archive", _is_uuid(self.archive)),
            ("line", _is_line(self.line)),
            ("number", 1 <= self.number < 10**9),
            ("date", _is_date(self.date)),
            ("content_root", bool(_ROOT.fullmatch(self.content_root))),
            ("format", 1 <= self.format < 10**9),
            ("readable_from", 1 <= self.readable_from <= self.format),
            ("counts", _are_counts(self.counts)),
            ("publisher", _is_line(self.publisher)),
        ):
            if not fits:
                raise InvalidValue(field=name, value=str(getattr(self, name)), why="not what a release can say")


def to_info(statement: Statement) -> dict[str, str]:
    """The statement as labels and values of bag-info."""
    return {_LABELS[name]: value for name, value in _parts(statement).items()}


def to_comment(statement: Statement) -> str:
    """The statement as the trusted comment of the signature: `name:value`, separated by tabs."""
    return "\t".join((OPENING, *(f"{name}:{value}" for name, value in _parts(statement).items())))


def from_info(info: Mapping[str, str]) -> Statement:
    """The statement in a bag-info; other labels may stand beside it. Raises NotARelease."""
    return _read({name: info[label] for name, label in _LABELS.items() if label in info})


def from_comment(comment: str) -> Statement:
    """The statement in a trusted comment; later programs may add parts. Raises NotARelease."""
    opening, *said = comment.split("\t")
    parts: dict[str, str] = {}
    for part in said:
        name, _, value = part.partition(":")
        if name in parts:
            raise _unreadable(name)
        parts[name] = value
    if opening != OPENING:
        raise _unreadable("opening")
    return _read(parts)


def agreed(info: Mapping[str, str], comment: str) -> Statement:
    """The statement where bag-info and trusted comment make the same one. Raises NotARelease."""
    statement = from_comment(comment)
    if from_info(info) != statement:
        raise NotARelease(path="bag-info.txt", why="it does not say what was signed")
    return statement


def _parts(statement: Statement) -> dict[str, str]:
    return {
        "archive": statement.archive,
        "line": statement.line,
        "number": str(statement.number),
        "date": statement.date,
        "content-root": statement.content_root,
        "format": str(statement.format),
        "readable-from": str(statement.readable_from),
        "counts": " ".join(f"{kind}={count}" for kind, count in statement.counts) or "none",
        "slim": "yes" if statement.slim else "no",
        "publisher": statement.publisher,
    }


def _read(parts: Mapping[str, str]) -> Statement:
    missing = next((name for name in _LABELS if name not in parts), None)
    if missing is not None:
        raise _unreadable(missing)
    if parts["slim"] not in ("yes", "no"):
        raise _unreadable("slim")
    try:
        return Statement(
            archive=parts["archive"],
            line=parts["line"],
            number=_number(parts, "number"),
            date=parts["date"],
            content_root=parts["content-root"],
            format=_number(parts, "format"),
            readable_from=_number(parts, "readable-from"),
            counts=_counts(parts["counts"]),
            slim=parts["slim"] == "yes",
            publisher=parts["publisher"],
        )
    except InvalidValue as error:
        raise _unreadable(str(error.facts["field"])) from error


def _counts(value: str) -> tuple[tuple[str, int], ...]:
    pairs = [] if value == "none" else [pair.partition("=") for pair in value.split(" ")]
    return tuple((kind, _number({"counts": count}, "counts")) for kind, _, count in pairs)


def _number(parts: Mapping[str, str], name: str) -> int:
    if not _DIGITS.fullmatch(parts[name]):
        raise _unreadable(name)
    return int(parts[name])


def _unreadable(name: str) -> NotARelease:
    return NotARelease(path="bag-info.txt", why=f"what it says cannot be read: {name}")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and len(text) <= 200 and not _NOT_ONE_LINE.search(text)


def _are_counts(counts: tuple[tuple[str, int], ...]) -> bool:
    kinds = [kind for kind, _ in counts]
    if kinds != sorted(set(kinds)) or len(kinds) > 60:
        return False
    return all(_KIND.fullmatch(kind) and 0 <= count < 10**15 for kind, count in counts)
