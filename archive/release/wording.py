"""Finds what the publisher's own words about a release name though it stays behind: persons, titles and ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.cases.exchange.selection import MASKED, Secrets, plain
from archive.connect import Database
from archive.release.choice import Choice
from archive.release.selecting import left_behind
from archive.release.unnamed import HEX, LONG
from archive.withdrawal import tombstones

SHOWN = 8
"""Digits of an id by which it is told."""


def named_in(db: Database, choice: Choice, texts: Sequence[str], beside: Iterable[str] = ()) -> tuple[str, ...]:
    """What these texts name of what stays behind, each once, in the order in which it is found.

    Names of persons and others, titles of documents from LONG letters on, and ids, also of what was withdrawn. What was
    withdrawn is known by no name any more: `beside` are names that the caller still knows. Raises InvalidValue.
    """
    words = [text for text in texts if text.strip()]
    if not words:
        return ()
    db.conn.execute("BEGIN")
    try:
        left = left_behind(db, choice)
        titles = (title for title in _titles(db, left.documents) if len(title) >= LONG)
        gone = {one.record for one in tombstones.every(db)}
        found = dict.fromkeys(_named(words, (*left.called, *titles, *beside)))
        found |= dict.fromkeys(_ids(words, {*left.everything, *gone}))
        return tuple(found)
    finally:
        db.conn.execute("ROLLBACK")


def _titles(db: Database, documents: frozenset[str]) -> Iterator[str]:
    """The titles of these documents that no other has."""
    rows = db.conn.execute("SELECT uuid, title FROM document").fetchall()
    others = {title for identity, title in rows if identity not in documents}
    yield from (title for identity, title in rows if identity in documents and title not in others)


def _named(words: Sequence[str], names: Iterable[str]) -> Iterator[str]:
    """The names that stand in the words, as `Secrets` finds them, the longest first."""
    said = "\n".join(map(plain, words))
    for name in sorted(dict.fromkeys(names), key=lambda one: (-len(one), one)):
        folded = plain(name)
        # the first look is cheap, and thousands of names are looked for
        if len(folded) > 1 and folded in said and not MASKED.search(name) and Secrets((name,)).named_in(*words):
            yield name


def _ids(words: Sequence[str], records: set[str]) -> Iterator[str]:
    """The ids that the words hold, or how such begin."""
    beginnings = {one[:SHOWN] for one in records}
    for text in words:
        yield from (match[0] for match in HEX.finditer(text) if match[0][:SHOWN].lower() in beginnings)
