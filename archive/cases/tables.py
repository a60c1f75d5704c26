"""The tables of casework, and the triggers that put its changes into the feed."""

from __future__ import annotations

from archive.connect import Database

# what a page of a subject shows changes with its facts, their sources, and the events that belong to it
FEED = "INSERT INTO change (kind, record) SELECT DISTINCT 'subject', o.uuid FROM subject AS s JOIN subject AS o"
FEED += " ON o.row IN (s.row, s.parent) WHERE s.row IN"
RESTING = "(SELECT f.subject FROM source AS o JOIN fact AS f ON f.row = o.fact WHERE o.document ="
ASSERTED = (
    "EXISTS (SELECT 1 FROM source AS o WHERE o.fact = f.row AND o.state = 'current'"
    " AND o.stance NOT IN ('denies', 'finds no record'))"
)
"""The condition that a source asserts fact `f`."""
TRIGGERS = {
    "change_subject_added": f"AFTER INSERT ON subject BEGIN {FEED} (new.row); END",
    "change_subject_altered": f"AFTER UPDATE ON subject BEGIN {FEED} (new.row, old.parent); END",
    "change_subject_removed": f"""
        AFTER DELETE ON subject
        BEGIN INSERT INTO change (kind, record) VALUES ('subject', old.uuid); {FEED} (old.parent); END""",
    "change_fact_added": f"AFTER INSERT ON fact BEGIN {FEED} (new.subject); END",
    "change_fact_altered": f"AFTER UPDATE ON fact BEGIN {FEED} (old.subject, new.subject); END",
    "change_fact_removed": f"AFTER DELETE ON fact BEGIN {FEED} (old.subject); END",
    "change_source_added": f"""
        AFTER INSERT ON source BEGIN {FEED} (SELECT subject FROM fact WHERE row = new.fact); END""",
    "change_source_altered": f"""
        AFTER UPDATE ON source BEGIN {FEED} (SELECT subject FROM fact WHERE row IN (old.fact, new.fact)); END""",
    "change_source_removed": f"""
        AFTER DELETE ON source BEGIN {FEED} (SELECT subject FROM fact WHERE row = old.fact); END""",
    # how many documents a case rests on depends on which of them render another
    "change_link_added": f"AFTER INSERT ON document_link BEGIN {FEED} {RESTING} new.document); END",
    "change_link_removed": f"AFTER DELETE ON document_link BEGIN {FEED} {RESTING} old.document); END",
}


def create(db: Database) -> None:
    """Create the tables; part of the caller's transaction."""
    db.table("subject").create(
        {
            "row": int,
            "uuid": str,
            "kind": str,
            "code": str,
            # the case or programme that an event belongs to
            "parent": int,
            # derived from the facts, so that lists need not gather them
            "label": str,
            "confidentiality": str,
            # the subject this one was merged into
            "merged": int,
            "created": str,
            "who": str,
        },
        pk="row",
        not_null={"uuid", "kind", "code", "label", "confidentiality", "created", "who"},
        foreign_keys=[("parent", "subject", "row"), ("merged", "subject", "row")],
    )
    db.table("subject").create_index(["uuid"], unique=True)
    db.table("subject").create_index(["kind", "label"])
    db.execute("CREATE UNIQUE INDEX subject_code ON subject (code) WHERE code != ''")
    db.execute("CREATE INDEX subject_parent ON subject (parent) WHERE parent IS NOT NULL")

    db.table("fact").create(
        {
            "row": int,
            "uuid": str,
            "subject": int,
            "field": str,
            "value": str,
            "as_of": str,
            "state": str,
            "state_reason": str,
            "replaced_by": str,
            "assessment": str,
            "assessment_reason": str,
            "confidentiality": str,
            "created": str,
            "who": str,
            # the custody log holds a hash over this salt and the words, so that it never holds the words
            "salt": bytes,
        },
        pk="row",
        not_null={"uuid", "subject", "field", "value", "as_of", "state", "assessment", "confidentiality", "salt"},
        foreign_keys=[("subject", "subject", "row")],
    )
    db.table("fact").create_index(["uuid"], unique=True)
    db.execute("CREATE UNIQUE INDEX fact_equal ON fact (subject, field, value, as_of) WHERE state = 'current'")
    db.execute("CREATE INDEX fact_subject ON fact (subject)")
    db.execute("CREATE INDEX fact_value ON fact (value, field) WHERE state = 'current'")

    db.table("source").create(
        {
            "row": int,
            "uuid": str,
            "fact": int,
            "document": int,
            "version": int,
            "start": int,
            "end": int,
            "page": int,
            "quote": str,
            "before": str,
            "after": str,
            "language": str,
            "chain": str,
            "stance": str,
            "date_words": str,
            "hedge": str,
            "note": str,
            "state": str,
            "created": str,
            "who": str,
            "salt": bytes,
        },
        pk="row",
        not_null={"uuid", "fact", "document", "version", "start", "end", "quote", "chain", "stance", "state", "salt"},
        foreign_keys=[("fact", "fact", "row"), ("document", "document", "row")],
    )
    db.table("source").create_index(["uuid"], unique=True)
    db.table("source").create_index(["fact"])
    db.table("source").create_index(["document"])

    # how documents hang together in content: `other` is a document's or a cited work's UUID
    db.table("document_link").create(
        {"document": int, "relation": str, "other": str, "created": str, "who": str},
        pk=("document", "relation", "other"),
        foreign_keys=[("document", "document", "row")],
    )
    db.table("document_link").create_index(["other"])

    db.table("not_same").create(
        {"one": str, "other": str, "reason": str, "created": str, "who": str}, pk=("one", "other")
    )
    db.table("merge").create(
        {
            "id": str,
            "kept": str,
            "gone": str,
            "reason": str,
            # what was moved where, as JSON, so that the merge can be undone
            "moved": str,
            "created": str,
            "who": str,
            "undone": str,
        },
        pk="id",
    )

    db.table("term").create(
        {
            "vocabulary": str,
            "code": str,
            "broader": str,
            "status": str,
            "replaced_by": str,
        },
        pk=("vocabulary", "code"),
        not_null={"status", "broader", "replaced_by"},
    )
    db.table("term_label").create(
        {"vocabulary": str, "code": str, "language": str, "role": str, "text": str},
        pk=("vocabulary", "code", "language", "role", "text"),
    )
    db.table("term_mapping").create(
        {"vocabulary": str, "code": str, "scheme": str, "notation": str, "match": str},
        pk=("vocabulary", "code", "scheme", "notation"),
    )
