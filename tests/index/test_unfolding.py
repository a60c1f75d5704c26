"""Further passages of a hit: those that truly hold what is sought, each where it stands, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable

from index import folding
from index.answers import Hit, Query, Unfolded
from tests.index.conftest import Desk

FILLER = "something else that goes on for longer than passages overlap " * 4


def under(desk: Desk, text: str) -> tuple[Hit, Unfolded]:
    """The first hit and what is under it; the counts say the same."""
    desk.index.update()
    query = Query(text, widen="none", fold=True)
    searcher = desk.index.searcher()
    hit = searcher.first(query).hits[0]
    unfolded = searcher.unfolded(query, hit)
    counted = {one.record: (one.passages, one.near) for one in searcher.beneath(query, [hit])}
    assert counted.get(hit.id, (0, 0)) == (len(unfolded.passages), len(unfolded.near))
    return hit, unfolded


def pages(found: tuple[Hit, Unfolded]) -> set[int]:
    hit, unfolded = found
    listed = [one.page for one in unfolded.passages]
    assert listed == sorted(set(listed))
    assert hit.page not in listed
    return {hit.page, *listed}


def test_every_page_that_matches_is_listed_once_with_its_passage(desk: Desk) -> None:
    texts = [f"{FILLER} {words} {FILLER}" for words in ("red", "nothing", "a red, red flag", "nothing", "red")]
    identity = desk.add(*texts)
    found = under(desk, "red")
    assert pages(found) == {1, 3, 5}
    whole = "".join(texts)
    for one in (found[0], *found[1].passages):
        assert one.id == identity
        assert "red" in whole[one.passage.start : one.passage.end]
        assert next(one.snippet.text[start:end] for start, end in one.snippet.marks) == "red"


def test_a_page_before_one_that_begins_with_the_word_is_not_listed(desk: Desk) -> None:
    desk.add(f"plain {FILLER}", f"red {FILLER}", f"plain {FILLER}", f"red red {FILLER}", f"plain {FILLER}")
    assert pages(under(desk, "red")) == {2, 4}


def test_a_page_that_only_the_title_belongs_to_is_not_listed(desk: Desk) -> None:
    desk.add(f"plain {FILLER}", f"{FILLER} red", f"{FILLER} red", title="The red book")
    hit, unfolded = under(desk, "red")
    assert {one.page for one in unfolded.passages} - {hit.page} == {2, 3}


def test_a_phrase_over_the_edge_of_a_page_stands_where_it_begins(desk: Desk) -> None:
    desk.add(f"{FILLER} red", f"notice {FILLER}", f"{FILLER} red notice {FILLER}")
    assert pages(under(desk, '"red notice"')) == {1, 3}


def test_a_document_of_one_page_and_a_list_of_all_have_nothing_further(desk: Desk) -> None:
    desk.add("red red red")
    assert under(desk, "red")[1].passages == ()
    assert under(desk, "")[1].passages == ()


def test_no_more_than_so_many_are_looked_up(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.add(*(f"{FILLER} red {number}" for number in range(folding.MOST + 20)))
    hit, unfolded = under(desk, "red")
    assert len(unfolded.passages) == folding.MOST
    query = Query("red", widen="none", fold=True)
    assert len(desk.index.searcher().unfolded(query, hit, most=3).passages) == 3
