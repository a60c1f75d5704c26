"""Persons are merged by people only, with a reason, and can be taken apart again."""

from __future__ import annotations

import pytest

from archive.cases import facts, people, subjects
from archive.cases.records import Kind
from archive.container import Archive
from archive.errors import ChangedMeanwhile, InvalidValue
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
