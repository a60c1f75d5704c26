"""Lets records into a release one by one: without what stays behind, and without what they say of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from archive import corrections
from archive.cases import fields, labels, shipped, sources
from archive.cases.exchange.shown import WITHHELD
from archive.cases.fields import Type
from archive.connect import Database
from archive.release import lines
from archive.release.choice import Choice
from archive.release.content import Record
from archive.release.naming import LOCAL, Names, local, relative
from archive.release.selecting import Left
from archive.release.unnamed import OwnWords


class Admission:
    """Decides about every record of one release. `editors` grows by the desk names that go out, each as a number;
    `relabel` are the subjects whose label has to be made anew from the facts that go. `line` is the release line."""

    def __init__(self, db: Database, left: Left, choice: Choice, line: str, editors: Iterable[str]) -> None:
        self._db, self._left, self._choice, self._line = db, left, choice, line
        self._out = left.everything
        self._names = Names(db, left.documents, left.called)
        self._own_words = OwnWords(db, left.names, left.everything)
        self.editors: dict[str, int] = {name: number for number, name in enumerate(editors, 1)}
        self.relabel: set[str] = set(self._touched())
        self._terms = self._used_terms()
        self._ours = {(term.vocabulary, term.code): term for term in shipped.terms()}
        self._by_section: dict[str, Callable[[Record], Record | None]] = {
            "document": self._document,
            "document_parent": self._parent,
            "text_version": self._version,
            "original": self._original,
            "document_link": self._document_link,
            "subject": self._subject,
            "fact": self._fact,
            "source": self._source,
            "not_same": self._not_same,
            "merge": self._merge,
            "term": self._term,
            "stripped": lambda record: None,  # it tells that something was in it, to those who never had it
            "tombstone": lambda record: record if lines.went_out(self._db, self._line, record["record"]) else None,
        }

    def admit(self, section: str, record: Record) -> Record | None:
        """The record as it goes out; None where it stays behind. `custody` is for `archive.release.retelling`."""
        if record.get("document") in self._left.documents:
            return None
        admitted = self._by_section.get(section, _as_it_is)(record)
        if admitted is not None and "who" in admitted:
            admitted = {**admitted, "who": self.editor(admitted["who"])}
        return admitted

    def editor(self, who: str | None) -> str:
        """What a desk is called in releases: the same in all of a line."""
        return f"editor {self.editors.setdefault(who, len(self.editors) + 1)}" if who else ""

    def shown_name(self, name: str, sha256: str) -> str:
        """The name of a document with these bytes as it goes out."""
        return self._names.shown(name, sha256)

    def names(self, *texts: str | None) -> bool:
        """Whether one of these texts names what stays behind."""
        return self._left.names.named_in(*texts)

    def _document(self, record: Record) -> Record | None:
        if record["uuid"] in self._left.documents:
            return None
        history = [
            [field, *told, at, self.editor(who)]
            for field, old, new, at, who in record["document_history"]
            if field != "confidentiality" and (told := self._corrected(old, new))
        ]
        url = record["source_url"]
        return {
            **record,
            "published_words": "" if self.names(record["published_words"]) else record["published_words"],
            "source_url": "" if url and LOCAL.match(url) else url,
            "document_name": self._names.listed(record["document_name"], record["sha256"]),
            "document_history": history,
        }

    def _corrected(self, old: str, new: str) -> tuple[str, str] | None:
        """The values of a correction as they go out. Of one for safety always goes that it was one: else whoever
        compares two releases would tell what stood in the older."""
        if not self.names(old, new) and not local(f"{old} {new}"):
            return old, new
        return (corrections.HIDDEN, corrections.HIDDEN) if corrections.HIDDEN in (old, new) else None

    def _parent(self, record: Record) -> Record | None:
        if {record["child"], record["parent"]} & self._left.documents:
            return None
        name = relative(record["name"])
        return {**record, "name": self.shown_name(name, "")}

    def _version(self, record: Record) -> Record:
        told = record["detail"] or ""
        return {**record, "detail": ""} if self.names(told) or local(told) else record

    def _original(self, record: Record) -> Record | None:
        if self._choice.slim:
            return None
        found = self._db.conn.execute("SELECT uuid FROM document WHERE sha256 = ?", (record["sha256"],)).fetchone()
        if found is None or found[0] in self._left.documents | self._choice.text_only:
            return None
        return record

    def _document_link(self, record: Record) -> Record | None:
        return None if record["other"] in self._out else record

    def _subject(self, record: Record) -> Record | None:
        if record["uuid"] in self._left.subjects:
            return None
        label = record["label"]
        if self.names(label) or label.endswith(labels.CUT):  # a name that is cut off is not found in it
            self.relabel.add(record["uuid"])
        # what it is called now must not be written even for a moment
        return {**record, "label": ""} if record["uuid"] in self.relabel else record

    def _fact(self, record: Record) -> Record | None:
        if record["uuid"] in self._left.facts:
            return None
        replaced = record["replaced_by"]
        return {
            **record,
            "state_reason": self._said(record["state_reason"]),
            "assessment_reason": self._said(record["assessment_reason"]),
            "replaced_by": replaced if replaced and self._goes("fact", replaced) else "",
        }

    def _source(self, record: Record) -> Record | None:
        if record["uuid"] in self._left.sources or record["fact"] in self._left.facts:
            return None
        steps = [
            ["", WITHHELD] if identity in self._out or self._tells(words) else [identity, words]
            for identity, words in json.loads(record["chain"])
        ]
        chain = json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
        words = {name: self._said(record[name]) for name in ("date_words", "hedge", "note")}
        return {**record, "chain": chain, **words}

    def _not_same(self, record: Record) -> Record | None:
        if {record["one"], record["other"]} & self._left.subjects:
            return None
        return {**record, "reason": self._said(record["reason"])}

    def _merge(self, record: Record) -> Record | None:
        if {record["kept"], record["gone"]} & self._left.subjects or record["undone"]:
            return None
        moved = [one for one in record["moved"] if not {one[1], one[2], one[3]} & self._out and not self.names(one[3])]
        return {**record, "moved": moved, "reason": self._said(record["reason"])}

    def _term(self, record: Record) -> Record | None:
        """A term that the desk made goes where it is used; a shipped one that nobody uses goes as it ships."""
        key = (record["vocabulary"], record["code"])
        ours = self._ours.get(key)
        if key in self._terms:
            return {**record, "term_label": [one for one in record["term_label"] if not self.names(one[2])]}
        if ours is None:
            return None
        return {
            **record,
            "broader": ours.broader,
            "status": ours.status,
            "replaced_by": ours.replaced_by,
            "term_label": [[one.language, one.role, one.text] for one in ours.labels],
            "term_mapping": [[one.scheme, one.notation, one.match] for one in ours.mappings],
        }

    def _said(self, words: str | None) -> str | None:
        return "" if self._tells(words) else words

    def _tells(self, words: str | None) -> bool:
        return bool(words) and (self._own_words.tell(words or "") or self._own_words.desk_in(words or ""))

    def _goes(self, table: str, identity: str) -> bool:
        found = self._db.conn.execute(f"SELECT 1 FROM {table} WHERE uuid = ?", (identity,)).fetchone()
        return found is not None and identity not in self._out

    def _touched(self) -> Iterable[str]:
        """The subjects that lose a fact, or a source that asserts one, and those called by a subject that does."""
        for identity, subject in self._db.conn.execute(
            "SELECT f.uuid, s.uuid FROM fact AS f JOIN subject AS s ON s.row = f.subject"
        ):
            if identity in self._left.facts:
                yield subject
        for identity, subject in self._db.conn.execute(
            "SELECT o.uuid, s.uuid FROM source AS o JOIN fact AS f ON f.row = o.fact"
            " JOIN subject AS s ON s.row = f.subject WHERE o.state = 'current'"
        ):
            if identity in self._left.sources:
                yield subject

    def _used_terms(self) -> set[tuple[str, str]]:
        """The terms that facts which go use, with those broader and those they were merged into."""
        known = fields.everything()
        used: set[tuple[str, str]] = set()
        for identity, code, value in self._db.conn.execute("SELECT uuid, field, value FROM fact"):
            field = known.get(code)
            if field and field.type is Type.TERM and identity not in self._left.facts:
                used.add((field.vocabulary, value))
        waiting = list(used)
        while waiting:
            vocabulary, code = waiting.pop()
            for other in self._db.conn.execute(
                "SELECT broader, replaced_by FROM term WHERE vocabulary = ? AND code = ?", (vocabulary, code)
            ).fetchall():
                for one in filter(None, other):
                    if (vocabulary, one) not in used:
                        used.add((vocabulary, one))
                        waiting.append((vocabulary, one))
        return used


def _as_it_is(record: Record) -> Record:
    return record


def redigested(record: Record) -> str:
    """The hash of a source's record, as custody holds it."""
    said: list[Any] = [record[name] for name in sources.SAID]
    place = [str(record[name]) for name in ("version", "start", "end")]
    return sources.digest(bytes.fromhex(record["salt"]), record["document"], *place, record["quote"], *said)
