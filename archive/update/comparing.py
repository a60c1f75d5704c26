"""Compares two releases of a line, record by record, and tells what changed as a changelog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby

from archive import corrections, meta
from archive.cases import fields, labels
from archive.cases.fields import Type
from archive.connect import Database
from archive.notebook.purging import WORD, Named
from archive.release import content
from archive.release.content import Record
from archive.release.sections import NOTES
from archive.signing.statement import Statement
from archive.update.changelog import Change, Changelog, What
from archive.update.differences import differences
from archive.withdrawal.preview import NAMES, file_names

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
NAMING = ("title", "authors", "publisher", "source_url")
"""Those that people search for by what stands in them."""
APART = re.compile('[",;:()\\[\\]/|“”„«»「」《》、，；：（）]+')
"""Signs between names."""
COMPARED = 500
"""Words of a value that was corrected for safety, from its beginning: the time to compare grows with their square."""
WITHDRAWABLE = ("document", "subject", "fact", "source")


@dataclass(frozen=True, slots=True)
class Compared:
    """A changelog, with what is known while the old release is still there, and is not to be kept: the UUIDs of the
    records that were withdrawn, the names by which they were known, and what was corrected for safety. `altered` are
    documents that stay, and whose texts were cut where they named what was withdrawn."""

    log: Changelog
    withdrawn: frozenset[str]
    names: tuple[str, ...] = field(repr=False)
    altered: frozenset[str] = frozenset()


def compare(
    old: Database, new: Database, base: Statement, said: Statement, looked: Callable[[str], None] = lambda section: None
) -> Compared:
    """Compare two releases that are open. `looked` hears the section of each record read; what it raises ends it.

    Memory grows with what changed.
    """
    return _Comparison(old, new, looked).run(base, said)


def back(old: Database, new: Database) -> int:
    """How many records the later release holds that the older one had withdrawn: of an archive that was restored from
    an old backup, which knows nothing of it."""
    withdrawn = (record for (record,) in old.conn.execute("SELECT record FROM tombstone ORDER BY record"))
    return sum(any(content.get(new, table, (record,)) for table in WITHDRAWABLE) for record in withdrawn)


class _Comparison:
    def __init__(self, old: Database, new: Database, looked: Callable[[str], None]) -> None:
        self._old, self._new, self._looked = old, new, looked
        self._dead: dict[str, tuple[str, str]] = {}
        self._names: dict[bool, list[str]] = {True: [], False: []}  # of what was withdrawn, of what was left out
        self._files: list[str] = []  # of what was withdrawn; such names are too common to hide old values by
        self._unsafe: list[str] = []  # what was corrected for safety

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
        altered = frozenset(self._cut()) if withdrawn else frozenset()
        names = dict.fromkeys([*self._names[True], *self._files, *self._unsafe])
        return Compared(log, withdrawn, tuple(names), altered)

    def _differences(self, section: str) -> Iterable[tuple[Record | None, Record | None]]:
        return differences(self._old, self._new, section, lambda newer, record: self._looked(section))

    def _documents(self) -> Iterable[Change]:
        for was, now in self._differences("document"):
            if now is None:
                assert was is not None
                self._name(was["uuid"], was["title"])
                if was["uuid"] in self._dead:
                    self._files += [one for row in was["document_name"] for one in file_names(row[0])]
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
                            self._unsafe += _taken_out(str(was[name]), str(now[name])) if name in NAMING else []

    def _cut(self) -> Iterable[str]:
        """The documents of which a text version says something else: only a withdrawal alters one."""
        for was, now in self._differences("text_version"):
            if was is not None and now is not None and was["sha256"] != now["sha256"]:
                yield now["document"]

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
                    old=self._words(self._old, was),
                    new=self._words(self._new, after) if after else "",
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
                yield self._of_fact(What.ADDED, now, new=self._words(self._new, now))
        for was, now in self._differences("source"):
            if was is None and now is not None and now["fact"] not in added and now["state"] == "current":
                fact = content.get(self._new, "fact", (now["fact"],))
                if fact is not None and fact["state"] == "current":
                    about = (now["document"],)
                    said = self._words(self._new, fact)
                    yield self._of_fact(What.SOURCE, fact, about, new=said, source=self._title(now["document"]))

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

    def _words(self, db: Database, fact: Record) -> str:
        """A value as its archive calls it: a term or subject by its label."""
        kind = fields.everything().get(fact["field"])
        if kind and kind.type is Type.TERM:
            return labels.of_term(db, kind.vocabulary, fact["value"], "en")
        found = content.get(db, "subject", (fact["value"],)) if kind and kind.type is Type.SUBJECT else None
        return str(found["label"] if found else fact["value"])

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
        return any(content.get(self._old, table, (record,)) is not None for table in WITHDRAWABLE)

    def _without(self, one: Change, named: Named) -> Change:
        """A change whose old value or reason names what is gone is told without it."""
        if named.within(one.old):
            one = replace(one, old="", hidden=True)
        return replace(one, reason="") if one.what is not What.WITHDRAWN and named.within(one.reason) else one


def _taken_out(old: str, new: str) -> list[str]:
    """A value that was corrected, each stretch of words that stood in it and does not any more, and its parts: what
    signs keep apart, such as authors, and within that what begins with capital letters, or is of a script without
    spaces, whose letters are words."""
    was, now = list(WORD.finditer(old))[:COMPARED], WORD.findall(new)[:COMPARED]
    steps = SequenceMatcher(None, [one[0] for one in was], now, autojunk=False).get_opcodes()
    gone = [old[was[at].start() : was[end - 1].end()] for step, at, end, _, _ in steps if step in ("replace", "delete")]
    parts = [part for stretch in gone for part in APART.split(stretch)]
    for part in tuple(parts):
        for is_name, run in groupby(WORD.finditer(part), lambda one: (one[0][0].isupper(), one[0] >= "\u0e00")):
            first, *rest = run
            if any(is_name):
                parts.append(part[first.start() : (rest or [first])[-1].end()])
    return [old, *(one for one in dict.fromkeys([*gone, *parts]) if len(one) > 1)]
