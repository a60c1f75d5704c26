"""Histories: outcomes follow one another, and contradict only where they are of one and the same day."""

from __future__ import annotations

import pytest

from archive.cases import facts, judging, subjects, weighing
from archive.cases.records import Kind, Stance
from archive.container import Archive
from tests.archive.cases.conftest import Make, Say


@pytest.mark.parametrize(
    ("field", "one", "other", "contradict"),
    [
        ("outcome", ("returned", "2015/2019"), ("sentenced", "2015/2019"), False),
        ("outcome", ("sentenced", "2015/2019"), ("released", "2019"), False),
        ("outcome", ("released", "2019-02-20"), ("in-custody", "2019-02-20"), True),
        ("outcome", ("released", "2019-02-20"), ("in-custody", "2019-02-21"), False),
        ("outcome", ("returned", ""), ("attempt-failed", ""), True),
        ("whereabouts", ("free", "2019"), ("in-custody", "2018/2020"), False),
        ("unit", ("a group", "2019"), ("one named person", "2018/2020"), True),
    ],
)
def test_a_history_contradicts_itself_only_within_one_day(
    archive: Archive, make: Make, say: Say, field: str, one: tuple[str, str], other: tuple[str, str], contradict: bool
) -> None:
    case = make(Kind.CASE)
    for value, as_of in (one, other):
        say(case, (field, value), as_of=as_of)
    told = facts.of_subject(archive.db, case)
    assert bool(weighing.contradictions(archive.db, {case.id: told})) is contradict


@pytest.mark.parametrize("denied", [0, 1])
def test_a_direction_that_is_only_denied_contradicts_nothing(
    archive: Archive, make: Make, say: Say, denied: int
) -> None:
    programmes = make(Kind.PROGRAMME), make(Kind.PROGRAMME)
    for at, (one, other) in enumerate((programmes, programmes[::-1])):
        say(one, ("part-of", other.id), stance=Stance.DENIES if at == denied else Stance.STATES)
    told = facts.of_subjects(archive.db, programmes)
    assert weighing.contradictions(archive.db, told) == ()


def test_a_circle_of_several_contradicts_itself(archive: Archive, make: Make, say: Say) -> None:
    one, other, third, outside = (make(Kind.PROGRAMME) for _ in range(4))
    for part, whole in ((one, other), (other, outside), (other, third), (third, one), (outside, third)):
        say(part, ("part-of", whole.id))
    told = {one.id: facts.of_subject(archive.db, one)}
    (found,) = weighing.contradictions(archive.db, told)
    assert (found.how, len(found.facts)) == ("direction", 3)
    assert weighing.contradictions(archive.db, {outside.id: ()}) == ()


def test_a_person_who_is_said_not_to_be_concerned_names_no_case(archive: Archive, make: Make, say: Say) -> None:
    case, one, other = make(Kind.CASE), make(Kind.PERSON, name="Person A"), make(Kind.PERSON, name="Person B")
    say(case, ("person-concerned", one.id), stance=Stance.DENIES)
    say(case, ("person-concerned", other.id))
    assert subjects.get(archive.db, case.id).label == "Person B"
    stated = say(case, ("person-concerned", one.id))
    assert subjects.get(archive.db, case.id).label == "Person A, Person B"
    judging.undo(archive.db, stated, who="desk")
    assert subjects.get(archive.db, case.id).label == "Person B"
