"""What a release must not name: persons and others who stay behind, and in the desk's own words documents as well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from archive import meta
from archive.cases.exchange.selection import Secrets
from archive.connect import Database

NAMING = ("name", "official-name", "title")
WHOSE = ("person", "case")
"""Kinds whose names tell of somebody; a ministry's stands in many words that tell nothing of what stays behind."""
LONG = 8
"""Characters from which on a document's title tells of that document and is no word of every day."""
HEX = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,64}", re.IGNORECASE)
"""What may be an id or a hash, or how one begins, within running text."""


def protected(
    db: Database, subjects: AbstractSet[str], levels: AbstractSet[str], staying: AbstractSet[str]
) -> frozenset[str]:
    """What these subjects are called, and names in facts of these levels: what somebody chose to keep back.

    Not what anybody who goes is called, by a fact that goes; `staying` are the facts that do not.
    """
    named = _named(db)
    hidden = {one.value for one in named if one.subject in subjects or one.level in levels}
    return frozenset((hidden | _codes(db, subjects)) - _shown(named, subjects, staying))


def others(db: Database, subjects: AbstractSet[str], staying: AbstractSet[str]) -> frozenset[str]:
    """What persons and cases are called who stay behind because what tells of them does, and names that stay behind of
    those who go, such as the true name of somebody who goes under another. Not what anybody who goes is called."""
    named = _named(db)
    hidden = {one.value for one in named if one.kind in WHOSE and (one.subject in subjects or one.fact in staying)}
    return frozenset((hidden | _codes(db, subjects)) - _shown(named, subjects, staying))


@dataclass(frozen=True, slots=True)
class _Named:
    """A fact that names somebody and was not taken back."""

    fact: str
    subject: str
    kind: str
    level: str
    value: str


def _named(db: Database) -> list[_Named]:
    rows = db.conn.execute(
        "SELECT f.uuid, s.uuid, s.kind, f.confidentiality, f.value FROM fact AS f JOIN subject AS s"
        f" ON s.row = f.subject WHERE f.state != 'undone' AND f.field IN ({', '.join('?' * len(NAMING))})",
        NAMING,
    )
    return [_Named(*row) for row in rows]


def _shown(named: Iterable[_Named], subjects: AbstractSet[str], staying: AbstractSet[str]) -> set[str]:
    return {one.value for one in named if one.subject not in subjects and one.fact not in staying}


def _codes(db: Database, subjects: AbstractSet[str]) -> set[str]:
    rows = db.conn.execute("SELECT uuid, code FROM subject WHERE code != ''")
    return {code for identity, code in rows if identity in subjects}


class OwnWords:
    """Judges what a desk wrote itself, such as reasons and notes, in which it may name what lies in its archive.

    `names` are those that nothing may hold, `staying` the UUIDs of all that stays behind.
    """

    def __init__(self, db: Database, names: Secrets, staying: AbstractSet[str]) -> None:
        self._names = names
        self._staying = staying
        titles: set[str] = set()
        others: set[str] = set()
        hashes: set[str] = set()
        for identity, sha256, title in db.conn.execute("SELECT uuid, sha256, title FROM document"):
            if identity not in staying:
                others.add(title)
            else:
                hashes.add(sha256)
                titles.add(title)
        self._titles = Secrets(title for title in titles - others if len(title) >= LONG)
        self._beginnings = {one[:8] for one in (*staying, *hashes)}
        desks = db.conn.execute("SELECT DISTINCT who FROM custody").fetchall()
        self._desks = sorted((who for (who,) in desks if len(who) > 1 and who != meta.DESK), key=len, reverse=True)

    def tell(self, words: str) -> bool:
        """Whether words name what stays behind: by a name, a title, an id or a hash, or how these begin."""
        if not words:
            return False
        found = any(match[0][:8].lower() in self._beginnings for match in HEX.finditer(words))
        return found or self._names.named_in(words) or self._titles.named_in(words)

    def desk_in(self, words: str) -> bool:
        """Whether words hold the name of a desk, whole and in the case it has."""
        return any(re.search(rf"(?<!\w){re.escape(desk)}(?!\w)", words) for desk in self._desks)
