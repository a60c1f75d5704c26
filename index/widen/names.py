"""Names that the archive knows: whoever looks for one name of a person finds what holds the others.

The index keeps two narrow tables: under which keys a name is looked for, and how each record's names are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from archive.connect import Database
from index import text as texts
from index.marks import folded, pieces
from index.widen import spelt
from index.widen.form import Form

TABLES = (
    """CREATE TABLE name (key TEXT NOT NULL, number INTEGER NOT NULL, open INTEGER NOT NULL,
        PRIMARY KEY (key, number)) WITHOUT ROWID""",
    """CREATE TABLE called (number INTEGER NOT NULL, name TEXT NOT NULL, open INTEGER NOT NULL,
        PRIMARY KEY (number, name)) WITHOUT ROWID""",
    "CREATE INDEX name_number ON name (number)",
)
"""`number` is that of the record in the index's table of documents; what is `open` is not confidential."""
INITIALS = "."
"""Stands before the keys of names with initials."""
TONED = re.compile("[a-z]+[1-5]")
"""A syllable of Pinyin with its tone (`gui4 min2 hai3`)."""
WORDS = 5
"""Words of a name at most that are looked for in a query."""
PERSONS, NAMESAKES, SHARED = 8, 200, 4
"""Persons of one name whose other names are searched. Of more, up to NAMESAKES, only those that one in SHARED of them
has, which are other spellings of the same (张伟 for Zhang Wei); of more still, the name says nothing."""


def keys(name: str) -> frozenset[str]:
    """What a name is known by, whatever the order, spacing, case, accents and characters it is written in. Empty where
    it holds no word, or one letter only."""
    words = _words(name)
    joined = "".join(words)
    if texts.is_unspaced(joined):
        return frozenset((joined,))
    turned = ("".join(words[1:] + words[:1]), "".join(words[-1:] + words[:-1])) if len(words) > 1 else ()
    return frozenset((" ".join(sorted(words)), joined, *turned)) - {""}


def keys_with_initials(name: str) -> frozenset[str]:
    """The same for a name of several words of which only one is written out, the first or the last."""
    words = _words(name)
    if len(words) < 2 or texts.is_unspaced("".join(words)):
        return frozenset()
    return frozenset(
        " ".join(sorted(word if at == whole else word[0] for at, word in enumerate(words)))
        for whole in (0, len(words) - 1)
        if len(words[whole]) > 1
    )


def _words(name: str) -> list[str]:
    """The words of a name as keys have them; none where they are no name."""
    words = pieces(texts.bare(folded(name)))
    if all(map(TONED.fullmatch, words)):
        words = [word[:-1] for word in words]
    return words if len("".join(words)) > 1 and len(words) <= 2 * WORDS else []


def put(db: Database, known: Iterable[tuple[int, Sequence[tuple[str, bool]]]]) -> None:
    """Keep the names of records, each with whether it is open, in place of those they had; part of the caller's
    transaction."""
    for number, names in known:
        remove(db, number)
        called = ((number, name, is_open) for name, is_open in names)
        db.conn.executemany("INSERT OR IGNORE INTO called VALUES (?, ?, ?)", called)
        every: dict[str, bool] = {}
        for name, is_open in names:
            for key in (*keys(name), *spelt.pinyin(texts.fold(name)), *_marked(keys_with_initials(name))):
                every[key] = every.get(key, False) or is_open
        rows = ((key, number, is_open) for key, is_open in sorted(every.items()))
        db.conn.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", rows)


def remove(db: Database, number: int) -> None:
    """Forget the names of a record; part of the caller's transaction."""
    db.conn.execute("DELETE FROM name WHERE number = ?", (number,))
    db.conn.execute("DELETE FROM called WHERE number = ?", (number,))


class Names:
    """The names in one state of the index."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._any: bool | None = None

    def forms(self, text: str, *, only_open: bool = False) -> list[Form] | None:
        """The other names of whoever is called `text`, as they were recorded, in another order and with initials;
        `only_open` as if nothing confidential were recorded. None where nobody is called so, or too many are."""
        if not self.are_known or not (own := keys(text)):
            return None
        # with initials on one side alone: those of two whole names (Bo Ling, Bao Ling) say nothing
        wanted = {*own, *_marked(own), *keys_with_initials(text)}
        numbers = self._db.conn.execute(
            "SELECT DISTINCT n.number FROM json_each(?) AS wanted CROSS JOIN name AS n ON n.key = wanted.value"
            " WHERE n.open >= ? LIMIT ?",
            (json.dumps(sorted(wanted)), only_open, NAMESAKES + 1),
        ).fetchall()
        if not 0 < len(numbers) <= NAMESAKES:
            return None
        called = self._db.conn.execute(
            "SELECT c.name, count(*) FROM json_each(?) AS wanted CROSS JOIN called AS c ON c.number = wanted.value"
            " WHERE c.open >= ? GROUP BY c.name ORDER BY min(wanted.key), c.name",
            (json.dumps([number for (number,) in numbers]), only_open),
        ).fetchall()
        least = 1 if len(numbers) <= PERSONS else len(numbers) / SHARED
        found: dict[str, Form] = {}
        for name, often in called:
            if often < least or len(_alike(name)) < 2:  # a letter alone would be found everywhere
                continue
            found.setdefault(_alike(name), Form(name, "name"))
            for turned in _turned(name):
                found.setdefault(_alike(turned), Form(turned, "order"))
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


def _marked(found: Iterable[str]) -> Iterator[str]:
    return (INITIALS + key for key in found)


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
        if len(words[whole]) > 2 and rest.replace(" ", "").isalpha():
            yield f"{rest} {words[whole]}"
            yield f"{words[whole]} {rest}"


def _alike(name: str) -> str:
    return " ".join(pieces(texts.bare(folded(name))))
