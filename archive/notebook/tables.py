"""The tables of `notebook.db` as migrations."""

from __future__ import annotations

from archive import meta
from archive.connect import Database, Migrations, writing
from archive.errors import NewerFormat

FORMAT = 1
notebook = Migrations("tamarisk.notebook")


def apply(db: Database) -> None:
    """Bring a notebook to the current format. Raises NewerFormat where a newer program made it."""
    if notebook.pending(db):
        with writing(db):  # two programs may find the same old notebook
            notebook.apply(db)
            if not meta.read(db, "format"):
                meta.write(db, "format", str(FORMAT))
    if int(meta.read(db, "format", "0")) > FORMAT:
        raise NewerFormat(path="notebook.db", readable_from=int(meta.read(db, "format")), supported=FORMAT)


@notebook()
def n001_notebook(db: Database) -> None:
    db.table("meta").create({"key": str, "value": str}, pk="key")
    db.table("note").create(
        {
            "row": int,
            "id": str,
            "record": str,
            # 0 where the note is on the whole record: a text's versions begin at 1
            "version": int,
            "start": int,
            "end": int,
            "page": int,
            "quote": str,
            "before": str,
            "after": str,
            "text": str,
            "colour": str,
            "created": str,
            "changed": str,
            "revision": int,
        },
        pk="row",
        not_null={"id", "record", "version", "start", "end", "page", "quote", "before", "after", "text", "colour"},
    )
    db.table("note").create_index(["id"], unique=True)
    db.table("note").create_index(["record", "start"])
    # of a note, or of a record where `note` is empty
    db.table("tag").create({"record": str, "note": str, "name": str}, pk=("record", "note", "name"))
    db.table("tag").create_index(["name"])
    db.table("tag").create_index(["note"])
    db.table("collection").create(
        {"id": str, "name": str, "about": str, "created": str}, pk="id", not_null={"name", "about", "created"}
    )
    db.table("collection").create_index(["name"], unique=True)
    db.table("collected").create(
        {"collection": str, "position": int, "record": str},
        pk=("collection", "record"),
        foreign_keys=[("collection", "collection", "id")],
    )
    db.table("asked").create({"id": int, "text": str, "at": str}, pk="id")
    db.table("saved").create({"id": str, "name": str, "text": str, "created": str}, pk="id")
    db.table("saved").create_index(["name"], unique=True)
    db.table("export").create({"id": str, "what": str, "form": str, "at": str}, pk="id")
    db.table("exported").create(
        {"export": str, "position": int, "record": str},
        pk=("export", "position"),
        foreign_keys=[("export", "export", "id")],
    )


@notebook()
def n002_watched(db: Database) -> None:
    # beside `saved`, which a program of the first version goes on reading
    db.table("watched").create(
        {"id": str, "filters": str, "sort": str, "moment": str, "looked": str},
        pk="id",
        not_null={"filters", "sort", "moment", "looked"},
    )


@notebook()
def n003_handed(db: Database) -> None:
    # `here` is the note of this notebook in which the words of `note` live on; both go with it, and so does who sent it
    db.table("known").create({"note": str, "digest": str, "here": str}, pk=("note", "digest"))
    db.table("known").create_index(["here"])
    db.table("came").create(
        {"note": str, "beside": str, "sender": str, "at": str}, pk="note", not_null={"beside", "sender", "at"}
    )
    db.table("signer").create({"key": str, "name": str, "since": str}, pk="key", not_null={"name", "since"})
    db.conn.execute(
        "CREATE TRIGGER note_forgotten AFTER DELETE ON note BEGIN"
        " DELETE FROM known WHERE here = old.id; DELETE FROM came WHERE note = old.id; END"
    )


@notebook()
def n010_trusted(db: Database) -> None:
    # also a table of its own, which a program of the first version leaves alone
    db.table("trusted_key").create({"key": str, "name": str, "at": str}, pk="key", not_null={"name", "at"})


@notebook()
def n020_purged(db: Database) -> None:
    # the random ids of withdrawn records that the notebook was purged of
    db.execute("CREATE TABLE purged (record TEXT PRIMARY KEY) WITHOUT ROWID")
    # names of what is about to be withdrawn, until the notebook was purged of them
    db.table("leaving").create({"record": str, "name": str, "at": str}, pk=("record", "name"), not_null={"at"})


@notebook()
def n021_seen_release(db: Database) -> None:
    db.table("seen_release").create({"line": str, "number": int, "root": str}, pk=("line", "number"), not_null={"root"})


@notebook()
def n022_proven(db: Database) -> None:
    db.execute("CREATE TABLE proven (sha256 TEXT NOT NULL UNIQUE, root TEXT NOT NULL)")
