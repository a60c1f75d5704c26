"""Many cases at once: rows in any order, persons never added to groups, countries by role, years and timelines."""

from __future__ import annotations

import pytest

from archive.cases import facts, people, recording, subjects
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind, Stance
from index.answers import Filter, Query
from index.overview import DRAWN, Counts, Order, Overview
from tests.index.conftest import Desk

DRAFTS = (
    *(Draft(f"person {letter}", Kind.PERSON) for letter in "abc"),
    Draft("programme", Kind.PROGRAMME),
    Draft("figure", Kind.FIGURE),
    *(Draft(f"case {number}", Kind.CASE) for number in range(1, 6)),
    Draft("flight", Kind.EVENT, "case 1"),
    Draft("return", Kind.EVENT, "case 1"),
    Draft("arrest", Kind.EVENT, "case 2"),
    Draft("handover", Kind.EVENT, "case 4"),
)
ENTRIES = (
    Entry("person a", "name", "Person A"),
    Entry("person b", "name", "Person B"),
    Entry("person c", "name", "丙"),
    Entry("programme", "name", "Net of Examples"),
    Entry("figure", "value", "over 10000"),
    Entry("figure", "host", "TH"),
    Entry("case 1", "person-concerned", "person a"),
    Entry("case 1", "unit", "one named person"),
    Entry("case 1", "outcome", "sentenced", as_of="2018-07"),
    Entry("case 1", "outcome", "returned-forced", as_of="2015-11"),
    Entry("case 1", "programme", "programme"),
    Entry("flight", "event-type", "departure"),
    Entry("flight", "date", "2014-09"),
    Entry("flight", "origin", "CN"),
    Entry("return", "event-type", "transfer"),
    Entry("return", "date", "2015-11-13"),
    Entry("return", "host", "TH"),
    Entry("case 2", "person-concerned", "person a"),
    Entry("case 2", "person-concerned", "person b"),
    Entry("case 2", "outcome", "released", as_of="2012"),
    Entry("arrest", "event-type", "detention"),
    Entry("arrest", "date", "2009/2010"),
    Entry("arrest", "host", "LA"),
    Entry("case 3", "unit", "one unnamed person"),
    Entry("case 3", "host", "TH"),
    Entry("case 4", "unit", "a group"),
    Entry("case 4", "group-size", "over 100"),
    Entry("case 4", "person-concerned", "person c"),
    Entry("handover", "event-type", "group-transfer"),
    Entry("handover", "date", "2015-07"),
    Entry("handover", "host", "TH"),
    Entry("case 5", "name", "A case of which little is known"),
)
CITATION = (1, 0, 9)


@pytest.fixture
def document(desk: Desk) -> str:
    return desk.add("A page that says all of this.", title="A page")


@pytest.fixture
def made(desk: Desk, document: str) -> dict[str, str]:
    return recording.record(desk.archive.db, Citation(document, *CITATION), DRAFTS, ENTRIES, who="desk").made


def overview(desk: Desk, text: str = "", *filters: Filter) -> Overview:
    desk.index.update()
    return desk.index.searcher().overview(Query(text, filters))


def listed(desk: Desk, order: Order, *, descending: bool = False, text: str = "", offset: int = 0) -> list[str]:
    desk.index.update()
    query = Query(text, (Filter("kind", "case"),), limit=100, offset=offset)
    page = desk.index.searcher().cases(query, order, descending=descending)
    assert page.total == len(page.rows) + offset
    return [row.id for row in page.rows]


def test_groups_are_never_added_to_persons(desk: Desk, made: dict[str, str]) -> None:
    counts = overview(desk).counts
    # two different persons in cases 1 and 2, one unnamed in case 3; the group's member stands apart with it
    assert counts == Counts(persons=3, cases=3, groups=1, transfers=1, uncounted=1, no_outcome=3)
    assert counts.all == 5
    assert overview(desk, "", Filter("host", "TH")).counts == Counts(2, 2, 1, 1, 0, 2)
    assert overview(desk, "unheardof").counts == Counts()


def test_persons_that_were_merged_count_once(desk: Desk, made: dict[str, str]) -> None:
    assert overview(desk).counts.persons == 3
    people.merge(desk.archive.db, made["person a"], made["person b"], "the same passport", who="desk")
    assert overview(desk).counts.persons == 2


def test_countries_by_role(desk: Desk, made: dict[str, str]) -> None:
    found = overview(desk)
    assert {one.value: one.count for one in found.countries["host"]} == {"TH": 3, "LA": 1, "": 1}
    assert {one.value: one.count for one in found.countries["origin"]} == {"CN": 1, "": 4}
    assert found.recorded == 5


def test_years_are_those_that_the_filter_finds(desk: Desk, made: dict[str, str]) -> None:
    found = overview(desk)
    assert (found.years[0].year, found.years[-1].year, found.undated) == (2009, 2018, 2)
    for one in found.years:
        assert one.under_way == overview(desk, "", Filter("year", str(one.year))).counts.all, one
    happened = {one.year: one.happened for one in found.years if one.happened}
    assert happened == {2009: 1, 2010: 1, 2014: 1, 2015: 2}


def test_spans_run_from_first_to_last(desk: Desk, made: dict[str, str]) -> None:
    spans = overview(desk).spans
    assert [span.id for span in spans] == [made[case] for case in ("case 2", "case 1", "case 4")]
    assert (spans[1].name, spans[1].first, spans[1].last) == ("Person A", "2014-09-01", "2018-07-31")
    assert (spans[1].began, spans[1].ended) == ("2014-09", "2018-07")
    marks = [(mark.earliest, mark.latest, mark.type) for mark in spans[1].marks]
    assert marks == [("2014-09-01", "2014-09-30", "departure"), ("2015-11-13", "2015-11-13", "transfer")]


def test_too_many_cases_are_not_drawn_one_by_one(desk: Desk, document: str) -> None:
    drafts = [Draft(f"case {at}", Kind.CASE) for at in range(DRAWN + 1)]
    entries = [Entry(draft.handle, "outcome", "released", as_of="2015") for draft in drafts]
    recording.record(desk.archive.db, Citation(document, *CITATION), drafts, entries, who="desk")
    found = overview(desk)
    assert found.counts.all == DRAWN + 1
    assert found.spans == ()
    assert [(one.year, one.under_way) for one in found.years] == [(2015, DRAWN + 1)]


def test_a_row_tells_the_latest_outcome_and_dates_as_recorded(desk: Desk, made: dict[str, str]) -> None:
    desk.index.update()
    (row,) = desk.index.searcher().cases(Query("outcome:sentenced"), "name").rows
    assert (row.id, row.name, row.outcome, row.outcome_date) == (made["case 1"], "Person A", "sentenced", "2018-07")
    assert (row.origins, row.hosts, row.programmes) == (("CN",), ("TH",), ("Net of Examples",))
    assert (row.first, row.last, row.contradictions, row.sources, row.group) == ("2014-09", "2018-07", 0, 1, False)
    assert row.code == subjects.get(desk.archive.db, row.id).code


def test_rows_in_order_with_the_unknown_last(desk: Desk, made: dict[str, str]) -> None:
    dated = [made[case] for case in ("case 2", "case 1", "case 4")]
    assert listed(desk, "first")[:3] == dated
    assert listed(desk, "last", descending=True)[:3] == [made[case] for case in ("case 1", "case 4", "case 2")]
    assert set(listed(desk, "first", descending=True)[3:]) == {made["case 3"], made["case 5"]}
    assert listed(desk, "countries")[0] == made["case 2"]  # to Laos from nowhere recorded
    assert listed(desk, "programme")[0] == made["case 1"]
    assert listed(desk, "outcome")[:2] == [made["case 2"], made["case 1"]]  # Released, Sentenced
    by_name = listed(desk, "name")
    assert by_name[0] == made["case 5"]
    assert listed(desk, "name", offset=2) == by_name[2:]
    assert listed(desk, "code", text="outcome:released") == [made["case 2"]]


def test_contradictions_and_sources(desk: Desk, document: str, made: dict[str, str]) -> None:
    db = desk.archive.db
    other = desk.add("Another page says otherwise.", title="Another")
    again = Citation(other, *CITATION)
    facts.record(db, again, [Entry(made["return"], "date", "2015-12"), Entry(made["case 1"], "host", "TH")], who="desk")
    facts.record(db, again, [Entry(made["case 3"], "host", "TH", stance=Stance.DENIES)], who="desk")
    desk.index.update()
    rows = {row.id: row for row in desk.index.searcher().cases(Query(""), "contradictions", descending=True).rows}
    assert [(rows[made[case]].contradictions, rows[made[case]].sources) for case in ("case 1", "case 3", "case 2")] == [
        (1, 2),
        (1, 2),
        (0, 1),
    ]
    assert listed(desk, "sources", descending=True)[-1] in {made["case 2"], made["case 4"], made["case 5"]}


def test_what_a_source_denies_shows_nowhere(desk: Desk, document: str) -> None:
    drafts = [Draft("case", Kind.CASE), Draft("event", Kind.EVENT, "case")]
    entries = [Entry("case", "outcome", "released"), Entry("event", "date", "2015"), Entry("event", "host", "TH")]
    citation = Citation(document, *CITATION, stance=Stance.DENIES)
    recording.record(desk.archive.db, citation, drafts, entries, who="desk")
    found = overview(desk)
    assert (found.counts, found.undated, found.spans) == (Counts(uncounted=1, no_outcome=1), 1, ())
    assert {one.value for one in found.countries["host"]} == {""}


def test_the_overview_follows_changes(desk: Desk, made: dict[str, str], document: str) -> None:
    assert overview(desk).counts.no_outcome == 3
    citation = Citation(document, *CITATION)
    facts.record(desk.archive.db, citation, [Entry(made["case 3"], "outcome", "released")], who="desk")
    assert overview(desk).counts.no_outcome == 2
    done = recording.record(
        desk.archive.db, citation, [Draft("new", Kind.CASE)], [Entry("new", "unit", "a group")], who="desk"
    )
    assert overview(desk).counts.groups == 2
    recording.undo(desk.archive.db, done, who="desk")
    assert overview(desk).counts.groups == 1
    desk.index.rebuild()
    assert overview(desk).counts == Counts(persons=3, cases=3, groups=1, transfers=1, uncounted=1, no_outcome=2)


def test_before_there_is_anything(desk: Desk) -> None:
    before = desk.index.searcher().overview(Query(""))
    assert "not-indexed" in before.notes
    assert desk.index.searcher().cases(Query(""), "name").total == 0
    found = overview(desk)
    assert (found.recorded, found.counts, found.years, found.spans) == (0, Counts(), (), ())
    assert listed(desk, "name") == []


def test_what_is_new_and_named_by_what_is_new_counts_once(desk: Desk, document: str) -> None:
    desk.index.update()
    recording.record(desk.archive.db, Citation(document, *CITATION), DRAFTS, ENTRIES, who="desk")
    found = overview(desk)
    assert (found.recorded, found.counts.all) == (5, 5)
    assert {one.value: one.count for one in found.countries["host"]} == {"TH": 3, "LA": 1, "": 1}
