"""What an answer says it could not look into, and that its lists hold exactly that."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from archive.connect import writing
from archive.records import Verdict
from index import coverage
from index.answers import Filter, Query
from index.coverage import Coverage, Gap
from tests.index.conftest import Desk

NONE, POOR = Verdict.NONE, Verdict.POOR


def covered(desk: Desk, *filters: Filter, text: str = "boat") -> Coverage:
    desk.index.update()
    return desk.index.searcher().coverage(Query(text, filters))


def filled(desk: Desk) -> Desk:
    desk.add("a boat", language="en", countries=("TH",), published="2015")
    desk.add("", "", "", verdict=NONE, reason="no-text-layer", title="Scan")
    desk.add("", "", verdict=NONE, reason="no-text-layer", title="Other scan", published="2016")
    desk.add("", verdict=NONE, reason="password", countries=("LA",))
    desk.add("a boat", "", verdict=POOR, reason="pages-without-text", detail="1 of 2 pages without text", language="en")
    desk.add("b0at", verdict=POOR, reason="garbled-text", language="en")
    desk.add("кеме", language="kk")
    desk.add("船", language="zh-Hans")
    return desk


def test_everything_that_may_be_missed_is_counted(desk: Desk) -> None:
    found = covered(filled(desk))
    assert found.documents == 8
    assert found.gaps == (
        Gap("no-text", 2, 5),
        Gap("locked", 1),
        Gap("in-part", 1, 1),
        Gap("poor-text", 1),
        Gap("no-word-analysis", 1),
    )
    assert found.waiting == 0
    assert not found.complete


def test_the_words_of_a_query_change_nothing(desk: Desk) -> None:
    filled(desk)
    assert covered(desk, text="").gaps == covered(desk, text="nowhere to be found").gaps


def test_an_archive_without_gaps_is_complete(desk: Desk) -> None:
    desk.add("a boat", language="en")
    assert covered(desk).complete


def test_filters_narrow_what_could_be_missed(desk: Desk) -> None:
    filled(desk)
    assert covered(desk, Filter("kind", "case")).gaps == ()
    assert covered(desk, Filter("language", "kk", exclude=True)).gaps[-1] == Gap("poor-text", 1)
    # a scan without a date may be of 2015, the one of 2016 is not; one that is locked is of no known year either
    assert covered(desk, Filter("year", "2015")).gaps[:2] == (Gap("no-text", 1, 3), Gap("locked", 1))


def test_what_lacks_a_value_may_have_the_one_that_is_asked_for(desk: Desk) -> None:
    filled(desk)
    assert covered(desk, Filter("language", "zh")).gaps == (Gap("no-text", 2, 5), Gap("locked", 1))
    assert covered(desk, Filter("country", "TH")).gaps[0] == Gap("no-text", 2, 5)
    assert "locked" not in [gap.code for gap in covered(desk, Filter("country", "TH")).gaps]


def test_what_the_index_does_not_know_is_waiting(desk: Desk) -> None:
    first = desk.add("a boat")
    desk.index.update()
    desk.add("another boat")
    with writing(desk.archive.db):
        desk.archive.db.execute("UPDATE document SET title = 'x' WHERE uuid = ?", (first,))
        desk.archive.db.execute("UPDATE document SET title = 'y' WHERE uuid = ?", (first,))
    found = desk.index.searcher().coverage(Query(""))
    assert found.waiting == 2
    assert not found.complete


def test_an_archive_that_was_never_indexed_waits_as_a_whole(desk: Desk) -> None:
    desk.add("a boat")
    desk.add("another")
    assert desk.index.searcher().coverage(Query("boat")).waiting == 2


FILTERS = st.lists(
    st.builds(
        Filter,
        st.sampled_from(("language", "country", "year", "searchable", "kind")),
        st.sampled_from(("", "en", "kk", "TH", "2015", "2014/2016", "document", "no-text")),
        st.booleans(),
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(filters=FILTERS)
def test_a_list_holds_exactly_what_was_counted(desk: Desk, filters: list[Filter]) -> None:
    if not desk.archive.db.execute("SELECT 1 FROM document").fetchone():
        filled(desk)
    query = Query("boat", tuple(filters), "relevance", 20, 40)
    found = covered(desk, *filters)
    searcher = desk.index.searcher()
    for gap in found.gaps:
        listed = coverage.listing(query, gap.code)
        assert searcher.totals(listed).total == len(searcher.first(listed).hits) == gap.records


def test_a_gap_can_be_asked_for_in_the_query(desk: Desk) -> None:
    filled(desk)
    assert len(desk.found("searchable:no-text")) == 2
    assert len(desk.found("boat searchable:in-part")) == 1
    assert len(desk.found("NOT searchable:in-full")) == 6


def test_a_document_that_was_read_anew_is_no_gap_any_more(desk: Desk) -> None:
    identity = desk.add("", verdict=NONE, reason="password")
    assert covered(desk).gaps == (Gap("locked", 1),)
    with writing(desk.archive.db):
        desk.archive.db.execute("UPDATE text_version SET verdict = 'good', reason = ''")
        desk.archive.db.execute("UPDATE document SET title = 'Open' WHERE uuid = ?", (identity,))
    assert covered(desk).complete
