"""What changed between two releases, in facts a person can read: added, corrected, withdrawn, no longer there, and why.

It never holds what names a record that is gone, nor the old value of a correction made for safety. Kept beside the
release that it leads to, it is encrypted under the line's key.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from archive import corrections, meta
from archive.cases import fields
from archive.cases.fields import Type
from archive.connect import Database, translated
from archive.errors import Damaged
from archive.keys import ArchiveKey
from archive.notebook.purging import Named
from archive.release import content
from archive.release.content import Record
from archive.release.delta import differences
from archive.release.preview import NAMES
from archive.release.sections import NOTES
from archive.release.statement import Statement
from archive.release.stream import Opener, Sealer

OPENING = b"tamarisk changes 1\n"
SHOWN = (
    "title",
    "authors",
    "publisher",
    "published",
    "published_words",
    "language",
    "countries",
    "source_url",
    "type",
    "confidentiality",
)
"""Fields of a document whose corrections are told."""


class What(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CORRECTED = "corrected"
    SET_ASIDE = "set-aside"
    """A fact stands no longer, and no other took its place."""
    SOURCE = "source"
    """A fact got a further source."""
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left-out"
    """It is not in the new release, and was not withdrawn."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `kind`: document, or a subject's, or fact. `record`: its UUID; `about`: UUIDs of the records that it
    is a part of. `title` is of the document or subject, `field` and values those of a fact or of a corrected field,
    as stored; `source` the title of the document that says so. `reason`: the desk's words, or of a withdrawal one of
    the four. `hidden`: the old value is not told. Of what is gone nothing but kind, record, reason and day is told."""

    what: What
    kind: str
    record: str
    about: tuple[str, ...] = ()
    title: str = ""
    field: str = ""
    old: str = ""
    new: str = ""
    source: str = ""
    reason: str = ""
    at: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Changelog:
    """What leads from one release of a line to another: their numbers, the later one's day, what its publisher says of
    it, and the changes, documents first."""

    archive: str
    line: str
    base: int
    number: int
    date: str
    notes: str
    changes: tuple[Change, ...]

    @property
    def gone(self) -> bool:
        """Whether anything of the old release must not be kept: a record that went, or a value corrected for safety."""
        return any(one.hidden or one.what in (What.WITHDRAWN, What.LEFT_OUT) for one in self.changes)

    def of(self, record: str) -> tuple[Change, ...]:
        """What changed in one record, or in what is a part of it."""
        return tuple(one for one in self.changes if record == one.record or record in one.about)


@dataclass(frozen=True, slots=True)
class Compared:
    """A changelog, with what is known while the old release is still there, and is not to be kept: the UUIDs of the
    records that were withdrawn, and the names by which they were known."""

    log: Changelog
    withdrawn: frozenset[str]
    names: tuple[str, ...] = field(repr=False)


def compare(
    old: Database, new: Database, base: Statement, said: Statement, looked: Callable[[str], None] = lambda section: None
) -> Compared:
    """Compare two releases that are open. `looked` hears the section of each record read; what it raises ends it.

    Memory grows with what changed.
    """
    return _Comparison(old, new, looked).run(base, said)


class _Comparison:
    def __init__(self, old: Database, new: Database, looked: Callable[[str], None]) -> None:
        self._old, self._new, self._looked = old, new, looked
        self._dead: dict[str, tuple[str, str]] = {}
        self._names: dict[bool, list[str]] = {True: [], False: []}  # of what was withdrawn, of what was left out

    def run(self, base: Statement, said: Statement) -> Compared:
        for _, now in self._differences("tombstone"):
            if now is not None:
                self._dead[now["record"]] = (now["reason"], now["at"])
        changes = [*self._documents(), *self._subjects(), *self._facts()]
        known = {one.record for one in changes}
        for record, (reason, at) in self._dead.items():
            if record not in known and self._was_here(record):
                changes.append(Change(What.WITHDRAWN, "", record, reason=reason, at=at))
        named = Named([*self._names[True], *self._names[False]])
        safe = tuple(self._without(one, named) for one in changes)
        notes = meta.read(self._new, NOTES)
        told = notes if notes != meta.read(self._old, NOTES) else ""
        log = Changelog(said.archive, said.line, base.number, said.number, said.date, told, safe)
        withdrawn = frozenset(one.record for one in changes if one.what is What.WITHDRAWN)
        return Compared(log, withdrawn, tuple(dict.fromkeys(self._names[True])))

    def _differences(self, section: str) -> Iterable[tuple[Record | None, Record | None]]:
        return differences(self._old, self._new, section, lambda newer, record: self._looked(section))

    def _documents(self) -> Iterable[Change]:
        for was, now in self._differences("document"):
            if now is None:
                assert was is not None
                self._name(was["uuid"], was["title"])
                yield self._gone("document", was["uuid"])
            elif was is None:
                yield Change(What.ADDED, "document", now["uuid"], title=now["title"])
            else:
                hidden = {row[0] for row in now["document_history"] if corrections.HIDDEN in row[1:3]}
                before = {row[0] for row in was["document_history"] if corrections.HIDDEN in row[1:3]}
                for name in SHOWN:
                    if was[name] != now[name]:
                        safe = name in hidden and (
                            name not in before or was["document_history"] != now["document_history"]
                        )
                        yield Change(
                            What.CORRECTED,
                            "document",
                            now["uuid"],
                            title=now["title"],
                            field=name,
                            old="" if safe else str(was[name]),
                            new=str(now[name]),
                            hidden=safe,
                        )
                        if safe:
                            self._names[False].append(str(was[name]))

    def _subjects(self) -> Iterable[Change]:
        for was, now in self._differences("subject"):
            if now is None:
                assert was is not None
                self._name(was["uuid"], was["label"], was["code"])
                yield self._gone(was["kind"], was["uuid"])
            elif was is None:
                yield Change(What.ADDED, now["kind"], now["uuid"], title=now["label"])
            elif now["merged"] and not was["merged"]:
                about = (now["merged"],)
                other = content.get(self._new, "subject", (now["merged"],))
                yield Change(
                    What.CORRECTED,
                    now["kind"],
                    now["uuid"],
                    about,
                    title=now["label"],
                    field="merged",
                    new=other["label"] if other else "",
                )

    def _facts(self) -> Iterable[Change]:
        added: dict[str, Record] = {}
        changed: list[tuple[Record, Record]] = []
        for was, now in self._differences("fact"):
            if now is None:
                assert was is not None
                kind = fields.everything().get(was["field"])
                if was["field"] in NAMES or (kind and kind.type is Type.NAME):
                    self._name(was["uuid"], was["value"])
                yield self._gone("fact", was["uuid"], (was["subject"],))
            elif was is None:
                added[now["uuid"]] = now
            else:
                changed.append((was, now))
        replaced = set()
        for was, now in changed:
            if was["state"] == "current" != now["state"]:
                after = content.get(self._new, "fact", (now["replaced_by"],)) if now["replaced_by"] else None
                replaced.add(after["uuid"] if after else "")
                yield self._of_fact(
                    What.CORRECTED if after else What.SET_ASIDE,
                    after or now,
                    about=(now["uuid"],),
                    old=now["value"],
                    new=after["value"] if after else "",
                    reason=now["state_reason"],
                )
            elif was["assessment"] != now["assessment"]:
                yield self._of_fact(
                    What.CORRECTED,
                    now,
                    field="assessment",
                    old=was["assessment"],
                    new=now["assessment"],
                    reason=now["assessment_reason"],
                )
        for identity, now in added.items():
            if identity not in replaced and now["state"] == "current":
                yield self._of_fact(What.ADDED, now, new=now["value"])
        for was, now in self._differences("source"):
            if was is None and now is not None and now["fact"] not in added and now["state"] == "current":
                fact = content.get(self._new, "fact", (now["fact"],))
                if fact is not None and fact["state"] == "current":
                    about = (now["document"],)
                    yield self._of_fact(
                        What.SOURCE, fact, about, new=fact["value"], source=self._title(now["document"])
                    )

    def _of_fact(
        self,
        what: What,
        fact: Record,
        about: tuple[str, ...] = (),
        *,
        field: str = "",
        old: str = "",
        new: str = "",
        source: str | None = None,
        reason: str = "",
    ) -> Change:
        rows = self._new.conn.execute(
            "SELECT d.uuid, d.title FROM source AS o JOIN document AS d ON d.row = o.document"
            " JOIN fact AS f ON f.row = o.fact WHERE f.uuid = ? AND o.state = 'current' ORDER BY o.row",
            (fact["uuid"],),
        ).fetchall()
        title, subjects = "", [fact["subject"]]
        while subjects[-1]:  # an event's case, and whose that is
            found = content.get(self._new, "subject", (subjects[-1],))
            title = title or (found["label"] if found else "")
            subjects.append(found["parent"] if found else None)
        said = rows[0][1] if rows and source is None else source or ""
        return Change(
            what,
            "fact",
            fact["uuid"],
            tuple(dict.fromkeys([*about, *(one for one in subjects if one), *(row[0] for row in rows)])),
            title=title,
            field=field or fact["field"],
            old=old,
            new=new,
            source=said,
            reason=reason,
        )

    def _gone(self, kind: str, record: str, about: tuple[str, ...] = ()) -> Change:
        reason, at = self._dead.get(record, ("", ""))
        what = What.WITHDRAWN if record in self._dead else What.LEFT_OUT
        return Change(what, kind, record, about, reason=reason, at=at)

    def _name(self, record: str, *names: str) -> None:
        self._names[record in self._dead] += [name for name in names if name]

    def _title(self, document: str) -> str:
        found = self._new.conn.execute("SELECT title FROM document WHERE uuid = ?", (document,)).fetchone()
        return str(found[0]) if found else ""

    def _was_here(self, record: str) -> bool:
        tables = ("document", "subject", "fact", "source")
        return any(content.get(self._old, table, (record,)) is not None for table in tables)

    def _without(self, one: Change, named: Named) -> Change:
        """A change whose old value or reason names what is gone is told without it."""
        if named.within(one.old):
            one = _replaced(one, old="", hidden=True)
        return _replaced(one, reason="") if one.what is not What.WITHDRAWN and named.within(one.reason) else one


def _replaced(one: Change, **values: object) -> Change:
    return Change(**{**{name: getattr(one, name) for name in Change.__slots__}, **values})


def save(path: Path, key: ArchiveKey, log: Changelog) -> None:
    """Keep a changelog in a new file. Raises environment faults."""
    before = OPENING + secrets.token_hex(32).encode() + b"\n"
    with translated(path), path.open("wb") as file:
        file.write(before)
        sealer = Sealer(file, key, before)
        sealer.write(json.dumps(asdict(log), ensure_ascii=False).encode() + b"\n")
        sealer.close()


def load(path: Path, key: ArchiveKey) -> Changelog | None:
    """A changelog that was kept; None where there is none. Raises Damaged, environment faults."""
    with translated(path):
        if not path.is_file():
            return None
        with path.open("rb") as file:
            before = file.readline(1 << 10) + file.readline(1 << 10)
            line = Opener(file, key, before, str(path)).line() if before.startswith(OPENING) else None
    try:
        said = json.loads(line or b"")
        changes = tuple(
            Change(**{**one, "what": What(one["what"]), "about": tuple(one["about"])}) for one in said["changes"]
        )
        return Changelog(**{**said, "changes": changes})
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(path=str(path), why="no changelog") from error


def kinds(log: Changelog, what: What) -> dict[str, int]:
    """How many changes of a sort there are, by kind."""
    found: dict[str, int] = {}
    for one in log.changes:
        if one.what is what:
            found[one.kind] = found.get(one.kind, 0) + 1
    return found


def records(changes: Iterable[Change]) -> AbstractSet[str]:
    """The records that changes are of."""
    return {one.record for one in changes}
