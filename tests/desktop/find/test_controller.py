"""What is said about a query, and what is proposed where nothing was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.find.controller import similarly, understood
from index.answers import Answer, Query
from index.language import understand


def answer(text: str, read: str, *, relaxed: bool = False, notes: tuple[str, ...] = ()) -> Answer:
    return Answer(Query(text), read, relaxed, (), 1.0, notes)


def test_what_was_taken_as_typed_needs_no_words() -> None:
    assert understood(answer("  Red   notice ", "red notice")) == []


def test_what_was_read_otherwise_relaxed_or_limited_is_said() -> None:
    said = understood(answer("a b", "a OR b", relaxed=True, notes=("newest-first",)))
    assert len(said) == 3
    assert "some of them" in said[0]
    assert "a OR b" in said[1]


def test_similar_spelling_is_proposed_for_plain_words_only() -> None:
    assert similarly("lantrn of boats") == "lantrn~ of boats~"
    for text in ("", "a b", '"red notice"', "title:boats", "boat*", "2015"):
        assert similarly(text) == ""


@given(st.text())
def test_what_is_proposed_is_another_query(text: str) -> None:
    proposed = similarly(text)
    assert proposed != text or not text
    assert understand(proposed) is not None
