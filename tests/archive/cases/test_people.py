"""Persons are merged by people only, with a reason, and can be taken apart again."""

from __future__ import annotations

import pytest

from archive import feed
from archive.cases import facts, judging, pages, people, subjects, weighing
from archive.cases.records import Citation, Entry, Kind, Recorded, State, Step, Subject
from archive.container import Archive
from archive.errors import ChangedMeanwhile, InvalidValue
from archive.records import Confidentiality, Document
from tests.archive.cases.conftest import Make, Say


def pairs(archive: Archive) -> list[tuple[str, ...]]:
    return [(one.one.id, one.other.id, *one.agree) for one in people.proposals(archive.db)]


def test_a_name_alone_is_never_enough(archive: Archive, make: Make, say: Say) -> None:
    one, other = make(Kind.PERSON, name="Example Person"), make(Kind.PERSON, name="Example Person")
    assert pairs(archive) == []
    for person in (one, other):
        say(person, ("born", "1970"))
    assert pairs(archive) == [(one.id, other.id, "name", "born")]


@pytest.mark.parametrize("name", ["王某", "张某某", "Li X", "Anonymous", "王××"])
def test_anonymised_names_are_never_proposed(archive: Archive, make: Make, name: str) -> None:
    for _ in range(2):
        make(Kind.PERSON, name=name, born="1970")
    assert pairs(archive) == []


def test_not_the_same_person_is_kept(archive: Archive, make: Make) -> None:
    one, other = (make(Kind.PERSON, name="Example Person", born="1970") for _ in range(2))
    people.keep_apart(archive.db, other.id, one.id, "different parents", who="desk")
    assert pairs(archive) == []
    with pytest.raises(InvalidValue):
        people.merge(archive.db, one.id, other.id, "same birthday", who="desk")


def test_a_merge_moves_everything_and_can_be_undone(archive: Archive, make: Make, say: Say) -> None:
    one = make(Kind.PERSON, name="Example Person", born="1970")
    other = make(Kind.PERSON, name="Example Person", born="1971", citizenship="SE")
    case = make(Kind.CASE, person_concerned=other.id)
    say(other, ("relative-of", one.id))
    before = {subject.id: facts.of_subject(archive.db, subject) for subject in (one, other, case)}
    identity = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    merged = facts.of_subject(archive.db, one)
    assert sorted((fact.field, fact.value) for fact in merged) == [
        ("born", "1970"),
        ("born", "1971"),
        ("citizenship", "SE"),
        ("name", "Example Person"),
    ]
    assert [fact.value for fact in facts.of_subject(archive.db, case)] == [one.id]
    assert [subject.id for subject in subjects.of_kind(archive.db, Kind.PERSON)] == [one.id]
    people.unmerge(archive.db, identity, who="desk")
    after = {subject.id: facts.of_subject(archive.db, subject) for subject in (one, other, case)}
    assert after == before
    with pytest.raises(ChangedMeanwhile):
        people.unmerge(archive.db, identity, who="desk")


def test_a_merge_wants_a_reason_and_two_persons(archive: Archive, make: Make) -> None:
    one, other, case = make(Kind.PERSON, name="A"), make(Kind.PERSON, name="B"), make(Kind.CASE)
    for kept, gone, reason in ((one, other, " "), (one, one, "why"), (one, case, "why")):
        with pytest.raises(InvalidValue):
            people.merge(archive.db, kept.id, gone.id, reason, who="desk")


@pytest.fixture
def two(make: Make) -> tuple[Subject, Subject]:
    return make(Kind.PERSON, name="A One"), make(Kind.PERSON, name="B Two")


def names(archive: Archive, *persons: Subject) -> list[list[str]]:
    return [[fact.value for fact in facts.of_subject(archive.db, person)] for person in persons]


def unsourced(archive: Archive) -> list[str]:
    return [
        fact.id
        for kind in Kind
        for subject in subjects.of_kind(archive.db, kind)
        for fact in facts.of_subject(archive.db, subject)
        if not fact.sources
    ]


@pytest.mark.parametrize("taken_back", [(0,), (1,), (0, 1), (1, 0)])
def test_taking_back_what_was_merged_leaves_no_fact_without_a_source(
    archive: Archive, document: Document, taken_back: tuple[int, ...]
) -> None:
    persons = [subjects.create(archive.db, Kind.PERSON, who="desk") for _ in range(2)]
    done: list[tuple[Recorded, ...]] = [
        facts.record(archive.db, Citation(document.id, 1, at, 30), [Entry(one.id, "name", "Example")], who="desk")
        for at, one in enumerate(persons)
    ]
    merge = people.merge(archive.db, persons[0].id, persons[1].id, "the same passport", who="desk")
    for at in taken_back:
        judging.undo(archive.db, done[at], who="desk")
    assert unsourced(archive) == []
    people.unmerge(archive.db, merge, who="desk")
    assert unsourced(archive) == []
    assert names(archive, *persons) == [[] if at in taken_back else ["Example"] for at in range(2)]


def test_a_merged_person_is_not_merged_again(archive: Archive, two: tuple[Subject, Subject], make: Make) -> None:
    one, other = two
    people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    for kept, gone in ((other, one), (other, make(Kind.PERSON, name="C Three")), (make(Kind.PERSON), other)):
        with pytest.raises(ChangedMeanwhile):
            people.merge(archive.db, kept.id, gone.id, "the same passport", who="desk")
    assert names(archive, one) == [["A One", "B Two"]]


def test_merges_are_undone_from_the_last(archive: Archive, two: tuple[Subject, Subject], make: Make) -> None:
    one, other = two
    third = make(Kind.PERSON, name="C Three")
    first = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    second = people.merge(archive.db, third.id, one.id, "the same passport", who="desk")
    assert subjects.followed(archive.db, other.id) == third.id
    with pytest.raises(InvalidValue):
        people.unmerge(archive.db, first, who="desk")
    for merge in (second, first):
        people.unmerge(archive.db, merge, who="desk")
    assert names(archive, one, other, third) == [["A One"], ["B Two"], ["C Three"]]


def test_what_names_a_merged_person_is_about_who_that_is_now(
    archive: Archive, two: tuple[Subject, Subject], make: Make, say: Say
) -> None:
    one, other = two
    case = make(Kind.CASE)
    merge = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    say(other, ("born", "1970"))
    say(case, ("person-concerned", other.id))
    assert names(archive, other, case) == [[], [one.id]]
    assert pages.page(archive.db, other.id).subject.id == one.id
    people.unmerge(archive.db, merge, who="desk")
    assert names(archive, one, other) == [["A One", "1970"], ["B Two"]]


def test_two_merged_persons_are_one_origin(
    archive: Archive, two: tuple[Subject, Subject], make: Make, document: Document
) -> None:
    programme = make(Kind.PROGRAMME)
    for person in two:
        citation = Citation(document.id, 1, 0, 9, chain=(Step(person.id, ""),))
        facts.record(archive.db, citation, [Entry(programme.id, "name", "A programme")], who="desk")
    people.merge(archive.db, two[0].id, two[1].id, "the same passport", who="desk")
    (fact,) = facts.of_subject(archive.db, programme)
    assert weighing.tally(archive.db, fact).origins == 1


def test_a_merge_protects_as_the_stricter_and_keeps_the_label(archive: Archive, two: tuple[Subject, Subject]) -> None:
    one, other = two
    subjects.protect(archive.db, other.id, Confidentiality.CONFIDENTIAL, who="desk")
    people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    assert subjects.get(archive.db, one.id).confidentiality is Confidentiality.CONFIDENTIAL
    assert subjects.get(archive.db, other.id).label == "B Two"


def test_undoing_a_merge_is_told_of_both(archive: Archive, two: tuple[Subject, Subject]) -> None:
    one, other = two
    merge = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    before = feed.position(archive.db)
    people.unmerge(archive.db, merge, who="desk")
    assert {change.record for change in feed.changes(archive.db, before, 1000)} >= {one.id, other.id}


def test_what_was_set_apart_since_a_merge_stays_so(archive: Archive, two: tuple[Subject, Subject]) -> None:
    one, other = two
    merge = people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    fact = facts.of_subject(archive.db, one)[1]
    judging.set_apart(archive.db, fact.id, State.CORRECTED, "misread", who="desk")
    people.unmerge(archive.db, merge, who="desk")
    (apart,) = facts.of_subject(archive.db, other, apart=True)
    assert (apart.id, apart.state) == (fact.id, State.CORRECTED)


def test_no_merged_person_is_made_their_own_relative(archive: Archive, two: tuple[Subject, Subject], say: Say) -> None:
    one, other = two
    (kin,) = say(one, ("relative-of", other.id))
    people.merge(archive.db, one.id, other.id, "the same passport", who="desk")
    with pytest.raises(InvalidValue):
        judging.restore(archive.db, kin.fact, who="desk")
