"""The tables of `archive.db` and of the originals volumes as migrations, and the change feed's triggers."""

from __future__ import annotations

from archive import connect
from archive.cases import shipped, tables
from archive.connect import Database, Migrations, writing
from archive.errors import Damaged
from archive.release import lines
from archive.withdrawal import tombstones

FORMAT = 3
"""The format this program writes."""
READABLE_FROM = 1
"""The oldest program format that reads what this program writes."""

archive = Migrations("tamarisk.archive")
originals = Migrations("tamarisk.originals")

# sqlite-utils' transform() silently drops triggers, so they are made again at every opening for writing.
TRIGGERS = {
    "change_document_added": """
        AFTER INSERT ON document
        BEGIN INSERT INTO change (kind, record) VALUES ('document', new.uuid); END""",
    "change_document_altered": """
        AFTER UPDATE ON document
        BEGIN INSERT INTO change (kind, record) VALUES ('document', new.uuid); END""",
    "change_document_removed": """
        AFTER DELETE ON document
        BEGIN INSERT INTO change (kind, record) VALUES ('document', old.uuid); END""",
    "change_document_named": """
        AFTER INSERT ON document_name
        BEGIN INSERT INTO change (kind, record) SELECT 'document', uuid FROM document WHERE row = new.document; END""",
    "change_document_hung": """
        AFTER INSERT ON document_parent
        BEGIN INSERT INTO change (kind, record) SELECT 'document', uuid FROM document WHERE row = new.child; END""",
    "change_document_unhung": """
        AFTER DELETE ON document_parent
        BEGIN INSERT INTO change (kind, record) SELECT 'document', uuid FROM document WHERE row = old.child; END""",
    "change_text_added": """
        AFTER INSERT ON text_version WHEN new.version > 1
        BEGIN INSERT INTO change (kind, record) SELECT 'document', uuid FROM document WHERE row = new.document; END""",
} | tables.TRIGGERS


def apply_archive(db: Database) -> None:
    """Bring `archive.db` to the current format and make sure that no writer can forget the change feed.

    Raises Damaged where a trigger is missing afterwards.
    """
    if archive.pending(db):
        with writing(db):  # two programs may find the same old archive
            archive.apply(db)
    make_triggers(db)
    missing = set(TRIGGERS) - {trigger.name for trigger in db.triggers}
    if missing:
        raise Damaged(path="archive.db", why=f"missing triggers: {', '.join(sorted(missing))}")
    shipped.seed(db)


def make_triggers(db: Database) -> None:
    """Make the change feed's triggers as they must be."""
    if _altered_triggers(db):
        with writing(db):
            for name in _altered_triggers(db):  # an older program may have made one that says something else
                db.execute(f"DROP TRIGGER IF EXISTS {name}")
                db.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")


def _altered_triggers(db: Database) -> list[str]:
    """The triggers that are missing or do not say what they must."""
    there = {trigger.name: trigger.sql.split() for trigger in db.triggers}
    return [name for name, body in TRIGGERS.items() if there.get(name) != f"CREATE TRIGGER {name} {body}".split()]


def stand_in(db: Database) -> None:
    """Give an archive of an older format that is only read the tables it lacks: empty ones, of this connection alone.

    What reads a table need not know which formats have it; the file stays as it is.
    """
    there = set(db.table_names())
    with connect.scratch() as scratch:
        archive.apply(scratch)
        lacking = [
            statement
            for name, statement in scratch.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if name not in there
        ]
    if lacking:
        db.execute("PRAGMA query_only = off")
        for statement in lacking:
            db.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        db.execute("PRAGMA query_only = on")


def apply_originals(db: Database) -> None:
    """Bring an originals volume to the current format."""
    if originals.pending(db):
        with writing(db):
            originals.apply(db)


@archive()
def m001_meta(db: Database) -> None:
    db.table("meta").create({"key": str, "value": str}, pk="key")


@archive()
def m002_documents(db: Database) -> None:
    db.table("document").create(
        {
            "row": int,
            "uuid": str,
            "sha256": str,
            "title": str,
            "authors": str,
            "publisher": str,
            "published": str,
            "published_words": str,
            "earliest": str,
            "latest": str,
            "language": str,
            "countries": str,
            "source_url": str,
            "type": str,
            "confidentiality": str,
            "received": str,
            "media_type": str,
            "size": int,
            "text_version": int,
            # members of a container are committed after it; until then it is open, and the next import goes on with it
            "open": int,
        },
        pk="row",
        not_null={"uuid", "sha256", "confidentiality", "received", "size", "text_version", "open"},
    )
    db.table("document").create_index(["uuid"], unique=True)
    db.table("document").create_index(["sha256"], unique=True)
    db.execute("CREATE INDEX document_open ON document (row) WHERE open")
    db.table("document_name").create(
        {"document": int, "shown": str, "raw": bytes, "seen": str},
        pk=("document", "shown"),
        foreign_keys=[("document", "document", "row")],
    )
    db.table("document_parent").create(
        {"child": int, "parent": int, "relation": str, "name": str},
        pk=("child", "parent", "relation", "name"),
        foreign_keys=[("child", "document", "row"), ("parent", "document", "row")],
    )
    db.table("document_parent").create_index(["parent"])
    db.table("document_history").create(
        {"id": int, "document": int, "field": str, "old": str, "new": str, "at": str, "who": str},
        pk="id",
        foreign_keys=[("document", "document", "row")],
    )
    db.table("document_history").create_index(["document"])


@archive()
def m003_texts(db: Database) -> None:
    db.table("text_version").create(
        {
            "document": int,
            "version": int,
            "sha256": str,
            "extractor": str,
            "created": str,
            "verdict": str,
            "reason": str,
            "detail": str,
            "notes": str,
            "pages": int,
            "characters": int,
        },
        pk=("document", "version"),
        foreign_keys=[("document", "document", "row")],
    )
    db.execute("CREATE INDEX text_without ON text_version (document) WHERE verdict != 'good'")
    db.table("text_row").create(
        {"document": int, "version": int, "row": int, "page": int, "start": int, "body": bytes},
        pk=("document", "version", "row"),
        foreign_keys=[("document", "document", "row")],
    )


@archive()
def m004_originals(db: Database) -> None:
    db.table("original").create(
        {"sha256": str, "token": bytes, "size": int, "chunks": int, "codec": str, "first_volume": int},
        pk="sha256",
        not_null={"token", "size", "chunks", "codec", "first_volume"},
    )


@archive()
def m005_custody(db: Database) -> None:
    db.table("custody").create(
        {
            "seq": int,
            "at": str,
            "who": str,
            "action": str,
            "document": str,
            "commitment": str,
            "previous": str,
            "hash": str,
        },
        pk="seq",
    )
    db.table("custody").create_index(["document"])
    # apart from the chain, so that a withdrawal can erase what was said and its salt, and the chain still verifies
    db.table("custody_content").create({"seq": int, "salt": bytes, "content": str}, pk="seq")


@archive()
def m006_feed(db: Database) -> None:
    db.execute("CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, record TEXT NOT NULL)")


@archive()
def m007_cases(db: Database) -> None:
    tables.create(db)


@archive()
def m008_withdrawals(db: Database) -> None:
    tombstones.create(db)


@archive()
def m009_release_line(db: Database) -> None:
    lines.create(db)


@originals()
def v001_chunks(db: Database) -> None:
    db.table("volume").create({"key": str, "value": str}, pk="key")
    db.table("chunk").create({"token": bytes, "seq": int, "data": bytes}, pk=("token", "seq"))
