"""Containers of what is withdrawn: their originals go, they stay, and their texts cease to name what was in them."""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import texts
from archive.cases import passages
from archive.connect import Database
from archive.errors import InvalidValue
from archive.withdrawal import tombstones
from archive.withdrawal.tombstones import Reason

SHORTEST = 4
"""Characters that a name or title must have to be looked for in running text."""
NUMBERED = re.compile(r"0*(\d+)\.eml")
"""A message as a mailbox names it; the mailbox's text lists it by its number."""
GAP = "[…]"
BLANK = "█"


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a container's text version that names a member, in code points; `line` where it is all of a line."""

    version: int
    start: int
    end: int
    line: bool


def above(db: Database, rows: Iterable[int]) -> list[int]:
    """The documents whose bytes embed one of these, at any depth, without these themselves. Row numbers."""
    start = set(rows)
    found: dict[int, None] = {}
    wanted = list(start)
    while wanted:
        child = wanted.pop()
        for (parent,) in db.conn.execute("SELECT DISTINCT parent FROM document_parent WHERE child = ?", (child,)):
            if parent not in found and parent not in start:
                found[parent] = None
                wanted.append(parent)
    return list(found)


def cuts(db: Database, container: int, members: Sequence[int]) -> list[Cut]:
    """Where the texts of a container name those of these documents that lie in it, in any version and order."""
    return named_cuts(db, container, _named(db, container, members))


def named_cuts(db: Database, container: int, named: Sequence[str]) -> list[Cut]:
    """Where the texts of a container hold these names, as a listing does or in running text."""
    named = list(dict.fromkeys(part for name in named for part in (name, name.rpartition("/")[2]) if part.strip()))
    if not named:
        return []
    versions = db.conn.execute("SELECT version FROM text_version WHERE document = ?", (container,)).fetchall()
    return [cut for (version,) in versions for cut in _cuts(texts.read(db, container, version), version, named)]


def strip(db: Database, container: int, found: Sequence[Cut], at: str, reason: Reason) -> None:
    """Let a container's original go, bar its bytes, and cut its texts; part of the caller's transaction.

    Its SHA-256 becomes a random number: the true one would confirm a guess at the bytes. Where facts rest on its text,
    what is cut is blanked, so that their passages stay where they are; elsewhere it leaves no gap.
    """
    identity, sha256 = db.conn.execute("SELECT uuid, sha256 FROM document WHERE row = ?", (container,)).fetchone()
    if tombstones.strip(db, identity, at, reason):
        release_original(db, sha256)
        tombstones.bar(db, [sha256], at, reason)
        db.conn.execute("UPDATE document SET sha256 = ?, open = 0 WHERE row = ?", (secrets.token_hex(32), container))
    db.conn.execute(
        "DELETE FROM custody_content WHERE seq IN (SELECT seq FROM custody WHERE document = ?"
        " AND action IN ('received', 'received again', 'read again'))",
        (identity,),
    )
    keeps_places = db.conn.execute("SELECT 1 FROM source WHERE document = ?", (container,)).fetchone() is not None
    for version in sorted({cut.version for cut in found}):
        _rewrite(db, container, version, [cut for cut in found if cut.version == version], keeps_places)
    _surround(db, container, identity)
    tombstones.to_erase(db, "database", "derived")


def release_original(db: Database, sha256: str) -> None:
    """Let no record name the original of these bytes, and note that its chunks are to be erased."""
    row = db.conn.execute("SELECT token FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    if row:
        db.conn.execute("DELETE FROM original WHERE sha256 = ?", (sha256,))
        tombstones.to_erase(db, "chunks", what=bytes(row[0]))


def _named(db: Database, container: int, members: Sequence[int]) -> list[str]:
    """What the members are called: as the container names them, and by their titles."""
    named: dict[str, None] = {}
    for member in members:
        found = db.conn.execute(
            "SELECT p.name, d.title FROM document_parent AS p JOIN document AS d ON d.row = p.child"
            " WHERE p.child = ? AND p.parent = ?",
            (member, container),
        )
        for name, title in found:
            named |= dict.fromkeys((name, title))
    return list(named)


def _cuts(text: str, version: int, named: Sequence[str]) -> list[Cut]:
    heads = [*map(re.escape, named), *(number[1] for number in map(NUMBERED.fullmatch, named) if number)]
    line = re.compile(rf"^(?:{'|'.join(heads)})(?:[ ]·[ ]|\t|$).*\n?", re.MULTILINE)
    found = [Cut(version, match.start(), match.end(), True) for match in line.finditer(text)]
    words = sorted((name for name in named if len(name) >= SHORTEST), key=len, reverse=True)
    if words:
        for match in re.finditer("|".join(map(re.escape, words)), text):
            if not any(cut.start <= match.start() < cut.end for cut in found):
                found.append(Cut(version, match.start(), match.end(), False))
    return sorted(found, key=lambda cut: cut.start)


def _rewrite(db: Database, document: int, version: int, found: Sequence[Cut], keeps_places: bool) -> None:
    """Store a text version anew without the stretches that are cut, row by row."""
    kept = list(texts.rows(db, document, version))
    start, rewritten = 0, []
    for row in kept:
        parts, at, end = [], row.start, row.start + len(row.text)
        for cut in found:
            first, last = max(cut.start, row.start), min(cut.end, end)
            if first >= last:
                continue
            parts.append(row.text[at - row.start : first - row.start])
            parts.append(_instead(row.text[first - row.start : last - row.start], cut, first, keeps_places))
            at = last
        text = "".join(parts) + row.text[at - row.start :]
        rewritten.append((row.row, start, text))
        start += len(text)
    for number, begin, text in rewritten:
        db.conn.execute(
            "UPDATE text_row SET start = ?, body = ? WHERE document = ? AND version = ? AND row = ?",
            (begin, zlib.compress(text.encode(), 6), document, version, number),
        )
    db.conn.execute(
        "UPDATE text_version SET sha256 = ?, characters = ?, detail = '' WHERE document = ? AND version = ?",
        (texts.sha256(texts.rows(db, document, version)), start, document, version),
    )


def _instead(words: str, cut: Cut, first: int, keeps_places: bool) -> str:
    if keeps_places:
        return "".join(letter if letter == "\n" else BLANK for letter in words)
    return "" if cut.line or first != cut.start else GAP


def _surround(db: Database, document: int, identity: str) -> None:
    """Read what stands around the passages of a document anew: it may have been cut."""
    rows = db.conn.execute("SELECT row, version, start, end FROM source WHERE document = ?", (document,)).fetchall()
    for row, version, start, end in rows:
        try:
            stands = passages.quoted(db, identity, version, start, end)
        except InvalidValue:  # a fault that was there before; `verify` tells of it
            continue
        db.conn.execute("UPDATE source SET before = ?, after = ? WHERE row = ?", (stands.before, stands.after, row))
