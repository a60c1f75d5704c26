"""Purges a notebook of what was withdrawn from its archive: quotations go, the reader's own words stay and are listed.

What the program kept by itself goes: quotations, what stood around them, highlights without words, queries and kept
searches that name what was withdrawn, and its place in collections. What the reader wrote stays, and is told, so that
the reader can take names out of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from archive.cases.exchange.selection import plain
from archive.connect import Database, writing
from archive.errors import InvalidValue
from archive.notebook import shelves
from archive.notebook.notes import forget, of_record
from archive.notebook.opening import Notebook
from archive.notebook.records import Export, Note, Passage

UNSPACED = r"\u0e00-\u109f\u3005-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
AMONG = "IN (SELECT value FROM json_each(?1))"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names are compared with what somebody wrote: `fold` makes the same of what is the same name in other letters
    (traditional and simplified ones), `others` gives further ways to write a folded name."""

    fold: Callable[[str], str] = str
    others: Callable[[str], Iterable[str]] = lambda name: ()


AS_WRITTEN = Spelling()


@dataclass(frozen=True, slots=True)
class Purged:
    """What was found. `mentioning` are the ids of notes that are on what was withdrawn, or name it, in the reader's own
    words; `exports` what was exported with it, newest first. `tags` and `collections` have names that name it. The
    rest counts what went."""

    mentioning: tuple[str, ...]
    exports: tuple[Export, ...]
    tags: tuple[str, ...]
    collections: tuple[str, ...]
    quotations: int
    highlights: int
    queries: int
    searches: int

    @property
    def nothing(self) -> bool:
        """Whether the notebook held nothing of it."""
        return self == NOTHING


NOTHING = Purged((), (), (), (), 0, 0, 0, 0)


def purge(
    notebook: Notebook,
    archive: str,
    records: AbstractSet[str],
    names: Sequence[str] = (),
    altered: AbstractSet[str] = frozenset(),
    renewed: Callable[[Note], Passage | None] = lambda note: note.passage,
    spelling: Spelling = AS_WRITTEN,
) -> Purged:
    """Take what was withdrawn out of the notebook about the archive with this UUID, all or nothing; may be repeated.

    `records` are UUIDs, `names` the titles and names by which the records were known, where whoever applies a
    withdrawal still knows them: they are compared, and not kept. `altered` are documents that stay, and whose texts
    were cut where they named it: `renewed` gives the passage of a note on one as it stands now, None where it does not,
    and then its quotation goes, too. `spelling` finds the names however they were written. Raises InvalidValue (another
    archive's notebook) and environment faults; then nothing is changed.
    """
    if archive != notebook.archive:
        raise InvalidValue(field="archive", value=archive, why="a notebook about another archive")
    db, given = notebook.db, json.dumps(sorted(records))
    named = Named(names, spelling)
    with writing(db):
        every = db.conn.execute("SELECT id, record, text FROM note ORDER BY changed DESC, row").fetchall()
        tags = db.conn.execute("SELECT DISTINCT name FROM tag ORDER BY name").fetchall()
        lost = [] if not altered else _cut(db, altered, renewed)
        quotations, highlights = _quotations(db, given, json.dumps(lost))
        mentioning = tuple(
            identity for identity, record, text in every if text and (record in records or named.within(text))
        )
        told = Purged(
            mentioning,
            tuple(one for one in shelves.exports(db) if not records.isdisjoint(one.records)),
            tuple(tag for (tag,) in tags if named.within(tag)),
            tuple(one.name for one in shelves.collections(db) if named.within(f"{one.name}\n{one.about}")),
            quotations,
            highlights,
            _queries(db, records, named),
            _searches(db, records, named),
        )
        db.conn.execute(f"DELETE FROM collected WHERE record {AMONG}", (given,))
        db.conn.execute("INSERT OR IGNORE INTO purged SELECT value FROM json_each(?)", (given,))
        db.conn.execute(f"DELETE FROM leaving WHERE record {AMONG}", (given,))
    db.conn.execute("VACUUM")  # moving rows about may have left words between them
    forget(db)
    return told


class Named:
    """Tells whether words hold one of the names, in any case, with accents or without; scripts without spaces letter by
    letter."""

    def __init__(self, names: Sequence[str], spelling: Spelling = AS_WRITTEN) -> None:
        self._fold = spelling.fold
        every = [*names, *(other for name in names for other in spelling.others(spelling.fold(name)))]
        self._names = [name for name in dict.fromkeys(map(self._folded, every)) if name.strip()]

    def within(self, text: str) -> bool:
        """Whether a text names it, if only by a word of every day: the text is only shown to whoever wrote it."""
        said = self._folded(text)
        return any(name in said for name in self._names)

    def asks(self, text: str) -> bool:
        """Whether a query asks for it, in any order of its words; for a name of one word, whether it asks for nothing
        else."""
        said = self._folded(text)
        words = set(said.split())
        return any(
            said == name or (len(name.split()) > 1 and (name in said or words.issuperset(_spelt(name))))
            for name in self._names
        )

    def _folded(self, text: str) -> str:
        """The words of a text between single spaces, without accents, which may be written in two ways (names of files
        from some systems are) or left out; letters of scripts without spaces are words."""
        return f" {' '.join(WORD.findall(unicodedata.normalize('NFC', plain(self._fold(text)))))} "


def _spelt(name: str) -> list[str]:
    """The words of a name; of one in a script without spaces the whole, since its letters say nothing by themselves."""
    words = name.split()
    return words if all(len(word) > 1 for word in words) else [name]


def _cut(db: Database, altered: AbstractSet[str], renewed: Callable[[Note], Passage | None]) -> list[str]:
    """The notes whose passages in these documents were cut; of the others the surroundings are put as they are now."""
    lost = []
    for record in altered:
        for note in of_record(db, record):
            if note.passage is None:
                continue
            now = renewed(note)
            if now is None:
                lost.append(note.id)
            elif now != note.passage:
                db.conn.execute("UPDATE note SET before = ?, after = ? WHERE id = ?", (now.before, now.after, note.id))
    return lost


def _quotations(db: Database, records: str, lost: str) -> tuple[int, int]:
    """Delete bare highlights, and let notes be on the whole record; how many quotations and highlights went."""
    quoting = f"(record {AMONG} OR id IN (SELECT value FROM json_each(?2))) AND version > 0"
    bare = f"{quoting} AND text = ''"
    db.conn.execute(f"DELETE FROM tag WHERE note IN (SELECT id FROM note WHERE {bare})", (records, lost))
    highlights = db.conn.execute(f"DELETE FROM note WHERE {bare}", (records, lost)).rowcount
    quotations = db.conn.execute(
        "UPDATE note SET version = 0, start = 0, \"end\" = 0, page = 0, quote = '', before = '', after = '',"
        f" colour = '', revision = revision + 1 WHERE {quoting}",
        (records, lost),
    ).rowcount
    return quotations, highlights


def _queries(db: Database, records: AbstractSet[str], named: Named) -> int:
    """Delete the queries of the past that ask for it."""
    gone = [
        identity
        for identity, text in db.conn.execute("SELECT id, text FROM asked").fetchall()
        if named.asks(text) or any(record in text for record in records)
    ]
    db.conn.executemany("DELETE FROM asked WHERE id = ?", ((one,) for one in gone))
    return len(gone)


def _searches(db: Database, records: AbstractSet[str], named: Named) -> int:
    """Delete the kept searches that ask for it, by their words, their name or a filter."""
    gone = []
    for identity, name, text, filters in db.conn.execute(
        "SELECT s.id, s.name, s.text, coalesce(w.filters, '[]') FROM saved AS s LEFT JOIN watched AS w ON w.id = s.id"
    ).fetchall():
        values = [str(one[1]) for one in json.loads(filters)]
        if any(map(named.asks, (name, text, *values))) or any(
            record in said for record in records for said in (text, *values)
        ):
            gone.append(identity)
    for identity in gone:
        db.conn.execute("DELETE FROM watched WHERE id = ?", (identity,))
        db.conn.execute("DELETE FROM saved WHERE id = ?", (identity,))
    return len(gone)
