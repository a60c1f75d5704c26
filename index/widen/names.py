"""Names that the archive knows: whoever looks for one name of a person finds what holds the others.

The index keeps two narrow tables: under which keys a name is looked for, and how each record's names are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from archive.connect import Database
from index import text as texts
from index.marks import folded, pieces
from index.widen import spelt
from index.widen.form import Form

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

TABLES = (
    "CREATE TABLE name (key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID",
    "CREATE TABLE called (number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (number, name)) WITHOUT ROWID",
    "CREATE INDEX name_number ON name (number)",
)
"""`number` is that of the record in the index's table of documents."""
TONED = re.compile("[a-z]+[1-5]")
"""A syllable of Pinyin with its tone (`gui4 min2 hai3`)."""
WORDS = 5
"""Words of a name at most that are looked for in a query."""
PERSONS = 8
"""Persons of one name whose other names are searched; of more, the name says nothing."""


def keys(name: str) -> frozenset[str]:
    """What a name is known by, whatever the order, spacing, case, accents and characters it is written in, and with
    initials for all but one of its words. Empty where it holds no word, or one letter only."""
    words = pieces(texts.bare(folded(name)))
    if all(map(TONED.fullmatch, words)):
        words = [word[:-1] for word in words]
    joined = "".join(words)
    if len(joined) < 2 or len(words) > 2 * WORDS:
        return frozenset()
    if texts.is_unspaced(joined):
        return frozenset((joined,))
    found = {" ".join(sorted(words)), joined}
    if len(words) > 1:
        found |= {"".join(words[1:] + words[:1]), "".join(words[-1:] + words[:-1])}
        found |= {" ".join(sorted(way)) for way in _with_initials(words)}
    return frozenset(found)


def _with_initials(words: Sequence[str]) -> Iterator[list[str]]:
    """A name of several words with one of them written out: its first or its last."""
    for whole in {0, len(words) - 1}:
        if len(words[whole]) > 1:
            yield [word if at == whole else word[0] for at, word in enumerate(words)]


def put(db: Database, known: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Keep the names of records, in place of those they had; part of the caller's transaction."""
    for number, names in known:
        remove(db, number)
        db.conn.executemany("INSERT OR IGNORE INTO called VALUES (?, ?)", ((number, name) for name in names))
        every = {key for name in names for key in (*keys(name), *spelt.pinyin(texts.fold(name)))}
        db.conn.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", ((key, number) for key in sorted(every)))


def remove(db: Database, number: int) -> None:
    """Forget the names of a record; part of the caller's transaction."""
    db.conn.execute("DELETE FROM name WHERE number = ?", (number,))
    db.conn.execute("DELETE FROM called WHERE number = ?", (number,))


class Names:
    """The names in one state of the index."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._any: bool | None = None

    def forms(self, text: str) -> list[Form] | None:
        """The other names of whoever is called `text`, as they were recorded, in another order and with initials; None
        where nobody is, or too many are."""
        if not self.are_known or not (wanted := keys(text)):
            return None
        numbers = self._db.conn.execute(
            "SELECT DISTINCT n.number FROM json_each(?) AS wanted CROSS JOIN name AS n ON n.key = wanted.value LIMIT ?",
            (json.dumps(sorted(wanted)), PERSONS + 1),
        ).fetchall()
        if not 0 < len(numbers) <= PERSONS:
            return None
        found: dict[str, Form] = {}
        for (number,) in numbers:
            for (name,) in self._db.conn.execute("SELECT name FROM called WHERE number = ?", (number,)):
                found.setdefault(_alike(name), Form(name, "name"))
                for turned in _turned(name):
                    found.setdefault(_alike(turned), Form(turned, "name"))
                for short in _shortened(name):
                    found.setdefault(_alike(short), Form(short, "initials"))
        found.pop(_alike(text), None)
        return list(found.values())

    @property
    def are_known(self) -> bool:
        """Whether there are any."""
        if self._any is None:
            self._any = self._db.conn.execute("SELECT 1 FROM name LIMIT 1").fetchone() is not None
        return self._any


def only_of(db: Database, records: Mask) -> frozenset[str]:
    """The names, and the forms of them that are searched, that nobody but these records has."""
    theirs: set[str] = set()
    others: set[str] = set()
    for number, name in db.conn.execute("SELECT number, name FROM called"):
        (theirs if records[number] else others).update((name, *_turned(name), *_shortened(name)))
    return frozenset(theirs - others)


def _turned(name: str) -> Iterator[str]:
    """A name of two or three words with the last before the others, and with the first behind them."""
    words = name.split()
    if 2 <= len(words) <= 3 and not texts.is_unspaced(name):
        yield " ".join(words[-1:] + words[:-1])
        yield " ".join(words[1:] + words[:1])


def _shortened(name: str) -> Iterator[str]:
    """A name of two or three words with the others as initials, before and behind the one written out."""
    words = pieces(folded(name))
    if not 2 <= len(words) <= 3 or texts.is_unspaced("".join(words)):
        return
    for whole in (0, len(words) - 1):
        rest = " ".join(word[0] for at, word in enumerate(words) if at != whole)
        if len(words[whole]) > 2:
            yield f"{rest} {words[whole]}"
            yield f"{words[whole]} {rest}"


def _alike(name: str) -> str:
    return " ".join(pieces(texts.bare(folded(name))))
