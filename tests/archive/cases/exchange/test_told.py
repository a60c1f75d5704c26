"""Which records a copy of casework tells of."""

from __future__ import annotations

from archive.cases import facts, judging, subjects
from archive.cases.exchange import told
from archive.cases.records import Citation, Entry, Kind, State
from archive.container import Archive
from archive.records import Confidentiality
from tests.archive.cases.conftest import Make
from tests.archive.conftest import Keep


def test_cases_tell_of_their_events_facts_persons_and_documents(archive: Archive, keep: Keep, make: Make) -> None:
    page, elsewhere = keep("It was said at the quay. " * 3), keep("Elsewhere it was not. " * 3)
    person, stranger = make(Kind.PERSON), make(Kind.PERSON)
    case, other = make(Kind.CASE), make(Kind.CASE)
    event = make(Kind.EVENT, parent=case.id)
    entries = [Entry(case.id, "person-concerned", person.id), Entry(event.id, "place", "the quay")]
    concerned, place = facts.record(archive.db, Citation(page.id, 1, 0, 10), entries, who="desk")
    apart, foreign = facts.record(
        archive.db,
        Citation(elsewhere.id, 1, 0, 10),
        [Entry(case.id, "name", "The quay"), Entry(other.id, "person-concerned", stranger.id)],
        who="desk",
    )
    judging.set_apart(archive.db, apart.fact, State.CORRECTED, "misread", who="desk")
    held = set(told.of_cases(archive.db, [case.id]))
    assert held == {case.id, event.id, person.id, concerned.fact, place.fact, page.id}
    everything = told.everything(archive.db, confidential=True)
    assert len(everything) == len(set(everything))
    assert set(everything) == held | {other.id, stranger.id, foreign.fact, elsewhere.id}


def test_what_is_confidential_is_told_only_where_it_is_taken_in(archive: Archive, keep: Keep, make: Make) -> None:
    page, person, case = keep("It was said at the quay. " * 3), make(Kind.PERSON), make(Kind.CASE)
    (fact,) = facts.record(
        archive.db, Citation(page.id, 1, 0, 10), [Entry(case.id, "person-concerned", person.id)], who="desk"
    )
    subjects.protect(archive.db, person.id, Confidentiality.CONFIDENTIAL, who="desk")
    hidden = {person.id, fact.fact}
    assert hidden <= set(told.everything(archive.db, confidential=True))
    assert hidden.isdisjoint(told.everything(archive.db, confidential=False))
    assert case.id in told.everything(archive.db, confidential=False)
