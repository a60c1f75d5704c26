"""The tables of an index: contentless postings of passages, and beside them, apart and narrow, what filters need.

Rows of `passages` are numbered by the index: one for each stored piece of a text, the pieces of a document side by
side, documents in order of date at a build. Everything here is derived from the archive and may be wiped.
"""

from __future__ import annotations

from archive import feed, meta
from archive.connect import Database, writing
from index.text import ANALYSER, TOKENIZER
from index.widen import names

VERSION = f"13.{ANALYSER}"
# the first column costs two bytes less for each word in each passage: with the body there, a third of the index
COLUMNS = ("body", "title", "author", "publisher", "name")
WEIGHTS = "1.0, 4.0, 2.0, 1.0, 0.5"
"""How much a word counts in each of COLUMNS, for bm25()."""
# 3,900 bytes of postings and SQLCipher's 80 reserved bytes share a page of 4,096; FTS5's default spills over
PAGE_BYTES = 3_900
HASH_BYTES = 128 << 20
MERGED = 8
"""Stretches of postings that are merged into one; FTS5's default of 4 writes everything once more at a build."""

FOREIGN, UNFINISHED, READY = range(3)

TABLES = (
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    f"""CREATE VIRTUAL TABLE passages USING fts5({", ".join(COLUMNS)}, content='', contentless_delete=1, detail=full,
        tokenize="{TOKENIZER}")""",
    f"INSERT INTO passages (passages, rank) VALUES ('pgsz', {PAGE_BYTES})",
    f"INSERT INTO passages (passages, rank) VALUES ('hashsize', {HASH_BYTES})",
    f"INSERT INTO passages (passages, rank) VALUES ('automerge', {MERGED})",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(passages, row)",
    "CREATE VIRTUAL TABLE place USING fts5vocab(passages, instance)",
    "CREATE TABLE length (block INTEGER PRIMARY KEY, words BLOB NOT NULL)",
    # the best passages of frequent words (heads.py), and the rows that were cleared since these were worked out
    "CREATE TABLE head (term TEXT PRIMARY KEY, rows BLOB NOT NULL, scores BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE cleared (row INTEGER PRIMARY KEY)",
    # the words of spaced scripts with the number of passages they stand in, for completion, patterns and spelling
    "CREATE TABLE word (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID",
    # the same words under what they sound like, for spellings in other scripts and romanisations
    "CREATE TABLE sound (key TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID",
    "CREATE TABLE passage (row INTEGER PRIMARY KEY, document INTEGER NOT NULL, piece INTEGER NOT NULL)",
    """CREATE TABLE document (
        number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, archive_row INTEGER NOT NULL, version INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        published TEXT NOT NULL, language TEXT NOT NULL, countries TEXT NOT NULL, type TEXT NOT NULL)""",
    # filters and facets read whole columns: packed, a few blocks instead of a hundred thousand rows
    "CREATE TABLE block (number INTEGER PRIMARY KEY, documents BLOB NOT NULL, several BLOB NOT NULL)",
    # what lists of cases show of each, and count: blobs are arrays of 32-bit integers
    """CREATE TABLE casework (
        number INTEGER PRIMARY KEY, code TEXT NOT NULL, outcome TEXT NOT NULL, outcome_date TEXT NOT NULL,
        origins TEXT NOT NULL, hosts TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, programmes TEXT NOT NULL,
        contradictions INTEGER NOT NULL, sources INTEGER NOT NULL, unit TEXT NOT NULL,
        persons BLOB NOT NULL, moments BLOB NOT NULL)""",
    # which documents are nearly the same (near.py): sketches, the groups, and what is still to be grouped
    "CREATE TABLE sketch (block INTEGER PRIMARY KEY, sketches BLOB NOT NULL)",
    "CREATE TABLE near (document INTEGER PRIMARY KEY, leader INTEGER NOT NULL)",
    "CREATE INDEX near_leader ON near (leader)",
    "CREATE TABLE ungrouped (document INTEGER PRIMARY KEY)",
    "CREATE TABLE value (number INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (field, value))",
    *names.TABLES,
)


def packed(identity: str) -> bytes:
    """A UUID as the index keeps it."""
    return bytes.fromhex(identity.replace("-", ""))


def create(db: Database) -> None:
    """Make the tables of an empty index; part of the caller's transaction."""
    for statement in TABLES:
        db.conn.execute(statement)


def has_tables(db: Database) -> bool:
    """Whether the file holds anything that says what it is."""
    return bool(db.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone())


def standing(db: Database, archive: Database) -> int:
    """Of what use the file is: FOREIGN where it holds no index that this program made of this archive and this history
    of it, UNFINISHED where that is still being built, READY where it knew the whole archive once."""
    if not has_tables(db) or read(db, "schema") != VERSION:
        return FOREIGN
    if read(db, "archive") != meta.read(archive, "archive") or read(db, "generation") != feed.generation(archive):
        return FOREIGN
    return READY if read(db, "ready") else UNFINISHED


def supersede(db: Database) -> None:
    """Say to whoever reads this index that there is a newer one."""
    with writing(db):
        write(db, "superseded", "1")


def is_superseded(db: Database) -> bool:
    """Whether there is a newer index than this one."""
    return bool(read(db, "superseded"))


def records(db: Database) -> int:
    """How many documents are in the index."""
    return int(db.conn.execute("SELECT count(*) FROM document").fetchone()[0])


def read(db: Database, key: str, default: str = "") -> str:
    """A value of the index's state."""
    row = db.conn.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def write(db: Database, key: str, value: str) -> None:
    """Set a value of the index's state; part of the caller's transaction."""
    db.conn.execute("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (key, value))
