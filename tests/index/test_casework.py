"""Subjects of casework are found beside documents: by their words, their values and the names of whom they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.cases import facts, links, people, recording, subjects, vocabularies
from archive.cases.links import Link
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind, Stance
from archive.cases.vocabularies import Label
from index.answers import Query
from tests.index.conftest import Desk

DRAFTS = (
    Draft("person", Kind.PERSON),
    Draft("programme", Kind.PROGRAMME),
    Draft("case", Kind.CASE),
    Draft("event", Kind.EVENT, "case"),
    Draft("figure", Kind.FIGURE),
)
ENTRIES = (
    Entry("person", "name", "Example Person"),
    Entry("person", "name", "样本人"),
    Entry("programme", "name", "Net of Examples"),
    Entry("case", "person-concerned", "person"),
    Entry("case", "outcome", "returned-forced", as_of="2015-11"),
    Entry("case", "outcome", "released", as_of="2019"),
    Entry("event", "event-type", "Detention"),
    Entry("event", "date", "2015-10"),
    Entry("event", "host", "TH"),
    Entry("event", "place", "Bangkok"),
    Entry("event", "method", "luring", stance=Stance.DENIES),
    Entry("event", "programme", "programme"),
    Entry("figure", "counts", "returns"),
    Entry("figure", "value", "over 10000"),
)


@pytest.fixture
def document(desk: Desk) -> str:
    return desk.add("A page that says all of this.", title="A page")


@pytest.fixture
def made(desk: Desk, document: str) -> dict[str, str]:
    return recording.record(desk.archive.db, Citation(document, 1, 0, 9), DRAFTS, ENTRIES, who="desk").made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bangkok", {"case"}),
        ("样本", {"person", "case"}),
        ("example person", {"person", "case"}),
        ("kind:case", {"case"}),
        ("outcome:returned country:TH", {"case"}),
        ("outcome:returned country:Laos", set()),
        ('outcome:"taken back"', {"case"}),
        ("outcome:released host:thailand", {"case"}),
        ("method:luring", set()),
        ('programme:"net of examples"', {"case"}),
        ("date:2015-10", {"case"}),
        ("counts:returns", {"figure"}),
        ("event-type:detention", {"case"}),
    ],
)
def test_found_by(desk: Desk, made: dict[str, str], text: str, expected: set[str]) -> None:
    assert set(desk.found(text)) == {made[handle] for handle in expected}


def test_a_hit_shows_what_is_recorded(desk: Desk, made: dict[str, str]) -> None:
    (hit,) = desk.ask("bangkok").hits
    assert (hit.kind, hit.title.text, hit.date, hit.countries) == ("case", "Example Person", "2015/2019", ("TH",))
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Bangkok"]


@pytest.mark.parametrize("text", ["арест", "关押", "détenu"])
def test_other_labels_of_terms_find_and_are_not_shown(desk: Desk, made: dict[str, str], text: str) -> None:
    (hit,) = desk.ask(text).hits
    assert hit.id == made["case"]
    assert "Detention" in hit.snippet.text
    assert text not in hit.snippet.text


def test_a_term_that_is_called_otherwise_is_found_by_it(desk: Desk, made: dict[str, str]) -> None:
    desk.index.update()
    term = vocabularies.get(desk.archive.db, "event-type", "detention")
    assert desk.found("jailhouse") == []
    vocabularies.put(desk.archive.db, replace(term, labels=(*term.labels, Label("en", "other", "Jailhouse"))))
    assert desk.found("jailhouse") == [made["case"]]
    vocabularies.retire(desk.archive.db, "outcome", "released", into="returned", who="desk")
    assert set(desk.found("outcome:returned country:TH")) == {made["case"]}


def test_facets_count_casework(desk: Desk, made: dict[str, str]) -> None:
    desk.index.update()
    facets = desk.index.searcher().totals(Query(""), ("kind", "outcome", "host")).facets
    kinds = {"document": 1, "person": 1, "programme": 1, "case": 1, "figure": 1}
    assert {one.value: one.count for one in facets["kind"]} == kinds
    assert ("returned", 1) in {(one.value, one.count) for one in facets["outcome"]}


def test_the_index_follows_changes(desk: Desk, document: str, made: dict[str, str]) -> None:
    db, citation = desk.archive.db, Citation(document, 1, 0, 9)
    assert desk.found("bangkok") == [made["case"]]
    facts.record(db, citation, [Entry(made["person"], "name", "Another Spelling")], who="desk")
    assert set(desk.found("spelling")) == {made["person"], made["case"]}
    facts.record(db, citation, [Entry(made["event"], "place", "Vientiane")], who="desk")
    assert desk.found("vientiane") == [made["case"]]
    other = subjects.create(db, Kind.PERSON, who="desk")
    facts.record(db, citation, [Entry(other.id, "name", "Second Person")], who="desk")
    people.merge(db, made["person"], other.id, "the same passport", who="desk")
    assert set(desk.found("second")) == {made["person"], made["case"]}


def test_what_is_undone_is_not_found(desk: Desk, document: str) -> None:
    db, drafts = desk.archive.db, [Draft("law", Kind.LAW)]
    done = recording.record(db, Citation(document, 1, 0, 9), drafts, [Entry("law", "name", "Ordinance")], who="desk")
    assert desk.found("ordinance") == [done.made["law"]]
    recording.undo(db, done, who="desk")
    assert desk.found("ordinance") == []


def test_an_index_built_anew_is_the_same(desk: Desk, made: dict[str, str]) -> None:
    before = set(desk.found(""))
    desk.index.rebuild()
    assert set(desk.found("")) == before
    assert desk.index.state().behind == 0


def test_a_merge_undone_and_a_link_leave_the_index_as_made_anew(desk: Desk) -> None:
    db = desk.archive.db
    page, other = desk.add("A page that says what is recorded."), desk.add("Another page that says the same.")
    one, two = (subjects.create(db, Kind.PERSON, who="desk") for _ in range(2))
    case = subjects.create(db, Kind.CASE, who="desk")
    told = [Entry(one.id, "name", "Alphaname"), Entry(two.id, "name", "Betaname")]
    facts.record(db, Citation(page, 1, 0, 9), [*told, Entry(case.id, "person-concerned", two.id)], who="desk")
    facts.record(db, Citation(other, 1, 0, 9), [Entry(case.id, "person-concerned", two.id)], who="desk")
    merge = people.merge(db, one.id, two.id, "the same passport", who="desk")
    assert set(desk.found("betaname")) == {one.id, case.id}
    people.unmerge(db, merge, who="desk")
    links.add(db, other, Link.TRANSLATION, page, who="desk")
    for _ in range(2):
        assert set(desk.found("betaname")) == {two.id, case.id}
        assert desk.found("alphaname") == [one.id]
        (row,) = desk.index.searcher().cases(Query(""), "name").rows
        assert row.sources == 1
        desk.index.rebuild()


def test_a_hit_by_another_word_for_a_term_says_so(desk: Desk, made: dict[str, str]) -> None:
    hit = next(one for one in desk.ask("拘留", widen="all").hits if one.id == made["case"])
    assert [(one.typed, one.found, one.way) for one in hit.through] == [("拘留", "Detention", "label")]


def test_a_hit_by_a_field_that_is_not_shown_says_which(desk: Desk) -> None:
    desk.add("Nothing of it.", title="A page", name="harbour-list.txt", publisher="Hill Post", authors=("Ana Silva",))
    for text, field in (("harbour", "file-name"), ("hill", "publisher"), ("silva", "author")):
        (hit,) = desk.ask(text).hits
        assert hit.matched_by == (field,)
