"""What is to be looked at again is found: ending consent, moved passages, persons alike, contradictions, lost texts."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import custody, texts
from archive.cases import facts, judging, people, review, subjects
from archive.cases.records import Assessment, Kind, Stance
from archive.cases.review import Matter
from archive.connect import writing
from archive.container import Archive
from archive.errors import ChangedMeanwhile
from archive.reading.result import Reading
from archive.records import Confidentiality, Document, Metadata, Verdict
from tests.archive.cases.conftest import TEXT, Make, Say
from tests.archive.cases.test_passages import new_version
from tests.archive.conftest import Keep

TODAY = datetime.date(2024, 5, 1)


def matters(archive: Archive) -> list[Matter]:
    return [item.matter for item in review.items(archive.db, TODAY)]


@pytest.mark.parametrize(
    ("value", "matter"),
    [
        ("publication until 2024-04-30", Matter.EXPIRED),
        ("publication until 2024-05-01", Matter.EXPIRING),
        ("partners until 2024-06", Matter.EXPIRING),
        ("contact until 2024-06-30", Matter.EXPIRING),
        ("contact until 2024-07-01", None),
        ("publication until 2024", None),
        ("publication", None),
    ],
)
def test_consent_is_listed_sixty_days_before_it_ends(
    archive: Archive, make: Make, value: str, matter: Matter | None
) -> None:
    person = make(Kind.PERSON, name="Example Person", consent=value)
    found = list(review.consents(archive.db, TODAY))
    assert [(item.matter, item.record) for item in found] == ([(matter, person.id)] if matter else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(days=st.integers(-400, 400))
def test_a_day_decides_whether_consent_is_listed(archive: Archive, make: Make, days: int) -> None:
    until = TODAY + datetime.timedelta(days)
    person = make(Kind.PERSON, name="Example Person", consent=f"contact until {until.isoformat()}")
    found = [item for item in review.consents(archive.db, TODAY) if item.record == person.id]
    assert bool(found) == (days <= review.AHEAD)
    assert all((item.matter is Matter.EXPIRED) == (days < 0) for item in found)


def test_a_newer_text_moves_or_loses_a_passage(
    archive: Archive, make: Make, say: Say, keep: Keep, document: Document
) -> None:
    other = keep("Another page. " + TEXT, title="Another")
    person = make(Kind.PERSON)
    (fact,) = say(person, ("name", "Example Person"))
    (elsewhere,) = say(person, ("born", "1970"), document=other)
    assert matters(archive) == []
    new_version(archive, document, TEXT + " More of it.")
    assert matters(archive) == []
    new_version(archive, document, "A head. " + TEXT)
    new_version(archive, other, "Nothing of that.")
    assert [(item.matter, item.fact) for item in review.items(archive.db, TODAY)] == [
        (Matter.LOST, elsewhere.fact),
        (Matter.MOVED, fact.fact),
    ]


def test_a_contradiction_is_listed_until_its_facts_are_assessed(archive: Archive, make: Make, say: Say) -> None:
    person = make(Kind.PERSON, name="Example Person", born="1970")
    say(person, ("born", "1971"))
    (denied,) = say(person, ("citizenship", "SE"))
    say(person, ("citizenship", "SE"), stance=Stance.DENIES)
    found = [item for item in review.items(archive.db, TODAY) if item.matter is Matter.CONTRADICTED]
    told = {(item.field, item.value) for item in found}
    assert told == {("born", "1970"), ("born", "1971"), ("citizenship", "SE")}
    for item in found:
        judging.assess(archive.db, item.fact, Assessment.DOUBTFUL, "two pages differ", who="desk")
    assert denied.fact in {item.fact for item in found}
    assert matters(archive) == []


def test_what_is_said_of_an_event_names_the_case(archive: Archive, make: Make, say: Say) -> None:
    event = make(Kind.EVENT, make(Kind.CASE, name="The case").id, event_type="detention", date="2014")
    say(event, ("date", "2016"))
    found = [item for item in review.items(archive.db, TODAY) if item.matter is Matter.CONTRADICTED]
    assert [(item.whose, item.record) for item in found] == [("The case", event.id)] * 2


def test_both_ways_round_is_a_contradiction_on_both_sides(archive: Archive, make: Make, say: Say) -> None:
    one, other = make(Kind.PROGRAMME, name="One"), make(Kind.PROGRAMME, name="Other")
    say(one, ("part-of", other.id))
    say(other, ("part-of", one.id))
    found = [item for item in review.items(archive.db, TODAY) if item.matter is Matter.CONTRADICTED]
    assert {item.record for item in found} == {one.id, other.id}


def test_persons_alike_are_listed_until_someone_says_they_are_two(archive: Archive, make: Make) -> None:
    one, other = (make(Kind.PERSON, name="Example Person", born="1970") for _ in range(2))
    (item,) = review.same(archive.db)
    assert (item.record, item.other, item.agree) == (one.id, other.id, ("name", "born"))
    people.keep_apart(archive.db, one.id, other.id, "different parents", who="desk")
    assert matters(archive) == []
    people.let_together(archive.db, other.id, one.id, who="desk")
    assert matters(archive) == [Matter.SAME]
    with pytest.raises(ChangedMeanwhile):
        people.let_together(archive.db, other.id, one.id, who="desk")


def test_documents_without_text_are_listed(archive: Archive, keep: Keep) -> None:
    empty = keep("", title="Nothing in it")
    with writing(archive.db):
        texts.add(archive.db, empty.row, Reading("image/png", Metadata(), verdict=Verdict.NONE, reason="no-text"))
    assert [(item.matter, item.record) for item in review.items(archive.db, TODAY)] == [(Matter.NO_TEXT, empty.id)]


def test_a_fact_is_protected_with_custody_and_never_over_another_desk(archive: Archive, make: Make, say: Say) -> None:
    person = make(Kind.PERSON)
    (one,) = say(person, ("name", "Example Person"))
    seen = facts.get(archive.db, one.fact).confidentiality
    judging.protect(archive.db, one.fact, Confidentiality.CONFIDENTIAL, who="desk", seen=seen)
    assert facts.get(archive.db, one.fact).confidentiality is Confidentiality.CONFIDENTIAL
    last = custody.entries(archive.db, one.fact)[-1]
    assert (last.action, last.content) == ("protected", {"confidentiality": "confidential", "before": str(seen)})
    with pytest.raises(ChangedMeanwhile):
        judging.protect(archive.db, one.fact, Confidentiality.PUBLIC, who="other", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        subjects.protect(archive.db, person.id, Confidentiality.PUBLIC, who="other", seen=Confidentiality.CONFIDENTIAL)
    assert facts.get(archive.db, one.fact).confidentiality is Confidentiality.CONFIDENTIAL


def test_an_assessment_made_meanwhile_is_not_overwritten(archive: Archive, make: Make, say: Say) -> None:
    (one,) = say(make(Kind.PERSON), ("name", "Example Person"))
    seen = facts.get(archive.db, one.fact)
    judging.assess(archive.db, one.fact, Assessment.CONFIRMED, "two desks agree", who="other")
    with pytest.raises(ChangedMeanwhile):
        judging.assess(archive.db, one.fact, Assessment.DOUBTFUL, "one page only", who="desk", seen=seen)
    assert facts.get(archive.db, one.fact).assessment is Assessment.CONFIRMED
