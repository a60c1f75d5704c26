"""What a person should look at again: consent that ends, passages a newer text moved, records that may be one."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archive import documents, texts
from archive.cases import facts, fields, passages, people, sources, subjects, weighing
from archive.cases.fields import Type
from archive.cases.records import Assessment, Fact, Source, Stance, Subject
from archive.cases.values import CONSENT
from archive.connect import Database
from archive.dates import span
from archive.records import Verdict

AHEAD = 60
"""Days before its end in which consent is listed."""


class Matter(StrEnum):
    """Why something is to be looked at."""

    EXPIRED = "consent expired"
    EXPIRING = "consent expiring"
    LOST = "passage lost"
    MOVED = "passage moved"
    SAME = "same person"
    CONTRADICTED = "contradicted"
    NO_TEXT = "no text"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `record` is the UUID of the subject or document it leads to, `label` what that is called,
    `whose` what an event belongs to; `fact` the UUID of the fact in question, `field` its field, `value` its canonical
    value. `other` is the second person of two, `agree` the fields in which they do; `until` an ISO day; `reason` a
    code."""

    matter: Matter
    record: str
    label: str
    fact: str = ""
    field: str = ""
    value: str = ""
    other: str = ""
    other_label: str = ""
    agree: tuple[str, ...] = ()
    until: str = ""
    reason: str = ""
    whose: str = ""


def items(db: Database, today: datetime.date) -> tuple[Item, ...]:
    """Everything to look at, the kinds in the order of Matter. `today` decides which consent has ended."""
    found = (*consents(db, today), *moved(db), *same(db), *unjudged(db), *without_text(db))
    order = list(Matter)
    return tuple(sorted(found, key=lambda item: order.index(item.matter)))


def consents(db: Database, today: datetime.date, ahead: int = AHEAD) -> Iterator[Item]:
    """Consent that has ended, or ends within so many days: what ends first comes first."""
    codes = [code for code, field in fields.everything().items() if field.type is Type.CONSENT]
    rows = db.conn.execute(
        "SELECT f.uuid, f.field, f.value, s.uuid, s.label FROM fact AS f JOIN subject AS s ON s.row = f.subject"
        " WHERE f.state = 'current' AND f.value LIKE '% until %' AND f.field IN (SELECT value FROM json_each(?))"
        " ORDER BY f.row",
        (json.dumps(codes),),
    ).fetchall()
    last = (today + datetime.timedelta(ahead)).isoformat()
    ending = []
    for fact, field, value, subject, label in rows:
        match = CONSENT.fullmatch(value)
        until = span(match["until"])[1] if match else ""
        if until and until <= last:
            matter = Matter.EXPIRED if until < today.isoformat() else Matter.EXPIRING
            ending.append(Item(matter, subject, label, fact=fact, field=field, value=value, until=until))
    yield from sorted(ending, key=lambda item: item.until)


def moved(db: Database) -> Iterator[Item]:
    """Sources whose document has a newer text: lost where their words are not in it, moved where they stand elsewhere.

    A passage that stands where it stood is not listed.
    """
    rows = db.conn.execute(
        "SELECT DISTINCT f.row, f.uuid, d.uuid FROM document AS d JOIN source AS o ON o.document = d.row"
        " AND o.version < d.text_version AND o.state = 'current'"
        " JOIN fact AS f ON f.row = o.fact AND f.state = 'current' ORDER BY d.row, f.row"
    ).fetchall()
    cited = sources.of_facts(db, [row[0] for row in rows])
    about, text = "", ""
    for _, fact, document in rows:
        if document != about:
            held = documents.get(db, document)
            about, text = document, texts.read(db, held.row, held.text_version)
            version = held.text_version
        for source in cited.get(fact, ()):
            if source.document == document and source.version < version:
                anchor = passages.found(text, version, source)
                if anchor.lost or (anchor.start, anchor.end) != (source.start, source.end):
                    yield _passage(db, Matter.LOST if anchor.lost else Matter.MOVED, source)


def same(db: Database) -> Iterator[Item]:
    """Persons who may be one."""
    for one in people.proposals(db):
        first, second = one.one, one.other
        yield Item(Matter.SAME, first.id, first.label, other=second.id, other_label=second.label, agree=one.agree)


def unjudged(db: Database) -> Iterator[Item]:
    """Facts that are contradicted and not assessed yet."""
    about = subjects.from_rows(
        db.conn.execute(
            f"SELECT {subjects.COLUMNS} WHERE s.merged IS NULL AND s.row IN ({_CANDIDATES}) ORDER BY s.label",
            (json.dumps([str(stance) for stance in Stance if not stance.asserts]), json.dumps(_one_way())),
        ).fetchall()
    )
    gathered = facts.of_subjects(db, about)
    held = {fact.id: fact for some in gathered.values() for fact in some}
    known = {subject.id: subject for subject in about}
    seen: dict[str, None] = {}
    for one in weighing.contradictions(db, gathered):
        seen.update(dict.fromkeys(one.facts))
    for identity in seen:
        fact = held.get(identity) or facts.get(db, identity)
        if fact.assessment is Assessment.NONE:
            yield _about(db, Matter.CONTRADICTED, fact, known.get(fact.subject) or subjects.get(db, fact.subject))


def without_text(db: Database) -> Iterator[Item]:
    """Documents without any text, of which nothing could be cited."""
    for identity, title, verdict, reason in documents.without_text(db):
        if verdict is Verdict.NONE:
            yield Item(Matter.NO_TEXT, identity, title, reason=reason)


def _passage(db: Database, matter: Matter, source: Source) -> Item:
    fact = facts.get(db, source.fact)
    return _about(db, matter, fact, subjects.get(db, fact.subject))


def _about(db: Database, matter: Matter, fact: Fact, subject: Subject) -> Item:
    whose = subjects.get(db, subject.parent).label if subject.parent else ""
    return Item(matter, fact.subject, subject.label, fact=fact.id, field=fact.field, value=fact.value, whose=whose)


def _one_way() -> list[str]:
    return [code for code, field in fields.everything().items() if field.one_way]


# the subjects that can have a contradiction at all: two values in one field, sources for and against, or both ways
_CANDIDATES = """
    SELECT subject FROM fact WHERE state = 'current' GROUP BY subject, field HAVING count(*) > 1
    UNION SELECT f.subject FROM source AS o JOIN fact AS f ON f.row = o.fact AND f.state = 'current'
    WHERE o.state = 'current' AND o.stance IN (SELECT value FROM json_each(?1))
    UNION SELECT f.subject FROM fact AS f WHERE f.state = 'current' AND f.field IN (SELECT value FROM json_each(?2))
"""
