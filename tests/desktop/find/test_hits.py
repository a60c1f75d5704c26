"""The list of hits: pages fetched when shown, one at a time, whatever order they come in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester

from archive.records import Passage
from desktop.find.hits import HIT, KEPT, PAGE, Hits
from index.answers import Answer, Hit, Query, Snippet

pytestmark = pytest.mark.usefixtures("qapp")


def hit(number: int) -> Hit:
    passage = Passage(str(number), 1, 0, 1)
    return Hit("document", str(number), Snippet(f"Title {number}"), "", "", (), "", 1.0, Snippet(""), passage, 0)


def answer(query: Query, total: int) -> Answer:
    last = min(total, query.offset + query.limit)
    return Answer(query, "", False, tuple(hit(number) for number in range(query.offset, last)), 1.0)


class Listed:
    """A model over so many hits, whose wishes are noted and answered when asked to."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.model = Hits()
        if total < 1_000:  # Qt's own test of a model looks at every row at every change
            self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        self.wishes: list[Query] = []
        self.model.wanted.connect(self.wishes.append)
        self.model.start(answer(Query("x"), total))
        self.model.set_total(total)
        self.settle()

    def settle(self) -> None:
        """Answer every wish until there is none."""
        QCoreApplication.processEvents()
        while self.wishes:
            self.model.fill(answer(self.wishes.pop(0), self.total))
            QCoreApplication.processEvents()

    def look_at(self, row: int) -> Hit | None:
        found: Hit | None = self.model.data(self.model.index(row), HIT)
        return found


def test_the_first_hits_are_there_at_once_and_the_rest_is_fetched_when_shown() -> None:
    listed = Listed(100_000)
    assert listed.model.rowCount() == 100_000
    first = listed.look_at(19)
    assert first is not None
    assert first.id == "19"
    assert listed.look_at(77_777) is None
    QCoreApplication.processEvents()
    (wish,) = listed.wishes
    assert wish == Query("x", (), "relevance", PAGE, 77_777 // PAGE * PAGE)
    listed.settle()
    found = listed.look_at(77_777)
    assert found is not None
    assert found.id == "77777"


def test_while_one_page_comes_no_other_is_asked_for_and_what_was_scrolled_past_never_is() -> None:
    listed = Listed(100_000)
    for page in range(100):
        listed.look_at(page * PAGE + 5_000)
        QCoreApplication.processEvents()
    assert len(listed.wishes) == 1
    asked = []
    while listed.wishes:
        asked.append(listed.wishes[0].offset)
        listed.model.fill(answer(listed.wishes.pop(0), listed.total))
        QCoreApplication.processEvents()
    assert len(asked) <= 4
    assert asked[1] == 99 * PAGE + 5_000


def test_a_page_of_an_older_query_is_left_aside() -> None:
    listed = Listed(1_000)
    listed.look_at(500)
    QCoreApplication.processEvents()
    late = answer(listed.wishes.pop(), 1_000)
    listed.model.start(answer(Query("y"), 1_000))
    listed.model.set_total(1_000)
    listed.model.fill(late)
    assert listed.model.hit(500) is None


def test_only_so_many_pages_are_kept_and_forgotten_ones_come_again() -> None:
    listed = Listed(100_000)
    for page in range(KEPT + 5):
        listed.look_at((page + 1) * PAGE)
        listed.settle()
    assert listed.model.hit(PAGE) is None
    assert listed.look_at(PAGE) is None
    listed.settle()
    found = listed.look_at(PAGE)
    assert found is not None
    assert found.id == str(PAGE)


@settings(max_examples=40)
@given(total=st.integers(0, 300), rows=st.lists(st.integers(0, 299), max_size=12))
def test_every_row_shows_its_own_hit(total: int, rows: list[int]) -> None:
    listed = Listed(total)
    for row in rows:
        listed.look_at(row)
        listed.settle()
        found = listed.look_at(row)
        assert (found.id if found else None) == (str(row) if row < total else None)
        assert listed.model.row_of(str(row)) == (row if row < total else None)


def test_a_total_smaller_than_what_was_shown_shortens_the_list() -> None:
    listed = Listed(20)
    listed.model.set_total(7)
    assert listed.model.rowCount() == 7
    assert listed.model.hit(7) is None


def test_a_screen_reader_is_told_title_date_language_and_passage() -> None:
    model = Hits()
    passage = Passage("1", 1, 0, 1)
    whole = Hit("document", "1", Snippet("Boats"), "2019", "ug", (), "", 1.0, Snippet("nine boats"), passage, 0)
    model.start(Answer(Query(""), "", False, (whole,), 1.0))
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Boats. 2019. Uyghur. nine boats"
