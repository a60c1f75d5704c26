"""Lets a source follow its passage into the newest text of its document; the older one is kept apart."""

from __future__ import annotations

from archive import custody, documents, meta
from archive.cases import facts, passages, sources
from archive.cases.records import Citation, Entry, Source, State
from archive.connect import Database, writing
from archive.errors import ChangedMeanwhile, InvalidValue


def follow(db: Database, source: Source, *, who: str) -> str:
    """Cite the passage where it stands in the newest text instead; returns the UUID of the source that does.

    Raises InvalidValue where its words are not there or it is of the newest text already, and ChangedMeanwhile where
    the source or its fact stands no longer.
    """
    with writing(db):
        anchor = passages.anchored(db, source)
        if anchor.lost or not anchor.moved:
            raise InvalidValue(field="passage", value=source.quote[:40], why="it stands nowhere else")
        fact, document = facts.get(db, source.fact), documents.get(db, source.document)
        if fact.state is not State.CURRENT:
            raise ChangedMeanwhile(id=fact.id)
        row = db.conn.execute("SELECT fact FROM source WHERE uuid = ?", (source.id,)).fetchone()[0]
        citation = Citation(
            document.id, anchor.version, anchor.start, anchor.end, source.language, source.chain, source.stance
        )
        entry = Entry(
            fact.subject,
            fact.field,
            fact.value,
            fact.as_of,
            date_words=source.date_words,
            hedge=source.hedge,
            note=source.note,
        )
        quoted = passages.quoted(db, document.id, anchor.version, anchor.start, anchor.end)
        newer = sources.cite(db, row, fact.id, document, quoted, citation, entry, meta.now(), who)
        _turn(db, source.id, State.CURRENT, State.SUPERSEDED)
        custody.record(db, "source followed", source.id, {"fact": fact.id, "by": newer}, who)
        return newer


def go_back(db: Database, source: str, newer: str, *, who: str) -> None:
    """Undo `follow`. Raises ChangedMeanwhile where either has changed since."""
    with writing(db):
        _turn(db, newer, State.CURRENT, State.UNDONE)
        _turn(db, source, State.SUPERSEDED, State.CURRENT)
        custody.record(db, "source restored", source, {"instead of": newer}, who)


def _turn(db: Database, source: str, old: State, new: State) -> None:
    turned = db.conn.execute("UPDATE source SET state = ? WHERE uuid = ? AND state = ?", (str(new), source, str(old)))
    if not turned.rowcount:
        raise ChangedMeanwhile(id=source)
