"""New subjects and their facts are recorded together and taken back together."""

from __future__ import annotations

import pytest

from archive.cases import facts, judging, links, people, recording, subjects
from archive.cases.links import Link
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind, State, Step
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Document
from tests.archive.cases.conftest import Make

DRAFTS = [Draft("new case", Kind.CASE), Draft("new event", Kind.EVENT, "new case"), Draft("new person", Kind.PERSON)]
ENTRIES = [
    Entry("new person", "name", "Example Person"),
    Entry("new case", "person-concerned", "new person"),
    Entry("new event", "event-type", "Detention"),
]


def test_subjects_and_facts_are_made_together(archive: Archive, document: Document) -> None:
    done = recording.record(archive.db, Citation(document.id, 1, 0, 9), DRAFTS, ENTRIES, who="desk")
    case = subjects.get(archive.db, done.made["new case"])
    assert case.label == "Example Person"
    assert [event.label for event in subjects.belonging_to(archive.db, case)] == ["Detention"]


def test_all_or_nothing(archive: Archive, document: Document) -> None:
    bad = [*ENTRIES, Entry("new event", "date", "whenever")]
    with pytest.raises(InvalidValue):
        recording.record(archive.db, Citation(document.id, 1, 0, 9), DRAFTS, bad, who="desk")
    assert all(subjects.count(archive.db, kind) == 0 for kind in Kind)


def test_undoing_removes_what_was_made(archive: Archive, document: Document) -> None:
    done = recording.record(archive.db, Citation(document.id, 1, 0, 9), DRAFTS, ENTRIES, who="desk")
    assert set(recording.undo(archive.db, done, who="desk")) == set(done.made.values())
    assert all(subjects.count(archive.db, kind) == 0 for kind in Kind)
    with pytest.raises(NoSuchRecord):
        subjects.get(archive.db, done.made["new case"])


def test_undoing_leaves_what_others_use(archive: Archive, document: Document, make: Make) -> None:
    done = recording.record(archive.db, Citation(document.id, 1, 0, 9), DRAFTS, ENTRIES, who="desk")
    other = make(Kind.CASE, person_concerned=done.made["new person"])
    recording.undo(archive.db, done, who="desk")
    assert subjects.get(archive.db, done.made["new person"]).kind is Kind.PERSON
    assert [fact.value for fact in facts.of_subject(archive.db, other)] == [done.made["new person"]]


def test_undoing_leaves_what_others_set_apart(archive: Archive, document: Document) -> None:
    done = recording.record(archive.db, Citation(document.id, 1, 0, 9), DRAFTS, ENTRIES, who="desk")
    entry = Entry(done.made["new person"], "born", "1970")
    (other,) = facts.record(archive.db, Citation(document.id, 1, 5, 9), [entry], who="another desk")
    judging.set_apart(archive.db, other.fact, State.CORRECTED, "misread", who="another desk")
    recording.undo(archive.db, done, who="desk")
    assert facts.get(archive.db, other.fact).state_reason == "misread"


@pytest.mark.parametrize("how", ["chain", "link", "merge", "apart"])
def test_undoing_leaves_what_is_referred_to(archive: Archive, document: Document, make: Make, how: str) -> None:
    kind = Kind.WORK if how in ("chain", "link") else Kind.PERSON
    done = recording.record(
        archive.db, Citation(document.id, 1, 0, 9), [Draft("new", kind)], [Entry("new", "name", "Example")], who="desk"
    )
    made = done.made["new"]
    if how == "chain":
        entry = Entry(make(Kind.PROGRAMME).id, "name", "A programme")
        facts.record(archive.db, Citation(document.id, 1, 0, 9, chain=(Step(made, ""),)), [entry], who="another desk")
    elif how == "link":
        links.add(archive.db, document.id, Link.CITES, made, who="another desk")
    elif how == "merge":
        people.merge(archive.db, made, make(Kind.PERSON).id, "the same passport", who="another desk")
    else:
        people.keep_apart(archive.db, made, make(Kind.PERSON).id, "different parents", who="another desk")
    recording.undo(archive.db, done, who="desk")
    assert subjects.get(archive.db, made).id == made
