"""The case records of an open archive: all that the window and the command line ask of them, free of Qt."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from archive.cases import (
    facts,
    figures,
    following,
    judging,
    links,
    pages,
    passages,
    people,
    recording,
    review,
    subjects,
    vocabularies,
    weighing,
)
from archive.cases.fields import Field, Type
from archive.cases.figures import Comparison, Figure
from archive.cases.pages import SubjectPage, Weighed
from archive.cases.passages import Anchor
from archive.cases.people import Proposal
from archive.cases.recording import Done, Draft
from archive.cases.records import Assessment, Citation, Entry, Fact, Kind, Source, State, Subject
from archive.cases.review import Item
from archive.cases.vocabularies import Term
from archive.connect import writing
from archive.container import Archive
from archive.records import Confidentiality


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen for a field: its canonical text and how a person reads it; `level` indents it."""

    value: str
    words: str
    level: int = 0


class Casework:
    """Case records of one archive, for the thread that opened it. Everything raises ArchiveError."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._db = archive, archive.db

    # -- reading

    def page(self, identity: str) -> SubjectPage:
        """The page of a subject. Raises NoSuchRecord."""
        return pages.page(self._db, identity)

    def weighed(self, fact: str) -> Weighed:
        """One fact with what it stands on, said to be contradicted. Raises NoSuchRecord."""
        return self.weigh(facts.get(self._db, fact), contradicted=True)

    def weigh(self, fact: Fact, *, contradicted: bool) -> Weighed:
        """A fact with what it stands on."""
        return Weighed(fact, weighing.tally(self._db, fact), contradicted)

    def subject(self, identity: str) -> Subject:
        """A subject by UUID. Raises NoSuchRecord."""
        return subjects.get(self._db, identity)

    def resolve(self, words: str) -> str:
        """The UUID of the subject with this code or beginning of a UUID. Raises NoSuchRecord, AmbiguousId."""
        return subjects.resolve(self._db, words)

    def of_kind(self, kind: Kind) -> tuple[Subject, ...]:
        """All subjects of a kind by label."""
        return tuple(subjects.of_kind(self._db, kind))

    def count(self, kind: Kind) -> int:
        """How many subjects of a kind there are."""
        return subjects.count(self._db, kind)

    def apart(self, identity: str) -> tuple[Fact, ...]:
        """The facts about a subject that stand no longer."""
        return facts.of_subject(self._db, subjects.get(self._db, identity), apart=True)

    def citing(self, document: str) -> tuple[Fact, ...]:
        """The facts that rest on a document."""
        return facts.citing(self._db, document)

    def fact(self, identity: str) -> Fact:
        """One fact with its sources, whether it stands or not. Raises NoSuchRecord."""
        return facts.get(self._db, identity)

    def named(self, identity: str) -> tuple[Fact, ...]:
        """The facts that stand and name a subject."""
        return people.facts_named(self._db, identity)

    def linked(self, document: str) -> tuple[links.Linked, ...]:
        """How a document hangs together with others, both ways."""
        return links.of_document(self._db, document)

    def to_review(self, today: datetime.date) -> tuple[Item, ...]:
        """What is to be looked at again."""
        return review.items(self._db, today)

    def anchored(self, source: Source) -> Anchor:
        """Where a source's passage stands in the current text of its document."""
        return passages.anchored(self._db, source)

    def comparisons(self, identities: Sequence[str]) -> tuple[Comparison, ...]:
        """These figures, those that count the same side by side."""
        about = [subjects.get(self._db, identity) for identity in identities]
        gathered = facts.of_subjects(self._db, about)
        return figures.compare(self._db, [Figure(one, gathered.get(one.id, ())) for one in about])

    def choices(self, field: Field, language: str = "en") -> tuple[Choice, ...]:
        """What may be chosen for a field: terms in use (narrower below broader), subjects of its kinds, choices."""
        match field.type:
            case Type.TERM:
                return _tree(tuple(vocabularies.terms(self._db, field.vocabulary)), language)
            case Type.SUBJECT:
                return tuple(Choice(one.id, one.label) for kind in field.of for one in subjects.of_kind(self._db, kind))
            case Type.CHOICE:
                return tuple(Choice(one, one) for one in field.choices)
        return ()

    def label(self, field: Field, value: str, language: str = "en") -> str:
        """A term's or subject's value as a person reads it; other values as they are."""
        if field.type is Type.TERM:
            return vocabularies.label(self._db, field.vocabulary, value, language)
        if field.type is Type.SUBJECT:
            return subjects.get(self._db, value).label
        return value

    # -- keeping

    def at_once(self) -> AbstractContextManager[None]:
        """All that is changed within, or nothing."""
        return writing(self._db)

    def record(self, citation: Citation, drafts: Sequence[Draft], entries: Sequence[Entry]) -> Done:
        """Make subjects and record facts from one passage, all or nothing. Raises InvalidValue, NoSuchRecord."""
        return recording.record(self._db, citation, drafts, entries, who=self._archive.desk)

    def undo(self, done: Done) -> tuple[str, ...]:
        """Take back one `record`; returns the UUIDs of the subjects that are gone with it."""
        return recording.undo(self._db, done, who=self._archive.desk)

    def assess(self, fact: str, assessment: Assessment, reason: str, seen: Fact | None = None) -> Fact:
        """Set the desk's judgement of a fact as it was `seen`. Raises InvalidValue, ChangedMeanwhile."""
        return judging.assess(self._db, fact, assessment, reason, who=self._archive.desk, seen=seen)

    def set_apart(self, fact: str, state: State, reason: str, replaced_by: str = "") -> None:
        """Let a fact stand no longer. Raises InvalidValue without a reason, ChangedMeanwhile."""
        judging.set_apart(self._db, fact, state, reason, who=self._archive.desk, replaced_by=replaced_by)

    def follow(self, source: Source) -> str:
        """Cite a passage where it stands in the newest text. Raises InvalidValue, ChangedMeanwhile."""
        return following.follow(self._db, source, who=self._archive.desk)

    def go_back(self, source: str, newer: str) -> None:
        """Undo that. Raises ChangedMeanwhile."""
        following.go_back(self._db, source, newer, who=self._archive.desk)

    def restore(self, fact: str) -> None:
        """Let a fact stand again. Raises ChangedMeanwhile."""
        judging.restore(self._db, fact, who=self._archive.desk)

    def protect(self, identity: str, confidentiality: Confidentiality, seen: Confidentiality | None = None) -> None:
        """Set who may see a subject as it was `seen`. Raises ChangedMeanwhile."""
        subjects.protect(self._db, identity, confidentiality, who=self._archive.desk, seen=seen)

    def protect_fact(self, fact: str, confidentiality: Confidentiality, seen: Confidentiality | None = None) -> None:
        """Set who may see a fact as it was `seen`. Raises ChangedMeanwhile."""
        judging.protect(self._db, fact, confidentiality, who=self._archive.desk, seen=seen)

    def link(self, document: str, relation: links.Link, other: str) -> bool:
        """Say how a document hangs together with another; False where that was said before.

        Raises InvalidValue, NoSuchRecord.
        """
        return links.add(self._db, document, relation, other, who=self._archive.desk)

    def unlink(self, document: str, relation: links.Link, other: str) -> bool:
        """Take back that a document hangs together with another; False where that is not said."""
        return links.remove(self._db, document, relation, other, who=self._archive.desk)

    # -- people

    def proposals(self) -> tuple[Proposal, ...]:
        """Persons who may be one."""
        return tuple(people.proposals(self._db))

    def merge(self, kept: str, gone: str, reason: str) -> str:
        """Make one person of two; returns the id to undo it by. Raises InvalidValue."""
        return people.merge(self._db, kept, gone, reason, who=self._archive.desk)

    def unmerge(self, identity: str) -> None:
        """Undo a merge. Raises ChangedMeanwhile."""
        people.unmerge(self._db, identity, who=self._archive.desk)

    def keep_apart(self, one: str, other: str, reason: str) -> None:
        """Store that two persons are not the same. Raises InvalidValue."""
        people.keep_apart(self._db, one, other, reason, who=self._archive.desk)

    def let_together(self, one: str, other: str) -> None:
        """Take that back. Raises ChangedMeanwhile."""
        people.let_together(self._db, one, other, who=self._archive.desk)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether someone said that two persons are not the same."""
        return people.apart(self._db, one, other)

    def merges(self, identity: str) -> tuple[tuple[str, str, str], ...]:
        """What was merged into a person: the id to undo it by, the person that went, the reason."""
        return people.merges(self._db, identity)


def _tree(terms: Sequence[Term], language: str) -> tuple[Choice, ...]:
    """The terms in use, each below its broader one."""
    below: dict[str, list[Term]] = {}
    codes = {term.code for term in terms if term.status == "current"}
    for term in terms:
        if term.status == "current":
            below.setdefault(term.broader if term.broader in codes else "", []).append(term)

    def walk(code: str, level: int) -> list[Choice]:
        found: list[Choice] = []
        for term in below.get(code, ()):
            found += [Choice(term.code, _preferred(term, language), level), *walk(term.code, level + 1)]
        return found

    return tuple(walk("", 0))


def _preferred(term: Term, language: str) -> str:
    labels = {label.language: label.text for label in term.labels if label.role == "preferred"}
    return labels.get(language) or labels.get("en") or term.code
