"""A list searched line by line: what a line may hold, what is told of it, and that nothing of it is syntax."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import recording
from archive.cases.recording import Draft
from archive.cases.records import Citation, Entry, Kind
from archive.errors import Cancelled
from index import listing
from index.answers import Filter, Query
from index.language import LONGEST, understand
from index.listing import Line, LineCounts, literal
from index.tree import Phrase
from tests.index.conftest import Desk


def searched(desk: Desk, *texts: str, filters: tuple[Filter, ...] = (), sound: bool = False) -> list[LineCounts]:
    desk.index.update()
    lines = (Line(number, text) for number, text in enumerate(texts, 1))
    return list(listing.search(desk.index.searcher(), lines, filters, sound=sound))


def filled(desk: Desk) -> Desk:
    desk.add("Anna Example met Ben Sample.", title="First", published="2015", language="en")
    desk.add("Ben Sample and ANNA  EXAMPLE again", title="Second", language="en")
    desk.add("红色通报", title="通报", language="zh")
    desk.add("ۋادىدىكى چىراغ", language="ug")
    return desk


def test_each_line_is_counted_as_it_is_written(desk: Desk) -> None:
    found = searched(filled(desk), "Anna Example", "example anna", "紅色通報", "چىراغ", "Nobody")
    assert [one.counted.exact for one in found] == [2, 0, 1, 1, 0]
    assert {hit.title for hit in found[0].counted.best} == {"First", "Second"}
    assert found[4].counted.best == ()


def test_what_is_not_searched_is_not_told_as_none(desk: Desk) -> None:
    (one,) = searched(filled(desk), "Anna Example")
    assert (one.counted.name, one.counted.sound) == (0, None)


def test_other_names_and_what_sounds_alike_are_counted_apart(desk: Desk) -> None:
    note = desk.add("Yang Benren, 样本人", title="note")
    desk.add("样本人写信。", title="another name")
    desk.add("杨本仁写信。", title="same sound")
    entries = [Entry("person", "name", name) for name in ("Yang Benren", "样本人")]
    recording.record(desk.archive.db, Citation(note, 1, 0, 4), (Draft("person", Kind.PERSON),), entries, who="desk")
    desk.index.update()
    (one,) = searched(desk, "Yang Benren", sound=True)
    # the note, and the record of the person
    assert (one.counted.exact, one.counted.name, one.counted.sound) == (2, 1, 1)


def test_filters_hold_for_every_line(desk: Desk) -> None:
    found = searched(filled(desk), "Ben Sample", "红色通报", filters=(Filter("year", "2015"),))
    assert [one.counted.exact for one in found] == [1, 0]


def test_a_line_is_never_syntax(desk: Desk) -> None:
    desk.add('He said "Anna OR Ben" and -not title:x', title="x")
    hostile = ('"Anna OR Ben"', "“Anna OR Ben”", "Anna* OR", "-Anna", "title:x", "NOT Anna", "Ann? OR", '"', "(", "a~2")
    found = searched(desk, *hostile)
    assert [one.counted.exact for one in found] == [1, 1, 1, 1, 1, 0, 0, None, None, 0]


@given(st.text())
def test_any_text_becomes_one_phrase_or_none(text: str) -> None:
    tree = understand(literal(text)).tree
    assert tree is None or (isinstance(tree, Phrase) and tree.near is None and not tree.column)
    assert "plain-words" not in understand(literal(text)).notes


@given(st.text(max_size=40))
def test_a_text_with_words_finds_what_plain_words_find_side_by_side(text: str) -> None:
    from index import text as texts

    assert (understand(literal(text)).tree is None) == (not texts.words(text.translate(listing.SIGNS)))


def test_lines_without_words_blank_ones_and_repeated_ones(desk: Desk) -> None:
    found = searched(filled(desk), "Anna Example", "", "  ", "---", "anna EXAMPLE", "Ánna Example")
    assert [(one.line.number, one.note) for one in found] == [
        (1, ""), (4, "no-words"), (5, "repeated:1"), (6, "")
    ]  # fmt: skip
    assert found[1].counted.exact is None
    assert found[2].counted == found[0].counted


def test_a_very_long_line_is_searched_by_its_beginning_and_that_is_said(desk: Desk) -> None:
    found = searched(filled(desk), "Anna Example " * 500)
    assert found[0].note == "cut"
    assert len(literal("Anna Example " * 500)) > LONGEST


def test_an_archive_that_was_never_indexed_tells_no_counts(desk: Desk) -> None:
    desk.add("Anna Example")
    (one,) = listing.search(desk.index.searcher(), [Line(1, "Anna Example")])
    assert one.counted.exact is None


def test_lines_are_taken_one_at_a_time_and_it_can_be_stopped(desk: Desk) -> None:
    filled(desk)
    desk.index.update()
    taken: list[int] = []

    def endless() -> Iterator[Line]:
        number = 0
        while True:
            number += 1
            taken.append(number)
            yield Line(number, f"Anna {number}")

    found = listing.search(desk.index.searcher(), endless(), cancelled=lambda: len(taken) > 5)
    with pytest.raises(Cancelled):
        for _ in found:
            pass
    assert len(taken) == 6


def test_what_is_remembered_of_a_long_list_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "REMEMBERED", 2)
    found = searched(filled(desk), "Anna", "Ben", "Anna", "Nobody", "Ben", "Anna")
    assert [one.note for one in found] == ["", "", "repeated:1", "", "", ""]
    assert [one.counted.exact for one in found] == [2, 2, 2, 0, 2, 2]


def test_a_count_is_that_of_the_same_query_typed(desk: Desk) -> None:
    filled(desk)
    for text in ("Anna Example", "紅色", "چىراغ"):
        (one,) = searched(desk, text)
        assert one.counted.exact == desk.index.searcher().totals(Query(literal(text))).total
