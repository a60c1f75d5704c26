"""Finds what stays behind when a release is made: by level, by consent, and by what rests on or embeds the like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from archive import texts
from archive.cases import fields
from archive.cases.exchange.quotations import QUOTATION
from archive.cases.exchange.selection import Secrets
from archive.cases.fields import Type
from archive.cases.values import CONSENT
from archive.connect import Database
from archive.dates import span
from archive.release import unnamed
from archive.release.choice import Choice

PERMITTING = frozenset({"publication", "partners"})
"""Purposes of consent for which a record may go to partners."""
UNREAD = ("none", "")
"""What consent counts as that a later program or a damaged exchange wrote in a form not known here."""


@dataclass(frozen=True, slots=True)
class Left:
    """What stays behind, by UUID. `containers` are those of the documents that stay behind only because their bytes
    embed another; `unconsented` those of the subjects whose consent does not reach; `unsourced` those of the facts
    that may go but for their sources, and `held` those of them that go with a stand-in. `called` is what must not be
    named in what goes, and `names` finds it."""

    documents: frozenset[str]
    containers: frozenset[str]
    subjects: frozenset[str]
    unconsented: frozenset[str]
    facts: frozenset[str]
    unsourced: frozenset[str]
    held: frozenset[str]
    sources: frozenset[str]
    called: frozenset[str]
    names: Secrets

    @property
    def everything(self) -> frozenset[str]:
        """All of it."""
        return self.documents | self.subjects | self.facts | self.sources


def left_behind(db: Database, choice: Choice) -> Left:
    """What stays behind of an archive as `choice` says. Holds no more than ids of what stays, and of subjects.

    What was taken back (facts and sources that are undone) stays behind always. The caller holds a transaction.
    """
    unconsented = frozenset(_unconsented(db, choice.date))
    chosen = _subjects(db, choice, unconsented)
    protected = frozenset[str]()
    while True:  # what stays behind takes along what names it, which may have named others: until nothing more does
        names = Secrets(protected)
        documents, containers = _documents(db, choice, names)
        sources = set(_sources(db, documents))
        facts, unsourced = _facts(db, choice, chosen, sources, names)
        held = unsourced & choice.held
        facts |= unsourced - held
        found = unnamed.protected(db, chosen, choice.above, facts)
        if found <= protected:
            break
        protected |= found
    subjects = chosen | _emptied(db, facts, chosen, documents, sources)
    called = protected | unnamed.others(db, subjects, facts)
    return Left(
        frozenset(documents),
        frozenset(containers),
        frozenset(subjects),
        unconsented,
        frozenset(facts),
        frozenset(unsourced),
        frozenset(held),
        frozenset(sources),
        called,
        Secrets(called),
    )


def _unconsented(db: Database, date: str) -> Iterator[str]:
    """Subjects with consent on record, none of which reaches: for another purpose, ended, refused, or unreadable."""
    codes = [code for code, field in fields.everything().items() if field.type is Type.CONSENT]
    told: dict[str, list[tuple[str, str]]] = {}
    for identity, value in db.conn.execute(
        "SELECT s.uuid, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject"
        " WHERE f.state = 'current' AND f.field IN (SELECT value FROM json_each(?))",
        (json.dumps(codes),),
    ):
        match = CONSENT.fullmatch(value)
        until = span(match["until"])[1] if match and match["until"] else ""
        told.setdefault(identity, []).append((match["purpose"], until) if match else UNREAD)
    for identity, several in told.items():
        reaching = [purpose for purpose, until in several if purpose in PERMITTING and (not until or until >= date)]
        if not reaching or any(purpose == "none" for purpose, _ in several):
            yield identity


def _subjects(db: Database, choice: Choice, unconsented: frozenset[str]) -> set[str]:
    """Subjects above the level or without consent, what belongs to them, and who was merged into them."""
    first = {
        identity
        for identity, level in db.conn.execute("SELECT uuid, confidentiality FROM subject")
        if level in choice.above or identity in unconsented or identity in choice.left_out
    }
    rows = db.conn.execute(
        "WITH RECURSIVE hidden (row, uuid) AS ("
        "SELECT s.row, s.uuid FROM json_each(?) AS wanted JOIN subject AS s ON s.uuid = wanted.value"
        " UNION SELECT s.row, s.uuid FROM hidden JOIN subject AS s ON hidden.row IN (s.parent, s.merged))"
        " SELECT uuid FROM hidden",
        (json.dumps(sorted(first)),),
    )
    return {identity for (identity,) in rows}


def _documents(db: Database, choice: Choice, names: Secrets) -> tuple[set[str], set[str]]:
    """Documents that stay behind, and those of them that do so only because they embed another.

    Those above the level or chosen, those called by a name that is protected, quotations that tell of one of them, and
    whatever lies in any of these; then whatever holds one of all these, at any depth.
    """
    out = {
        identity
        for identity, level, *words in db.conn.execute(
            "SELECT uuid, confidentiality, title, authors, publisher, source_url FROM document"
        )
        if level in choice.above or identity in choice.left_out or names.named_in(*words)
    }
    out = _reached(db, out, "parent", "child")
    out |= _quoting(db, out)
    return (whole := _reached(db, out, "child", "parent")), whole - out


def _reached(db: Database, start: set[str], here: str, there: str) -> set[str]:
    rows = db.conn.execute(
        "WITH RECURSIVE reached (row, uuid) AS ("
        "SELECT d.row, d.uuid FROM json_each(?) AS wanted JOIN document AS d ON d.uuid = wanted.value"
        f" UNION SELECT d.row, d.uuid FROM reached JOIN document_parent AS p ON p.{here} = reached.row"
        f" JOIN document AS d ON d.row = p.{there}) SELECT uuid FROM reached",
        (json.dumps(sorted(start)),),
    )
    return {identity for (identity,) in rows}


def _quoting(db: Database, out: set[str]) -> set[str]:
    """Quotations that name one of these documents by its id or its hash."""
    quotations = db.conn.execute("SELECT row, uuid FROM document WHERE type = ?", (QUOTATION,)).fetchall()
    if not quotations or not out:
        return set()
    told = {sha256 for identity, sha256 in db.conn.execute("SELECT uuid, sha256 FROM document") if identity in out}
    words = out | told
    return {identity for row, identity in quotations if words & set(texts.read(db, row, 1).split())}


def _sources(db: Database, documents: set[str]) -> Iterator[str]:
    """Sources in documents that stay behind, or that were taken back."""
    for identity, document, state in db.conn.execute(
        "SELECT o.uuid, d.uuid, o.state FROM source AS o JOIN document AS d ON d.row = o.document"
    ):
        if document in documents or state == "undone":
            yield identity


def _facts(
    db: Database, choice: Choice, subjects: set[str], sources: set[str], names: Secrets
) -> tuple[set[str], set[str]]:
    """Facts that stay behind whatever their sources, and those that would only because no source of theirs goes."""
    sourced: set[int] = set()
    for row, identity, state in db.conn.execute("SELECT fact, uuid, state FROM source"):
        if identity not in sources and state in ("current", "superseded"):
            sourced.add(row)
    out: set[str] = set()
    unsourced: set[str] = set()
    worded = {code for code, field in fields.everything().items() if field.type in (Type.TEXT, Type.NAME)}
    for row, identity, subject, field, value, state, level in db.conn.execute(
        "SELECT f.row, f.uuid, s.uuid, f.field, f.value, f.state, f.confidentiality FROM fact AS f"
        " JOIN subject AS s ON s.row = f.subject"
    ):
        named = field in worded and names.named_in(value)
        if level in choice.above or subject in subjects or value in subjects or state == "undone" or named:
            out.add(identity)
        elif row not in sourced:
            unsourced.add(identity)
    return out, unsourced


def _emptied(db: Database, facts: set[str], subjects: set[str], documents: set[str], sources: set[str]) -> set[str]:
    """Subjects of which nothing goes and that nothing which goes names: events first, then what they belong to."""
    used: set[str] = set()
    for identity, subject, value in db.conn.execute(
        "SELECT f.uuid, s.uuid, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject"
    ):
        if identity not in facts:
            used |= {subject, value}
    for document, other in db.conn.execute(
        "SELECT d.uuid, l.other FROM document_link AS l JOIN document AS d ON d.row = l.document"
    ):
        if document not in documents:
            used.add(other)
    for source, chain in db.conn.execute("SELECT uuid, chain FROM source WHERE chain != '[]'"):
        if source not in sources:
            used |= {identity for identity, _ in json.loads(chain)}
    above = db.conn.execute(
        "SELECT s.uuid, coalesce(p.uuid, ''), coalesce(m.uuid, '') FROM subject AS s"
        " LEFT JOIN subject AS p ON p.row = s.parent LEFT JOIN subject AS m ON m.row = s.merged"
        " ORDER BY s.parent IS NULL, s.merged IS NOT NULL"
    ).fetchall()
    for identity, parent, _ in above:
        if identity in used and identity not in subjects:
            used.add(parent)
    return {
        identity
        for identity, _, merged in above
        if identity not in used and (not merged or merged not in used) and identity not in subjects
    }
