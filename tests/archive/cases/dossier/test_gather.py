"""What a dossier holds: every fact with its exhibits, what contradicts, and whom it names."""

from __future__ import annotations

import pytest

from archive.cases import facts, judging, subjects
from archive.cases.dossier import gather
from archive.cases.dossier.gather import Dossier
from archive.cases.records import Kind, State
from archive.container import Archive
from archive.errors import InvalidValue, NoSuchRecord
from archive.records import Confidentiality
from tests.archive.cases.conftest import Make, Say
from tests.archive.cases.dossier.conftest import MADE, Told


def test_events_persons_and_exhibits_are_gathered_in_order(dossier: Dossier, told: Told) -> None:
    (case,) = dossier.cases
    assert [event.earliest for event in case.events] == ["2015-12-20", ""]
    assert case.events[0].subject.id == told.event
    assert [part.subject.id for part in dossier.persons] == [told.person]
    assert [one.field for one in case.contradictions] == ["host-consent"]
    assert [one.number for one in dossier.exhibits] == [1, 2, 3, 4, 5, 6]
    assert dossier.latest_source == "2022-02"
    (summary,) = (one for one in dossier.exhibits if one.renders)
    assert summary.renders == (("abstract of", "A page of the desk"),)
    for part in dossier.parts():
        for one in part.facts:
            assert [dossier.marks[source.id] for source in one.fact.sources]


def test_an_abstract_is_no_further_document(dossier: Dossier) -> None:
    (given,) = (one for one in dossier.cases[0].events[0].of("host-consent") if one.fact.value == "given")
    assert len(given.fact.sources) == 2
    assert (given.tally.documents, given.tally.origins) == (1, 1)


def test_persons_are_counted_and_relatives_among_them(archive: Archive, dossier: Dossier, told: Told) -> None:
    assert (dossier.named, dossier.relatives, dossier.withheld) == ((told.person,), (), None)
    everything = gather.gather(archive.db, [told.case], archive="desk", made=MADE, confidential=True)
    assert set(everything.named) == {told.person, told.relative}
    assert everything.relatives == (told.relative,)


def test_what_is_withheld_is_counted_only_if_asked_for(archive: Archive, told: Told) -> None:
    counted = gather.gather(archive.db, [told.case], archive="desk", made=MADE, say_withheld=True)
    assert counted.withheld == 1  # that the relative is one
    chosen = gather.gather(archive.db, [told.case], archive="desk", made=MADE, say_withheld=True, confidential=True)
    assert chosen.withheld == 0


def test_a_field_whose_fact_is_withheld_does_not_read_as_not_recorded(archive: Archive, told: Told, say: Say) -> None:
    person = subjects.get(archive.db, told.person)
    (born,) = say(person, ("born", "1970"))
    archive.db.table("fact").update(_row(archive, born.fact), {"confidentiality": "confidential"})
    (part,) = gather.gather(archive.db, [told.case], archive="desk", made=MADE).persons
    assert part.of("born") == ()
    assert "born" not in part.missing
    assert "died" in part.missing


def test_a_fact_set_apart_is_left_out(archive: Archive, told: Told) -> None:
    (fact,) = (one for one in facts.of_subject(archive.db, subjects.get(archive.db, told.case)) if one.field == "unit")
    judging.set_apart(archive.db, fact.id, State.CORRECTED, "it was a group", who="desk")
    (case,) = gather.gather(archive.db, [told.case], archive="desk", made=MADE).cases
    assert case.case.of("unit") == ()


def test_statements_about_the_case_come_along(archive: Archive, told: Told, make: Make, say: Say) -> None:
    speaker = make(Kind.PERSON, name="Speaker B")
    statement = make(Kind.STATEMENT, about=told.case, speaker=speaker.id)
    dossier = gather.gather(archive.db, [told.case], archive="desk", made=MADE)
    assert [part.subject.id for part in dossier.said] == [statement.id]
    assert speaker.id in dossier.named


def test_several_cases_share_exhibits_and_persons(archive: Archive, told: Told, make: Make) -> None:
    other = make(Kind.CASE, person_concerned=told.person)
    dossier = gather.gather(archive.db, [other.id, told.case, other.id], archive="desk", made=MADE)
    assert [one.case.subject.id for one in dossier.cases] == [other.id, told.case]
    assert [part.subject.id for part in dossier.persons] == [told.person]
    assert len({one.document.id for one in dossier.exhibits}) == len(dossier.exhibits)


def test_a_passage_that_no_longer_stands_is_told_of(archive: Archive, told: Told, dossier: Dossier) -> None:
    assert all(one.intact for exhibit in dossier.exhibits for one in exhibit.quotations)
    archive.db.execute("UPDATE source SET quote = 'what was never there' WHERE start > 20")
    changed = gather.gather(archive.db, [told.case], archive="desk", made=MADE)
    assert [one.label for exhibit in changed.exhibits for one in exhibit.quotations if not one.intact] == ["2.2"]


def test_only_cases_make_a_dossier(archive: Archive, told: Told) -> None:
    for wanted in ([], [told.person]):
        with pytest.raises(InvalidValue):
            gather.gather(archive.db, wanted, archive="desk", made=MADE)
    with pytest.raises(NoSuchRecord):
        gather.gather(archive.db, ["gone"], archive="desk", made=MADE)


def test_of_a_confidential_case_nothing_is_told(archive: Archive, told: Told) -> None:
    subjects.protect(archive.db, told.case, Confidentiality.CONFIDENTIAL, who="desk")
    dossier = gather.gather(archive.db, [told.case], archive="desk", made=MADE, say_withheld=True)
    assert (dossier.cases[0].case.facts, dossier.cases[0].events, dossier.exhibits) == ((), (), ())
    assert dossier.withheld


def _row(archive: Archive, identity: str) -> int:
    return int(archive.db.execute("SELECT row FROM fact WHERE uuid = ?", (identity,)).fetchone()[0])
