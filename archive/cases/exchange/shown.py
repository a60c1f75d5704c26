"""Values as people read them in what leaves the archive: terms by their labels, subjects by theirs."""

from __future__ import annotations

from functools import lru_cache

from archive.cases import fields, labels, vocabularies
from archive.cases.fields import Type
from archive.cases.records import Kind, Source
from archive.connect import Database
from archive.records import Document

WITHHELD = "withheld"


class Shown:
    """Looks labels up once each, in one language. With `hidden` records no label tells of them: what is called by the
    facts about it is called by those that are not hidden, and a case goes by its code."""

    def __init__(self, db: Database, hidden: frozenset[str] = frozenset(), language: str = "en") -> None:
        self._db, self._hidden, self._language = db, hidden, language
        self.subject = lru_cache(maxsize=65_536)(self._subject)
        self._term = lru_cache(maxsize=4096)(vocabularies.label)

    def value(self, field: str, value: str) -> str:
        """A value of a field; codes of countries, dates and quantities stand for themselves."""
        known = fields.field(field)
        if known.type is Type.TERM:
            return self.term(known.vocabulary, value)
        return self.subject(value) if known.type is Type.SUBJECT else value

    def term(self, vocabulary: str, code: str) -> str:
        """The label of a term."""
        return self._term(self._db, vocabulary, code, self._language)

    def chain(self, source: Source) -> str:
        """A chain of attribution, nearest first; empty where the document speaks for itself."""
        return " < ".join(step.words or self.subject(step.id) for step in source.chain)

    def _subject(self, identity: str) -> str:
        """The label of a subject, the title of a document, else the id."""
        if identity in self._hidden:
            return WITHHELD
        row = self._db.conn.execute(
            "SELECT label, code, kind FROM subject WHERE uuid = ?1"
            " UNION ALL SELECT title, '', '' FROM document WHERE uuid = ?1",
            (identity,),
        ).fetchone()
        label, code, kind = row or ("", "", "")
        if kind and self._hidden:
            return code or self._open_label(identity, Kind(kind))
        return str(label or identity)

    def _open_label(self, identity: str, kind: Kind) -> str:
        """What a subject is called by the facts that may be told."""
        for field in labels.NAMING[kind]:
            found = self._db.conn.execute(
                "SELECT f.uuid, f.value FROM subject AS s JOIN fact AS f ON f.subject = s.row"
                f" WHERE s.uuid = ? AND f.field = ? AND f.state = 'current' ORDER BY {labels.FIRST}",
                (identity, field),
            )
            told = [value for fact, value in found if fact not in self._hidden]
            if told:
                return labels.shortened(self.value(field, told[0]))
        return labels.UNNAMED.get(kind, identity)


def title(document: Document) -> str:
    """What a document is called: its title, else the beginning of its hash."""
    return document.metadata.title or document.sha256[:12]
