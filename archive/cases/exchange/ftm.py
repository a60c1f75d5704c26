"""Writes casework as FollowTheMoney entities, a JSON object to a line (https://followthemoney.tech/explorer).

What a fact says becomes a property only where a source asserts it; every fact stands in the notes with its field,
value, stance and passage, so that nothing reads as certain that is not. Links carry the documents that say so as their
proof.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from archive import documents
from archive.cases import facts, fields, subjects
from archive.cases.exchange import selection
from archive.cases.exchange.shown import Shown, title
from archive.cases.fields import Type
from archive.cases.records import Fact, Kind, Subject
from archive.connect import Database
from archive.records import Document

SCHEMAS = {
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.CASE: "Event",
    Kind.EVENT: "Event",
    Kind.PROGRAMME: "Project",
    Kind.WORK: "Document",
}
"""Other kinds are notes: the model has no schema for them."""
OTHER = "Note"
PROPERTIES = {
    "Person": {
        "name": "name", "born": "birthDate", "died": "deathDate", "citizenship": "citizenship",
        "ethnicity": "ethnicity", "gender": "gender", "position": "position", "occupation": "profession",
    },
    "Organization": {"name": "name", "official-name": "name", "seat": "country", "aim-stated": "description"},
    "Event": {
        "name": "name", "date": "date", "ended": "endDate", "place": "location", "host": "country", "origin": "country",
        "transit": "country", "lure": "country", "resettlement": "country", "account": "description",
        "person-concerned": "involved", "person-affected": "involved",
    },
    "Project": {"name": "name", "official-name": "name", "started": "startDate", "ended": "endDate",
                "aim-stated": "goal", "active-in": "country"},
    "Document": {"title": "title", "author": "author", "publisher": "publisher", "date": "date",
                 "address": "sourceUrl"},
    "Note": {"name": "name", "title": "name", "official-name": "name", "said": "description", "content": "description",
             "meaning": "description", "response-country": "country"},
}  # fmt: skip
KIN = {"parent-of": "parent of", "spouse-of": "married to", "sibling-of": "sibling of", "relative-of": "relative of"}
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(slots=True)
class _Entity:
    """An entity in the making; properties hold each value once."""

    id: str
    schema: str
    properties: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, name: str, *values: str) -> None:
        for value in values:
            if value:
                self.properties.setdefault(name, {})[value] = None

    def line(self) -> str:
        listed = {name: list(values) for name, values in self.properties.items()}
        return json.dumps({"id": self.id, "schema": self.schema, "properties": listed}, ensure_ascii=False) + "\n"


def lines(db: Database, *, confidential: bool = True) -> Iterator[str]:
    """The entities, documents last; without `confidential`, what is so is left out."""
    hidden = frozenset() if confidential else selection.confidential(db)
    writer = _Writer(db, hidden)
    for kind in Kind:
        for subject in subjects.of_kind(db, kind):
            if subject.id not in hidden:
                yield from (entity.line() for entity in writer.subject(subject))
    yield from (entity.line() for entity in writer.cited())


class _Writer:
    def __init__(self, db: Database, hidden: frozenset[str]) -> None:
        self._db, self._hidden, self._shown = db, hidden, Shown(db, hidden)
        self._documents: dict[str, Document] = {}

    def subject(self, subject: Subject) -> Iterator[_Entity]:
        """The entity of a subject, then those of its links to others."""
        schema = SCHEMAS.get(subject.kind, OTHER)
        entity = _Entity(subject.id, schema)
        told = [fact for fact in facts.of_subject(self._db, subject) if fact.id not in self._hidden]
        linked: list[_Entity] = []
        for fact in told:
            entity.add("notes", self._note(fact))
            entity.add("proof", *self._proof([fact]))
            entity.add("sourceUrl", *self._urls(fact))
            if not any(source.stance.asserts for source in fact.sources):
                continue
            known = fields.field(fact.field)
            name = PROPERTIES[schema].get(fact.field, "")
            if name:
                entity.add(name, *_value(known.type, self._shown.value(fact.field, fact.value), fact.value))
            elif known.type is Type.SUBJECT:
                linked.append(self._link(subject, fact))
        if subject.parent and subject.parent not in self._hidden:
            link = _Entity(f"{subject.id}.parent", "UnknownLink")
            link.add("subject", subject.id)
            link.add("object", subject.parent)
            link.add("role", "part of")
            linked.append(link)
        if schema == "Document":
            entity.add("fileName", self._shown.subject(subject.id))
            entity.add("notes", "A cited work; the archive does not hold it.")
        if "name" not in entity.properties and schema != "Document":
            entity.add("name", self._shown.subject(subject.id))
        if subject.code:
            entity.add("recordId", subject.code)
        yield entity
        yield from linked

    def cited(self) -> Iterator[_Entity]:
        """The documents that the entities so far rest on. Their SHA-256 is a note: the model's hash is SHA-1."""
        for document in self._documents.values():
            metadata = document.metadata
            entity = _Entity(document.id, "Document")
            entity.add("fileName", title(document))
            entity.add("title", metadata.title)
            entity.add("author", *metadata.authors)
            entity.add("publisher", metadata.publisher)
            entity.add("publishedAt", *_value(Type.DATE, metadata.published, metadata.published))
            entity.add("sourceUrl", *_value(Type.URL, metadata.source_url, metadata.source_url))
            entity.add("notes", f"SHA-256 {document.sha256}")
            yield entity

    def _link(self, subject: Subject, fact: Fact) -> _Entity:
        """A link of a person to kin, to an organisation, or of anything to anything by the name of the field."""
        schema, one, other, role = "UnknownLink", "subject", "object", fields.field(fact.field).label
        if fact.field in KIN:
            schema, one, other, role = "Family", "person", "relative", KIN[fact.field]
        elif fact.field == "affiliation":
            schema, one, other = "Membership", "member", "organization"
        link = _Entity(fact.id, schema)
        link.add(one, subject.id)
        link.add(other, fact.value)
        link.add("relationship" if schema == "Family" else "role", role)
        link.add("proof", *self._proof([fact]))
        link.add("summary", self._note(fact))
        link.add("date", *_value(Type.DATE, fact.as_of, fact.as_of))
        return link

    def _proof(self, several: Sequence[Fact]) -> Iterator[str]:
        for fact in several:
            for source in fact.sources:
                if source.id not in self._hidden:
                    if source.document not in self._documents:
                        self._documents[source.document] = documents.get(self._db, source.document)
                    yield source.document

    def _urls(self, fact: Fact) -> Iterator[str]:
        for identity in self._proof([fact]):
            url = self._documents[identity].metadata.source_url
            yield from _value(Type.URL, url, url)

    def _note(self, fact: Fact) -> str:
        """A fact in one line: what it says, and who says so where."""
        said = f"{fields.field(fact.field).label}: {self._shown.value(fact.field, fact.value)}"
        said += f" (as of {fact.as_of})" if fact.as_of else ""
        return said + " — " + "; ".join(self._passages(fact))

    def _passages(self, fact: Fact) -> Iterable[str]:
        for source in fact.sources:
            if source.id not in self._hidden:
                document = documents.get(self._db, source.document)
                page = f", page {source.page}" if source.page else ""
                chain = self._shown.chain(source)
                resting = f", resting on {chain}" if chain else ""
                yield f"{source.stance}: “{source.quote}” ({title(document)}{page}{resting})"


def _value(kind: Type, shown: str, value: str) -> Iterator[str]:
    """A value in the form that the model takes; dates and addresses that it cannot hold stay in the notes."""
    match kind:
        case Type.DATE:
            if DAY.fullmatch(value):
                yield value
        case Type.URL:
            parts = urlsplit(value)
            if parts.scheme in ("http", "https") and "." in parts.netloc:
                yield value
        case Type.COUNTRY:
            yield value.lower()
        case Type.SUBJECT:
            yield value
        case Type.CHOICE:
            if value != "unknown":
                yield value
        case _:
            yield shown
