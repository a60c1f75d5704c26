"""Collections of records, the queries of the past and those kept under a name, and what was exported."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from archive import meta
from archive.connect import Database, writing
from archive.errors import AlreadyExists, NoSuchRecord
from archive.notebook import words
from archive.notebook.notes import forget
from archive.notebook.records import Asked, Collection, Export, Saved

MOST_ASKED = 1_000


def make_collection(db: Database, name: str, about: str = "") -> Collection:
    """A new empty collection. Raises InvalidValue, and AlreadyExists where one has the name."""
    made = Collection(str(uuid.uuid4()), words.name(name), words.kept(about), (), meta.now())
    with writing(db):
        _require_free(db, "collection", made.name)
        insert_collection(db, made)
    return made


def rename_collection(db: Database, identity: str, name: str, about: str = "") -> Collection:
    """Give a collection another name and description. Raises NoSuchRecord, InvalidValue, AlreadyExists."""
    with writing(db):
        held = collection(db, identity)
        if words.name(name) != held.name:
            _require_free(db, "collection", words.name(name))
        db.table("collection").update(identity, {"name": words.name(name), "about": words.kept(about)})
        return collection(db, identity)


def delete_collection(db: Database, identity: str) -> None:
    """Delete a collection for good; its records stay where they are. Raises NoSuchRecord."""
    with writing(db):
        collection(db, identity)
        db.conn.execute("DELETE FROM collected WHERE collection = ?", (identity,))
        db.conn.execute("DELETE FROM collection WHERE id = ?", (identity,))
    forget(db)


def collect(db: Database, identity: str, records: Sequence[str]) -> None:
    """Add records at the end of a collection; those in it stay in their place. Raises NoSuchRecord."""
    with writing(db):
        collection(db, identity)
        (last,) = db.conn.execute(
            "SELECT coalesce(max(position), 0) FROM collected WHERE collection = ?", (identity,)
        ).fetchone()
        db.conn.executemany(
            "INSERT OR IGNORE INTO collected VALUES (?, ?, ?)",
            ((identity, last + 1 + at, record) for at, record in enumerate(records)),
        )


def release(db: Database, identity: str, records: Sequence[str]) -> None:
    """Take records out of a collection. Raises NoSuchRecord (the collection)."""
    with writing(db):
        collection(db, identity)
        db.conn.executemany(
            "DELETE FROM collected WHERE collection = ? AND record = ?", ((identity, record) for record in records)
        )
    forget(db)


def collection(db: Database, identity: str) -> Collection:
    """One collection. Raises NoSuchRecord."""
    row = db.conn.execute("SELECT id, name, about, created FROM collection WHERE id = ?", (identity,)).fetchone()
    if row is None:
        raise NoSuchRecord(id=identity)
    held = db.conn.execute("SELECT record FROM collected WHERE collection = ? ORDER BY position", (identity,))
    return Collection(row[0], row[1], row[2], tuple(one[0] for one in held), row[3])


def collections(db: Database, record: str = "") -> tuple[Collection, ...]:
    """All collections by name; with `record` those that hold it."""
    where = "WHERE id IN (SELECT collection FROM collected WHERE record = ?) " if record else "WHERE ? = '' "
    rows = db.conn.execute(f"SELECT id FROM collection {where}ORDER BY name", (record,)).fetchall()
    return tuple(collection(db, row[0]) for row in rows)


def ask(db: Database, text: str) -> None:
    """Remember a query, unless that is switched off or it is the last one again."""
    text = words.kept(text)
    with writing(db):
        if not text or not keeps_history(db):
            return
        last = db.conn.execute("SELECT text FROM asked ORDER BY id DESC LIMIT 1").fetchone()
        if last is None or last[0] != text:
            db.table("asked").insert({"text": text, "at": meta.now()})
            db.conn.execute(
                "DELETE FROM asked WHERE id <= (SELECT id FROM asked ORDER BY id DESC LIMIT 1 OFFSET ?)", (MOST_ASKED,)
            )


def history(db: Database, most: int = MOST_ASKED) -> tuple[Asked, ...]:
    """The queries of the past, newest first."""
    return tuple(
        Asked(*row) for row in db.conn.execute("SELECT id, text, at FROM asked ORDER BY id DESC LIMIT ?", (most,))
    )


def clear_history(db: Database, identity: int = 0) -> None:
    """Delete the queries of the past for good, or one of them."""
    with writing(db):
        db.conn.execute("DELETE FROM asked WHERE ? IN (0, id)", (identity,))
    forget(db)


def keep_history(db: Database, on: bool) -> None:
    """Switch the remembering of queries on or off; what is remembered stays until it is cleared."""
    meta.write(db, "history", "on" if on else "off")


def keeps_history(db: Database) -> bool:
    """Whether queries are remembered; they are until that is switched off."""
    return meta.read(db, "history", "on") == "on"


def save_query(db: Database, name: str, text: str) -> Saved:
    """Keep a query under a name. Raises InvalidValue, and AlreadyExists where one has the name."""
    made = Saved(str(uuid.uuid4()), words.name(name), words.kept(text), meta.now())
    with writing(db):
        _require_free(db, "saved", made.name)
        insert_saved(db, made)
    return made


def saved(db: Database) -> tuple[Saved, ...]:
    """The queries kept under names, by name."""
    return tuple(Saved(*row) for row in db.conn.execute("SELECT id, name, text, created FROM saved ORDER BY name"))


def delete_saved(db: Database, identity: str) -> None:
    """Delete a kept query for good. Raises NoSuchRecord."""
    with writing(db):
        if not db.conn.execute("DELETE FROM saved WHERE id = ?", (identity,)).rowcount:
            raise NoSuchRecord(id=identity)
    forget(db)


def note_export(db: Database, what: str, form: str, records: Sequence[str]) -> Export:
    """Remember that records left the archive in a file that is not protected."""
    made = Export(str(uuid.uuid4()), words.name(what), words.name(form), tuple(records), meta.now())
    with writing(db):
        insert_export(db, made)
    return made


def exports(db: Database, record: str = "") -> tuple[Export, ...]:
    """What was exported, newest first; with `record` what held it."""
    where = "WHERE id IN (SELECT export FROM exported WHERE record = ?)" if record else "WHERE ? = ''"
    found = []
    for identity, what, form, at in db.conn.execute(
        f"SELECT id, what, form, at FROM export {where} ORDER BY at DESC, rowid DESC", (record,)
    ).fetchall():
        rows = db.conn.execute("SELECT record FROM exported WHERE export = ? ORDER BY position", (identity,))
        found.append(Export(identity, what, form, tuple(row[0] for row in rows), at))
    return tuple(found)


def clear_exports(db: Database) -> None:
    """Delete for good what is remembered about exports."""
    with writing(db):
        db.conn.execute("DELETE FROM exported")
        db.conn.execute("DELETE FROM export")
    forget(db)


def insert_collection(db: Database, one: Collection) -> None:
    """Put a collection as it is; part of the caller's transaction."""
    db.conn.execute("INSERT INTO collection VALUES (?, ?, ?, ?)", (one.id, one.name, one.about, one.created))
    db.conn.executemany(
        "INSERT INTO collected VALUES (?, ?, ?)", ((one.id, at, record) for at, record in enumerate(one.records, 1))
    )


def insert_saved(db: Database, one: Saved) -> None:
    """Put a kept query as it is; part of the caller's transaction."""
    db.conn.execute("INSERT INTO saved VALUES (?, ?, ?, ?)", (one.id, one.name, one.text, one.created))


def insert_export(db: Database, one: Export) -> None:
    """Put an export as it is; part of the caller's transaction."""
    db.conn.execute("INSERT INTO export VALUES (?, ?, ?, ?)", (one.id, one.what, one.form, one.at))
    db.conn.executemany(
        "INSERT INTO exported VALUES (?, ?, ?)", ((one.id, at, record) for at, record in enumerate(one.records))
    )


def _require_free(db: Database, table: str, name: str) -> None:
    if db.conn.execute(f"SELECT 1 FROM {table} WHERE name = ?", (name,)).fetchone():
        raise AlreadyExists(path=name)
