"""The page and the digest of a subject hold what is recorded about it and its events."""

from __future__ import annotations

from archive.cases import digests, pages
from archive.cases.records import Kind, Stance
from archive.container import Archive
from archive.records import Document
from tests.archive.cases.conftest import Make, Say


def test_a_page_gathers_events_in_order_and_what_names_them(
    archive: Archive, make: Make, say: Say, document: Document
) -> None:
    person = make(Kind.PERSON, name="Person A")
    case = make(Kind.CASE, person_concerned=person.id)
    late = make(Kind.EVENT, case.id, event_type="sentence", date="2018")
    early = make(Kind.EVENT, case.id, event_type="detention", date="2015-10-17", host="TH")
    undated = make(Kind.EVENT, case.id, event_type="release")
    say(early, ("host-consent", "given"))
    say(early, ("host-consent", "not given"), chain=("another report",))
    page = pages.page(archive.db, case.id)
    assert [event.subject.id for event in page.events] == [early.id, late.id, undated.id]
    assert page.named[person.id].label == "Person A"
    assert page.subject.label == "Person A"
    assert [one.field for one in page.contradictions] == ["host-consent"]
    assert [one.fact.value for one in page.every_fact() if one.contradicted] == ["given", "not given"]
    assert [(one.id, one.facts) for one in page.documents] == [(document.id, len(page.every_fact()))]
    assert page.latest_source == "2021-03"
    assert [fact.subject for fact in pages.page(archive.db, person.id).elsewhere] == [case.id]


def test_a_digest_holds_words_and_values_of_events_and_broader_terms(archive: Archive, make: Make, say: Say) -> None:
    person = make(Kind.PERSON, name="Person A")
    say(person, ("name", "某甲"))
    case = make(Kind.CASE, person_concerned=person.id)
    event = make(Kind.EVENT, case.id, event_type="abduction", date="2015-10", host="TH", place="Bangkok")
    say(case, ("outcome", "returned-forced"), as_of="2015-11")
    say(case, ("outcome", "released"), as_of="2019")
    say(event, ("method", "luring"), stance=Stance.DENIES)
    assert digests.count(archive.db) == 2
    (digest,) = digests.digests(archive.db, digests.rows(archive.db, [case.id, event.id, "gone"]))
    for words in ("Person A", "某甲", "Bangkok", case.code, "Luring"):
        assert words in digest.text
    assert digest.values["outcome"] == ("returned-forced", "returned", "released")
    assert digest.values["event-type"] == ("abduction", "transfer")
    assert "method" not in digest.values
    assert digest.countries == ("TH",)
    assert (digest.earliest, digest.latest, digest.outcome) == ("2015-10-01", "2019-12-31", "released")
