"""The explanation of a hit adds up to the score that placed it, and says whether other forms were needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.answers import Query
from tests.index.conftest import Desk


@pytest.fixture(scope="module")
def shelf(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    desk.add("The lantern of the harbour. A lantern.", "Boats came.", title="Lantern", language="en")
    desk.add("Boats and lanterns in the harbour.", title="Boats", language="en")
    for at in range(8):
        desk.add(f"Nothing about it, paper {at}.", title="other", language="en")
    desk.index.update()
    return desk


@pytest.mark.parametrize("text", ["lantern", "lantern harbour", "lantern OR boats", '"the harbour" lantern*'])
def test_the_parts_add_up_to_the_score(shelf: Desk, text: str) -> None:
    searcher = shelf.index.searcher()
    for hit in searcher.first(Query(text, widen="none")).hits:
        why = searcher.explain(Query(text, widen="none"), hit.id)
        assert why is not None
        assert why.score == pytest.approx(hit.score, abs=0.01)
        assert why.as_typed
        assert not why.any_word


def test_it_says_where_and_through_what(shelf: Desk) -> None:
    searcher = shelf.index.searcher()
    first, second = searcher.first(Query("lantern")).hits
    why = searcher.explain(Query("lantern"), first.id)
    assert why is not None
    assert [(part.words, part.way, part.fields, part.passages) for part in why.parts] == [
        ("lantern", "", ("body", "title"), 1)
    ]
    other = searcher.explain(Query("lantern"), second.id)
    assert other is not None
    assert not other.as_typed
    assert [(part.words, part.way) for part in other.parts] == [("lanterns", "stem")]


@pytest.mark.parametrize(
    "text",
    ["lantern boats", "(lantern fog) OR boats", "boats boats", "lantern* harbour OR other", "boats OR kind:case"],
)
def test_only_what_counts_is_listed(shelf: Desk, text: str) -> None:
    """FTS5 counts what stands below an And only where all of it does, and what was written twice twice."""
    searcher = shelf.index.searcher()
    hits = searcher.first(Query(text)).hits
    assert hits
    for hit in hits:
        why = searcher.explain(Query(text), hit.id)
        assert why is not None
        assert why.score == pytest.approx(hit.score, abs=0.01) or not hit.score  # no passage holds all of it
        assert why.parts


def test_any_word_and_no_word(shelf: Desk) -> None:
    searcher = shelf.index.searcher()
    relaxed = searcher.first(Query("lantern nosuchword")).hits[0]
    why = searcher.explain(Query("lantern nosuchword"), relaxed.id)
    assert why is not None
    assert why.any_word
    listed = searcher.explain(Query(""), relaxed.id)
    assert listed is not None
    assert listed.parts == ()
    assert searcher.explain(Query("lantern"), "00000000-0000-4000-8000-000000000000") is None
