"""Keeps facts and sources of another desk as they are: under their own ids, with whoever recorded them and when.

What a record of ours already says is the same; what differs from ours stands beside it under an id of its own, which is
derived from both, so that the same file brings it once. Nothing of ours is altered.
"""

from __future__ import annotations

import dataclasses
import json
import secrets
import uuid
from collections.abc import Callable, Mapping
from enum import StrEnum

from archive import custody, texts
from archive.cases import facts, fields, passages, sources, subjects, values, vocabularies
from archive.cases.exchange.json_read import Record
from archive.cases.fields import Type
from archive.cases.records import Source, Stance, State, Step
from archive.cases.sources import digest
from archive.connect import Database, insert
from archive.dates import span
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Document

FACT = "row, (SELECT uuid FROM subject WHERE row = fact.subject), field, value, as_of, state, assessment"


class What(StrEnum):
    """What becomes of a record of the file."""

    NEW = "new"
    SAME = "same"
    DIFFERING = "differing"
    REFUSED = "refused"
    LEFT = "left"
    """Of a document that is not here: its quotations carry what matters of it."""


Tell = Callable[[What, str, str, str], None]
"""Takes what became of a record, its sort, its id and the reason."""
Hold = Callable[[Record, Record], tuple[Document, int, int, int]]
"""Gives for a source and its fact the document, version, start and end in which the passage stands."""


class Arrivals:
    """Takes facts one by one, within the caller's transaction. `meant` says which subject or document an id of the
    file stands for here."""

    def __init__(self, db: Database, meant: Mapping[str, str], hold: Hold, tell: Tell, who: str) -> None:
        self._db, self._meant, self._hold, self._tell, self._who = db, meant, hold, tell, who
        self.touched: dict[int, None] = {}
        self.made: set[str] = set()

    def take(self, told: Record) -> None:
        """Take one fact with its sources."""
        current = told["state"] == State.CURRENT
        about = self._meant.get(told["subject"], told["subject"]) if current else told["subject"]
        value = told["value"]
        try:
            if fields.field(told["field"]).type is Type.SUBJECT and current:
                value = self._meant.get(value, value)
            self._check(about, told["field"], value, told["as_of"])
            standing = [source for source in told["sources"] if source["state"] == State.CURRENT]
            if not told["sources"] or (current and not standing):
                raise InvalidValue(field="sources", value="", why="a fact without a source")
        except InvalidValue as error:
            return self._tell(What.REFUSED, "fact", told["id"], str(error.facts["why"]))
        row, identity, fresh = self._fact(told, about, value)
        for source in told["sources"]:
            self._source(row, identity, told, source)
        if fresh:
            subject = subjects.get(self._db, about)
            self.touched[subject.row] = None
        return None

    def _check(self, subject: str, code: str, value: str, as_of: str) -> None:
        """Raise InvalidValue for what may not be recorded so."""
        try:
            kind = subjects.get(self._db, subject).kind
        except NoSuchRecord as error:
            raise InvalidValue(field="subject", value=subject, why="about a record that is not there") from error
        field = fields.field(code)
        if kind not in field.on:
            raise InvalidValue(field=code, value=value, why=f"a {kind} has no such field")
        span(as_of)
        if field.type is Type.TERM:
            # a term that is out of use here stays readable, and is no reason to refuse what was recorded with it
            try:
                vocabularies.get(self._db, field.vocabulary, value)
            except NoSuchRecord as error:
                raise InvalidValue(field=code, value=value, why="no such term") from error
        elif values.canonical(self._db, field, value) != value:
            raise InvalidValue(field=code, value=value, why="not in the form in which it is kept")

    def _fact(self, told: Record, subject: str, value: str) -> tuple[int, str, bool]:
        """The row and id of the fact that stands for one of the file, and whether it was added."""
        content = (subject, told["field"], value, told["as_of"])
        for identity in (told["id"], derived(told["id"], *content)):
            kept = self._db.conn.execute(f"SELECT {FACT} FROM fact WHERE uuid = ?", (identity,)).fetchone()
            if kept is None:
                break
            if kept[1:5] == content:
                alike = kept[5:] == (told["state"], told["assessment"])
                why = "" if alike else f"{kept[5]}, {kept[6]} here; {told['state']}, {told['assessment']} there"
                self._tell(What.SAME if alike else What.DIFFERING, "fact", told["id"], why)
                return kept[0], identity, False
        about = subjects.get(self._db, subject)
        equal = facts.equal(self._db, about.row, *content[1:]) if told["state"] == State.CURRENT else None
        if equal:
            self._tell(What.SAME, "fact", told["id"], "an equal fact stands here")
            return equal[0], equal[1], False
        beside = identity != told["id"]
        self._tell(What.DIFFERING if beside else What.NEW, "fact", told["id"], "stands beside ours" if beside else "")
        salt = secrets.token_bytes(16)
        columns = ("as_of", "state", "state_reason", "replaced_by", "assessment", "assessment_reason")
        row = insert(
            self._db,
            "fact",
            {
                "uuid": identity,
                "subject": about.row,
                "field": told["field"],
                "value": value,
                **{name: told[name] for name in (*columns, "confidentiality", "created", "who")},
                "salt": salt,
            },
        )
        self.made.add(identity)
        words = {"subject": subject, "hash": digest(salt, *content)}
        custody.record(self._db, "fact recorded", identity, {**words}, self._who)
        return row, identity, True

    def _source(self, fact: int, fact_id: str, about: Record, told: Record) -> None:
        chain = tuple(Step(self._meant.get(one["id"], one["id"]), one["words"]) for one in told["chain"])
        written = json.dumps([[step.id, step.words] for step in chain], ensure_ascii=False, separators=(",", ":"))
        said = (fact, told["quote"], written, told["stance"], told["date_words"], told["hedge"])
        columns = "fact, quote, chain, stance, date_words, hedge"
        for identity in (told["id"], derived(told["id"], fact_id, *map(str, said[1:]))):
            kept = self._db.conn.execute(f"SELECT {columns} FROM source WHERE uuid = ?", (identity,)).fetchone()
            if kept is None:
                break
            if kept == said:
                return self._tell(What.SAME, "source", told["id"], "")
        document, version, start, end = self._hold(told, about)
        quoted = passages.quoted(self._db, document.id, version, start, end)
        # the plus keeps SQLite from going through every source of the document instead of the few of the fact
        equal = self._db.conn.execute(
            "SELECT 1 FROM source WHERE (fact, quote, chain, stance, date_words, hedge) = (?, ?, ?, ?, ?, ?)"
            " AND +document = ? AND version = ? AND start = ? AND end = ? AND state = ?",
            (*said, document.row, version, start, end, told["state"]),
        ).fetchone()
        if equal:
            return self._tell(What.SAME, "source", told["id"], "an equal source is here")
        beside = identity != told["id"]
        self._tell(What.DIFFERING if beside else What.NEW, "source", told["id"], "stands beside ours" if beside else "")
        said_of_it = {name: written if name == "chain" else told[name] for name in sources.SAID}
        sources.insert(
            self._db,
            {"uuid": identity, "fact": fact, **{name: told[name] for name in ("state", "created", "who")}},
            fact_id,
            document,
            (version, start, end),
            quoted,
            said_of_it,
            by=self._who,
        )
        self.made.add(identity)
        return None


def derived(identity: str, *content: str) -> str:
    """The id under which a record stands that came with an id that another record has here."""
    return str(uuid.uuid5(uuid.UUID(identity), json.dumps(content, ensure_ascii=False)))


def place(db: Database, document: Document, told: Record) -> tuple[int, int, int] | None:
    """The version, start and end at which a passage stands in a document held here, None where it stands nowhere:
    where the other desk has it, else the best place in the newest text that holds it."""
    source = Source(
        id="", fact="", document=document.id, version=told["version"], start=told["start"], end=told["end"], page=0,
        quote=told["quote"], before=told["before"], after=told["after"], language="", chain=(), stance=Stance.STATES,
        date_words="", hedge="", note="", created="", who="",
    )  # fmt: skip
    if not source.quote:
        return None
    if passages.matches(db, source):
        return source.version, source.start, source.end
    anchor = passages.anchored(db, dataclasses.replace(source, version=0))
    if not anchor.lost:
        return anchor.version, anchor.start, anchor.end
    for version in range(document.text_version - 1, 0, -1):
        start = texts.read(db, document.row, version).find(source.quote)
        if start >= 0:
            return version, start, start + len(source.quote)
    return None
