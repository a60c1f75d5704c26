"""What goes with a record that is withdrawn: found before anything is touched, as rows of the archive's tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive import documents
from archive.cases import fields, shipped, subjects
from archive.cases.fields import Type
from archive.connect import Database
from archive.errors import AmbiguousId, NoSuchRecord, Withdrawn
from archive.withdrawal import containers, tombstones
from archive.withdrawal.containers import Cut


@dataclass(frozen=True, slots=True)
class Target:
    """The record that is to be withdrawn; `sort` is document, subject or fact."""

    sort: str
    id: str
    row: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that goes, by row. `containers` stay without their originals, and with `cuts` in their texts by
    container; `emptied` are those of the subjects that go because nothing is left recorded about them; `unsourced`
    those of the facts that rest on nothing but what goes; `terms` pairs of vocabulary and code."""

    target: Target
    members: bool
    documents: tuple[int, ...]
    subjects: tuple[int, ...]
    emptied: tuple[int, ...]
    facts: tuple[int, ...]
    unsourced: tuple[int, ...]
    sources: tuple[int, ...]
    containers: tuple[int, ...]
    cuts: dict[int, tuple[Cut, ...]]
    terms: tuple[tuple[str, str], ...]


def target(db: Database, words: str) -> Target:
    """The one record that an id or the beginning of one means: a document's UUID or SHA-256, a case's code, the UUID of
    a subject or fact. A person merged into another is that other.

    Raises Withdrawn where it went before, NoSuchRecord and AmbiguousId.
    """
    wanted = words.strip().lower()
    found: dict[str, Target] = {}
    many = 0
    for sort, resolve in (("document", documents.resolve), ("subject", subjects.resolve), ("fact", _fact)):
        try:
            identity = resolve(db, words)
        except NoSuchRecord:
            continue
        except AmbiguousId as error:
            many += int(error.facts["count"])
            continue
        if sort == "subject":
            identity = subjects.followed(db, identity)
        (row,) = db.conn.execute(f"SELECT row FROM {sort} WHERE uuid = ?", (identity,)).fetchone()
        found[identity] = Target(sort, identity, row)
    if wanted and set(wanted) <= set("0123456789abcdef-"):
        gone = tombstones.beginning(db, wanted)
        exact = [one for one in gone if one.record == wanted]
        if (len(found) + many == 0 and len(gone) == 1) or exact:
            one = (exact or gone)[0]
            raise Withdrawn(id=one.record, at=one.at, reason=str(one.reason))
        many += len(gone)
        if not found and len(wanted) == 64:
            tombstones.refuse(db, wanted)
    if len(found) + many > 1:
        raise AmbiguousId(id=words, count=len(found) + many)
    if not found:
        raise NoSuchRecord(id=words)
    return next(iter(found.values()))


def of(db: Database, goes: Target, *, members: bool = True) -> Reach:
    """What goes with a record; with `members` also what was found in a document and nowhere else."""
    gone: set[int] = {goes.row} if goes.sort == "document" else set()
    if members:
        gone |= _members(db, gone)
    holding = containers.above(db, gone)
    cut = {row: tuple(containers.cuts(db, row, sorted(gone))) for row in holding}
    about: set[int] = _hanging(db, {goes.row}) if goes.sort == "subject" else set()
    chosen = {goes.row} if goes.sort == "fact" else set()
    cited = _sources_on(db, gone) | _sources_over(db, cut)
    emptied: set[int] = set()
    told = chosen | _about(db, about)
    while True:
        unsourced = _unsourced(db, cited, told)
        facts = told | unsourced | _about(db, emptied)
        sources = cited | _sources_of(db, facts)
        empty = _emptied(db, facts, about)
        if not empty:
            break
        emptied |= _hanging(db, empty)
        about |= emptied
    return Reach(
        goes,
        members,
        tuple(sorted(gone)),
        tuple(sorted(about)),
        tuple(sorted(emptied)),
        tuple(sorted(facts)),
        tuple(sorted(unsourced)),
        tuple(sorted(sources)),
        tuple(sorted(holding)),
        cut,
        tuple(_terms(db, facts)),
    )


def _fact(db: Database, words: str) -> str:
    wanted = words.strip().lower()
    if not wanted or not set(wanted) <= set("0123456789abcdef-"):
        raise NoSuchRecord(id=words)
    found = db.conn.execute("SELECT uuid FROM fact WHERE uuid BETWEEN ?1 AND ?1 || 'g' LIMIT 3", (wanted,)).fetchall()
    if not found:
        raise NoSuchRecord(id=words)
    if len(found) > 1:
        raise AmbiguousId(id=words, count=len(found))
    return str(found[0][0])


def _rows(db: Database, statement: str, among: Iterable[object]) -> set[int]:
    """The numbers that a statement gives for `?1`, a JSON array."""
    return {row[0] for row in db.conn.execute(statement, (json.dumps(list(among)),))}


def _members(db: Database, rows: set[int]) -> set[int]:
    """What lies in these documents and, at any depth, in nothing that stays."""
    gone = set(rows)
    while True:
        found = _rows(
            db,
            "SELECT DISTINCT c.child FROM document_parent AS c WHERE c.parent IN (SELECT value FROM json_each(?1))"
            " AND NOT EXISTS (SELECT 1 FROM document_parent AS p WHERE p.child = c.child"
            " AND p.parent NOT IN (SELECT value FROM json_each(?1)))",
            gone,
        )
        if found <= gone:
            return gone
        gone |= found


def _hanging(db: Database, rows: set[int]) -> set[int]:
    """Subjects with those that belong to them: events, and persons who were merged into them."""
    found = set(rows)
    while True:
        more = _rows(
            db,
            "SELECT row FROM subject WHERE parent IN (SELECT value FROM json_each(?1))"
            " OR merged IN (SELECT value FROM json_each(?1))",
            found,
        )
        if more <= found:
            return found
        found |= more


def _about(db: Database, rows: set[int]) -> set[int]:
    """The facts about these subjects, and those that name one of them."""
    return _rows(db, "SELECT row FROM fact WHERE subject IN (SELECT value FROM json_each(?1))", rows) | _rows(
        db,
        "SELECT f.row FROM json_each(?1) AS wanted CROSS JOIN subject AS s ON s.row = wanted.value"
        " CROSS JOIN fact AS f ON f.value = s.uuid",
        rows,
    )


def _sources_on(db: Database, rows: set[int]) -> set[int]:
    return _rows(db, "SELECT row FROM source WHERE document IN (SELECT value FROM json_each(?1))", rows)


def _sources_of(db: Database, rows: set[int]) -> set[int]:
    return _rows(db, "SELECT row FROM source WHERE fact IN (SELECT value FROM json_each(?1))", rows)


def _sources_over(db: Database, cut: dict[int, tuple[Cut, ...]]) -> set[int]:
    """The sources in containers whose passages hold something that is cut."""
    return {
        row
        for container, stretches in cut.items()
        for one in stretches
        for (row,) in db.conn.execute(
            "SELECT row FROM source WHERE document = ? AND version = ? AND start < ? AND end > ?",
            (container, one.version, one.end, one.start),
        )
    }


def _unsourced(db: Database, cited: set[int], told: set[int]) -> set[int]:
    """The facts that rest on these sources and on no other that stands, without those `told` to go anyway."""
    return {
        row
        for (row,) in db.conn.execute(
            "SELECT DISTINCT o.fact FROM source AS o WHERE o.row IN (SELECT value FROM json_each(?1))"
            " AND NOT EXISTS (SELECT 1 FROM source AS s WHERE s.fact = o.fact AND s.state = 'current'"
            " AND s.row NOT IN (SELECT value FROM json_each(?1)))",
            (json.dumps(list(cited)),),
        )
    } - told


def _emptied(db: Database, facts: set[int], gone: set[int]) -> set[int]:
    """The subjects of these facts about which nothing else is recorded, which nothing else names, and to which
    nothing belongs that stays; without those in `gone`."""
    return {
        row
        for (row,) in db.conn.execute(
            "SELECT DISTINCT s.row FROM fact AS g JOIN subject AS s ON s.row = g.subject OR s.uuid = g.value"
            " WHERE g.row IN (SELECT value FROM json_each(?1))"
            " AND NOT EXISTS (SELECT 1 FROM fact AS f WHERE (f.subject = s.row OR f.value = s.uuid)"
            "  AND f.row NOT IN (SELECT value FROM json_each(?1)))"
            " AND NOT EXISTS (SELECT 1 FROM subject AS e WHERE s.row IN (e.parent, e.merged)"
            "  AND e.row NOT IN (SELECT value FROM json_each(?2)))"
            " AND NOT EXISTS (SELECT 1 FROM document_link AS l WHERE l.other = s.uuid)",
            (json.dumps(list(facts)), json.dumps(list(gone))),
        )
    } - gone


def _terms(db: Database, facts: set[int]) -> list[tuple[str, str]]:
    """The terms that a desk added, used by these facts and by nothing else."""
    own: dict[tuple[str, str], None] = {}
    ours = {(term.vocabulary, term.code) for term in shipped.terms()}
    told = db.conn.execute(
        "SELECT field, value FROM fact WHERE row IN (SELECT value FROM json_each(?1))", (json.dumps(list(facts)),)
    ).fetchall()
    known = fields.everything()
    for code, value in told:
        field = known.get(code)
        if field and field.type is Type.TERM and (field.vocabulary, value) not in ours:
            own[field.vocabulary, value] = None
    return [term for term in own if not _used(db, term, facts)]


def _used(db: Database, term: tuple[str, str], facts: set[int]) -> bool:
    sharing = [one.code for one in fields.everything().values() if one.vocabulary == term[0]]
    return (
        db.conn.execute(
            "SELECT 1 FROM fact WHERE value = ?1 AND field IN (SELECT value FROM json_each(?2))"
            " AND row NOT IN (SELECT value FROM json_each(?3))"
            " UNION ALL SELECT 1 FROM term WHERE vocabulary = ?4 AND ?1 IN (broader, replaced_by)",
            (term[1], json.dumps(sharing), json.dumps(list(facts)), term[0]),
        ).fetchone()
        is not None
    )
