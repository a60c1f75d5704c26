"""What becomes of a recorded fact: set apart it keeps its sources, and what is taken back is gone and no more."""

from __future__ import annotations

import pytest

from archive.cases import facts, judging, subjects
from archive.cases.records import Assessment, Entry, State, Subject
from archive.container import Archive
from archive.errors import ChangedMeanwhile, InvalidValue
from tests.archive.cases.conftest import NOTICE, cite
from tests.archive.conftest import Keep


def test_a_fact_set_apart_keeps_its_sources_and_reason(archive: Archive, keep: Keep, programme: Subject) -> None:
    (one,) = facts.record(archive.db, cite(keep(NOTICE), "2014"), [Entry(programme.id, "started", "2014")], who="desk")
    judging.set_apart(archive.db, one.fact, State.CORRECTED, "misread", who="desk")
    assert facts.of_subject(archive.db, programme) == ()
    (apart,) = facts.of_subject(archive.db, programme, apart=True)
    assert (apart.state, apart.state_reason, len(apart.sources)) == (State.CORRECTED, "misread", 1)
    with pytest.raises(ChangedMeanwhile):
        judging.set_apart(archive.db, one.fact, State.SUPERSEDED, "later", who="other desk")
    judging.restore(archive.db, one.fact, who="desk")
    assert len(facts.of_subject(archive.db, programme)) == 1


def test_undoing_takes_back_what_was_recorded_and_no_more(archive: Archive, keep: Keep, programme: Subject) -> None:
    document, entry = keep(NOTICE), Entry(programme.id, "started", "2014")
    facts.record(archive.db, cite(document, "began in 2014"), [entry], who="desk")
    second = facts.record(
        archive.db, cite(document, "in 2014"), [entry, Entry(programme.id, "name", "A name")], who="desk"
    )
    judging.undo(archive.db, second, who="desk")
    (fact,) = facts.of_subject(archive.db, programme)
    assert [source.quote for source in fact.sources] == ["began in 2014"]
    assert subjects.get(archive.db, programme.id).label.startswith("programme ")


def test_an_assessment_wants_a_reason(archive: Archive, keep: Keep, programme: Subject) -> None:
    (one,) = facts.record(archive.db, cite(keep(NOTICE), "2014"), [Entry(programme.id, "started", "2014")], who="desk")
    assert facts.get(archive.db, one.fact).assessment is Assessment.NONE
    with pytest.raises(InvalidValue):
        judging.assess(archive.db, one.fact, Assessment.PROBABLE, " ", who="desk")
    assert judging.assess(archive.db, one.fact, Assessment.PROBABLE, "two notices", who="desk").assessment == "probable"


def test_a_source_recorded_twice_goes_when_both_are_taken_back(
    archive: Archive, keep: Keep, programme: Subject
) -> None:
    citation, entry = cite(keep(NOTICE), "2014"), Entry(programme.id, "started", "2014")
    one, other = (facts.record(archive.db, citation, [entry], who=who) for who in ("desk", "another desk"))
    judging.undo(archive.db, other, who="another desk")
    assert len(facts.of_subject(archive.db, programme)) == 1
    judging.undo(archive.db, one, who="desk")
    assert facts.of_subject(archive.db, programme) == ()
