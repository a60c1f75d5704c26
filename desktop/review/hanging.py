"""What hangs on a document: the facts that rest on it, and the documents and works it hangs together with; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from archive import matching
from archive.cases import fields
from archive.cases.links import Link
from archive.cases.records import Kind
from archive.errors import NoSuchRecord
from desktop.cases import words
from desktop.review.choices import MOST, Choice
from desktop.translate import tr
from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Resting:
    """A fact that rests on the document: its UUID, the record on whose page it stands, and both in words."""

    fact: str
    record: str
    about: str
    said: str


@dataclass(frozen=True, slots=True)
class Together:
    """A link to another document or cited work; `backwards` where the other says so of this one."""

    relation: Link
    other: str
    title: str
    is_document: bool
    backwards: bool


@dataclass(frozen=True, slots=True)
class Hanging:
    """All that hangs on one document."""

    document: str = ""
    facts: tuple[Resting, ...] = ()
    links: tuple[Together, ...] = ()


def hanging(workspace: Workspace, document: str) -> Hanging:
    """Gather what hangs on a document. Raises NoSuchRecord."""
    cases = workspace.cases
    resting = []
    for fact in cases.citing(document):
        subject = cases.subject(fact.subject)
        about = cases.subject(subject.parent).label if subject.parent else subject.label
        said = tr("{field}: {value}", field=fields.field(fact.field).label, value=words.value(fact, cases.label))
        resting.append(Resting(fact.id, subject.parent or subject.id, about or subject.code, said))
    together = []
    for one in cases.linked(document):
        backwards = one.document != document
        other = one.document if backwards else one.other
        together.append(Together(one.relation, other, *_called(workspace, other), backwards))
    return Hanging(document, tuple(resting), tuple(together))


def others(workspace: Workspace, document: str, typed: str) -> tuple[Choice, ...]:
    """What a document can hang together with and holds every word typed: other documents and cited works, by title.

    At most MOST of them.
    """
    db = workspace.archive.db
    found = [
        Choice(identity, title or tr("Without a title"), published)
        for identity, title, published in matching.titled(db, typed, MOST, but=document)
    ]
    works = matching.called(db, Kind.WORK, typed, MOST)
    found += [Choice(identity, label, tr("cited work")) for identity, label in works]
    return tuple(sorted(found, key=lambda choice: choice.words.casefold())[:MOST])


def _called(workspace: Workspace, identity: str) -> tuple[str, bool]:
    """The title of a document or work, and whether it is a document."""
    try:
        return workspace.documents.get(identity).metadata.title or tr("Without a title"), True
    except NoSuchRecord:
        return workspace.cases.subject(identity).label, False
