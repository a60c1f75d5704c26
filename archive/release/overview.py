"""What a release would hold and tell, for an editor to read before it is signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from archive import texts
from archive.cases import fields
from archive.cases.at_risk import KIN
from archive.cases.exchange.selection import MASKED, plain
from archive.cases.fields import Type
from archive.cases.links import RENDERS
from archive.connect import Database
from archive.container import Archive
from archive.errors import Cancelled, Damaged, OriginalAbsent
from archive.release import traces
from archive.release.choice import Choice
from archive.release.selecting import Left, left_behind
from archive.release.traces import Trace
from archive.verify import Step


@dataclass(frozen=True, slots=True)
class Named:
    """A person named in the release. `at_risk`: a relative of somebody or a minor; `consents`: consent is recorded."""

    id: str
    label: str
    at_risk: bool
    consents: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document by its UUID and title, with what its original tells, if that is what it is listed for."""

    id: str
    title: str
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A fact that stays behind only because its sources do; may be `held`."""

    fact: str
    subject: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A release before it is made. `persons`: those at risk first, then by name. `going` and `staying` count records
    by kind. `containers` stay behind only because their bytes embed what does. `mentioning` go, though their text
    names somebody who stays behind, and `rendering` though they are translations, versions or the like of what does.
    `telling` go with originals that tell more than their text. `unconsented` are the labels of those whose consent does
    not reach."""

    persons: tuple[Named, ...]
    going: tuple[tuple[str, int], ...]
    staying: tuple[tuple[str, int], ...]
    containers: tuple[Paper, ...]
    mentioning: tuple[Paper, ...]
    rendering: tuple[Paper, ...]
    telling: tuple[Paper, ...]
    unsourced: tuple[Unsourced, ...]
    unconsented: tuple[str, ...]


def overview(
    archive: Archive,
    choice: Choice,
    progress: Callable[[Step], None] = lambda step: None,
    cancelled: Callable[[], bool] = bool,
) -> Overview:
    """Look through everything that would go; takes as long as reading it. Raises Cancelled and environment faults."""
    db = archive.db

    def step(work: str, where: str, done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(Step(work, where, done, total))

    db.conn.execute("BEGIN")
    try:
        step("selecting", "", 0, 1)
        left = left_behind(db, choice)
        return Overview(
            tuple(_persons(db, left)),
            _going(db, left),
            tuple(
                (name, len(several))
                for name, several in (
                    ("documents", left.documents),
                    ("facts", left.facts),
                    ("subjects", left.subjects),
                )
            ),
            tuple(_papers(db, left.containers)),
            tuple(_mentioning(db, left, step)),
            tuple(_papers(db, frozenset(_rendering(db, left)))),
            () if choice.slim else tuple(_telling(archive, left, choice, step)),
            tuple(_unsourced(db, left)),
            tuple(_labels(db, left.unconsented)),
        )
    finally:
        db.conn.execute("ROLLBACK")


def _persons(db: Database, left: Left) -> list[Named]:
    at_risk: set[str] = set()
    consents: set[str] = set()
    consenting = {code for code, field in fields.everything().items() if field.type is Type.CONSENT}
    for identity, subject, field, value in db.conn.execute(
        "SELECT f.uuid, s.uuid, f.field, f.value FROM fact AS f JOIN subject AS s ON s.row = f.subject"
        " WHERE f.state = 'current' AND f.field IN (SELECT value FROM json_each(?))",
        (json.dumps([*sorted(KIN), "minor", *sorted(consenting)]),),
    ):
        if field in consenting:
            consents.add(subject)
        elif identity not in left.facts and field in KIN:
            at_risk |= {subject, value}
        elif identity not in left.facts and value == "yes":
            at_risk.add(subject)
    found = [
        Named(identity, label, identity in at_risk, identity in consents)
        for identity, label in db.conn.execute("SELECT uuid, label FROM subject WHERE kind = 'person'")
        if identity not in left.subjects
    ]
    return sorted(found, key=lambda one: (not one.at_risk, one.label.casefold(), one.id))


def _going(db: Database, left: Left) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for kind, table, out in (
        ("documents", "document", left.documents),
        ("facts", "fact", left.facts),
        ("subjects", "subject", left.subjects),
    ):
        found[kind] = int(db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) - len(out)
    return tuple(found.items())


def _papers(db: Database, identities: frozenset[str]) -> Iterator[Paper]:
    rows = db.conn.execute(
        "SELECT uuid, title FROM document WHERE uuid IN (SELECT value FROM json_each(?)) ORDER BY title, uuid",
        (json.dumps(sorted(identities)),),
    )
    yield from (Paper(*row) for row in rows)


def _mentioning(db: Database, left: Left, step: Callable[[str, str, int, int], None]) -> Iterator[Paper]:
    """The documents that go and name somebody who stays behind, in title or text; texts are read piece by piece."""
    names = [one for one in map(plain, left.called) if len(one) > 1 and not MASKED.search(one)]
    if not names:
        return
    import ahocorasick

    finder = ahocorasick.Automaton()
    for name in names:
        finder.add_word(name, name)
    finder.make_automaton()
    longest = max(map(len, names))
    rows = db.conn.execute("SELECT row, uuid, title, text_version FROM document ORDER BY title, uuid").fetchall()
    for done, (row, identity, title, version) in enumerate(rows):
        step("mentions", title, done, len(rows))
        if identity in left.documents:
            continue
        tail = ""
        for piece in chain((f"{title}\n",), (one.text for one in texts.rows(db, row, version))):
            text = plain(tail + piece)
            if any(_begins(text, end - len(name) + 1, end + 1) for end, name in finder.iter(text)):
                yield Paper(identity, title)
                break
            tail = text[-longest:]


def _rendering(db: Database, left: Left) -> Iterator[str]:
    """The documents that go and say, in other words or another language, what one says that stays behind."""
    for identity, other in db.conn.execute(
        "SELECT d.uuid, l.other FROM document_link AS l JOIN document AS d ON d.row = l.document"
        " WHERE l.relation IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(RENDERS)),),
    ):
        if other in left.documents and identity not in left.documents:
            yield identity


def _begins(text: str, start: int, end: int) -> bool:
    """Whether what stands there is whole: letters of Latin script next to it make it part of another word."""
    before = start > 0 and text[start].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isascii() and text[end].isascii() and text[end].isalnum()
    return not before and not after


def _telling(
    archive: Archive, left: Left, choice: Choice, step: Callable[[str, str, int, int], None]
) -> Iterator[Paper]:
    rows: Sequence[tuple[str, str, str, str]] = archive.db.conn.execute(
        "SELECT uuid, title, sha256, media_type FROM document ORDER BY title, uuid"
    ).fetchall()
    for done, (identity, title, sha256, media_type) in enumerate(rows):
        step("originals", title, done, len(rows))
        if identity in left.documents | choice.text_only:
            continue
        try:
            found = traces.of_original(media_type, archive.originals.read(sha256))
        except (OriginalAbsent, Damaged):  # of a damaged one publishing will say so
            continue
        if found:
            yield Paper(identity, title, found)


def _unsourced(db: Database, left: Left) -> Iterator[Unsourced]:
    rows = db.conn.execute(
        "SELECT f.uuid, s.label, f.field, coalesce(o.label, f.value) FROM json_each(?) AS wanted"
        " JOIN fact AS f ON f.uuid = wanted.value JOIN subject AS s ON s.row = f.subject"
        " LEFT JOIN subject AS o ON o.uuid = f.value WHERE f.state = 'current' ORDER BY s.label, f.field, f.uuid",
        (json.dumps(sorted(left.unsourced)),),
    )
    yield from (Unsourced(*row) for row in rows)


def _labels(db: Database, identities: frozenset[str]) -> Iterator[str]:
    rows = db.conn.execute(
        "SELECT label FROM subject WHERE uuid IN (SELECT value FROM json_each(?)) ORDER BY label",
        (json.dumps(sorted(identities)),),
    )
    yield from (label for (label,) in rows)
