"""A fact that endangers somebody is corrected in one step: the right value is recorded, and the wrong one goes."""

from __future__ import annotations

import pytest

from archive import verify
from archive.cases import facts, subjects
from archive.cases.records import Citation, Entry, Fact, Kind, Stance, Step
from archive.container import Archive
from archive.errors import InvalidValue
from archive.records import Confidentiality
from archive.withdrawal import purging, tombstones, withdrawal
from archive.withdrawal.replacing import Instead
from archive.withdrawal.tombstones import Reason
from tests import pages
from tests.archive.conftest import Keep
from tests.archive.withdrawal.conftest import Make

TEXT = "It is said that he was born in the north, and that he left it. " * 2


def told(archive: Archive, keep: Keep, make: Make, value: str = "Zorblatt Bay", field: str = "position") -> str:
    """A fact on two passages, confidential, one of them by hearsay."""
    person = make(Kind.PERSON)
    for at, page in enumerate((keep(TEXT), keep(TEXT + "And more."))):
        chain = (Step("", "as she was told"),) if at else ()
        said = Entry(person.id, field, value, "2015", hedge="it is said", note="row 4", chain=chain)
        cited = Citation(page.id, 1, 0, 30, "en", stance=Stance.ALLEGES)
        (done,) = facts.record(archive.db, cited, [said], who="desk", confidentiality=Confidentiality.CONFIDENTIAL)
    return done.fact


def test_the_right_value_rests_on_the_same_passages_and_the_wrong_one_is_in_no_page(
    archive: Archive, keep: Keep, make: Make
) -> None:
    wrong = told(archive, keep, make)
    before = facts.get(archive.db, wrong)
    seen = withdrawal.preview(archive.db, wrong)
    done = withdrawal.withdraw(archive, seen, Reason.REPLACED, instead=Instead("a fishing town"))
    assert done.records == (wrong,)
    right = facts.get(archive.db, done.recorded)
    assert (right.value, right.as_of, right.field) == ("a fishing town", "2015", before.field)
    assert (right.subject, right.confidentiality) == (before.subject, before.confidentiality)

    def said(fact: Fact) -> list[tuple[object, ...]]:
        return [
            (one.document, one.version, one.start, one.end, one.language, one.chain, one.stance, one.hedge, one.note)
            for one in fact.sources
        ]

    assert len(right.sources) == 2
    assert said(right) == said(before)
    held = pages.of_archive(archive.path, archive.key)
    held |= {f"{name} unpacked": pages.inflated(data) for name, data in held.items()}
    assert pages.holding(held, "Zorblatt") == []
    assert [one.record for one in tombstones.every(archive.db)] == [wrong]
    assert verify.check(archive).faults == ()


def test_the_words_of_a_date_go_with_it(archive: Archive, keep: Keep, make: Make) -> None:
    person, page = make(Kind.PERSON), keep(TEXT)
    said = Entry(person.id, "born", "1980-05-03", "2015", date_words="the third of Quintober", hedge="about")
    (fact,) = facts.record(archive.db, Citation(page.id, 1, 0, 30), [said], who="desk")
    seen = withdrawal.preview(archive.db, fact.fact)
    done = withdrawal.withdraw(archive, seen, Reason.ERROR, instead=Instead("1980-05-03", as_of="2016"))
    assert [one.date_words for one in facts.get(archive.db, done.recorded).sources] == ["the third of Quintober"]
    seen = withdrawal.preview(archive.db, done.recorded)
    done = withdrawal.withdraw(archive, seen, Reason.ERROR, instead=Instead("1980"))
    (source,) = facts.get(archive.db, done.recorded).sources
    assert (source.date_words, source.hedge) == ("", "about")
    held = pages.of_archive(archive.path, archive.key)
    held |= {f"{name} unpacked": pages.inflated(data) for name, data in held.items()}
    assert pages.holding(held, "Quintober") == []


def test_a_record_of_which_nothing_else_is_known_stays(archive: Archive, make: Make) -> None:
    person = make(Kind.PERSON, name="Zorblatt Quimby")
    (fact,) = facts.of_subject(archive.db, person)
    seen = withdrawal.preview(archive.db, fact.id)
    assert seen.emptied
    done = withdrawal.withdraw(archive, seen, Reason.ERROR, instead=Instead("a neighbour"))
    assert done.records == (fact.id,)
    assert subjects.get(archive.db, person.id).label == "a neighbour"
    assert done.names == ("Zorblatt Quimby",)


@pytest.mark.parametrize(("value", "why"), [("Zorblatt Bay", "the value that is withdrawn"), ("  ", "empty")])
def test_what_cannot_be_recorded_takes_nothing(archive: Archive, keep: Keep, make: Make, value: str, why: str) -> None:
    wrong = told(archive, keep, make)
    with pytest.raises(InvalidValue) as raised:
        withdrawal.withdraw(archive, withdrawal.preview(archive.db, wrong), Reason.ERROR, instead=Instead(value))
    assert raised.value.facts["why"] == why
    assert facts.get(archive.db, wrong).sources
    assert tombstones.every(archive.db) == ()


def test_both_happen_or_neither(archive: Archive, keep: Keep, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = told(archive, keep, make)
    subject = subjects.get(archive.db, facts.get(archive.db, wrong).subject)

    def fail(*_: object, **__: object) -> tuple[str, ...]:
        raise RuntimeError("in the middle of it")

    monkeypatch.setattr(purging, "purge", fail)
    with pytest.raises(RuntimeError):
        withdrawal.withdraw(archive, withdrawal.preview(archive.db, wrong), Reason.ERROR, instead=Instead("Elsewhere"))
    assert [one.value for one in facts.of_subject(archive.db, subject)] == ["Zorblatt Bay"]


def test_a_person_is_named_by_what_they_are_called(archive: Archive, keep: Keep, make: Make) -> None:
    first, other = make(Kind.PERSON, name="Ada Nunn"), make(Kind.PERSON, name="Bo Nunn")
    twins = [make(Kind.PERSON, name="Cy Nunn") for _ in range(2)]
    case, page = make(Kind.CASE), keep(TEXT)
    cited = Citation(page.id, 1, 0, 30)
    (fact,) = facts.record(archive.db, cited, [Entry(case.id, "person-concerned", first.id)], who="desk")
    seen = withdrawal.preview(archive.db, fact.fact)
    for words in (twins[0].label, "Nobody of that name"):
        with pytest.raises(InvalidValue):
            withdrawal.withdraw(archive, seen, Reason.ERROR, instead=Instead(words))
    done = withdrawal.withdraw(archive, seen, Reason.ERROR, instead=Instead("bo nunn"))
    assert facts.get(archive.db, done.recorded).value == other.id


def test_only_a_fact_has_a_right_value(archive: Archive, keep: Keep) -> None:
    page = keep(TEXT)
    with pytest.raises(InvalidValue):
        withdrawal.withdraw(archive, withdrawal.preview(archive.db, page.id), Reason.ERROR, instead=Instead("another"))
