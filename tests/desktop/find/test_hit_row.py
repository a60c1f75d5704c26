"""A painted hit: its marks stand where they should, in any script and any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem

from archive.records import Passage
from desktop.find.hit_row import HitDelegate, begun_later, facts
from desktop.find.hits import Hits
from desktop.theme import choose_scheme, current_theme
from index.answers import Answer, Hit, Query, Snippet

# A sample of scripts: every further one makes the font system look for a font, which takes long.
LETTERS = "ab cZé中文国大陆ئۇيغۇرבད་ྱी𠀀\u200f\u0301\n\t\0"
TEXT = st.text(st.sampled_from(LETTERS), max_size=200)


def made(title: Snippet, snippet: Snippet, **more: object) -> Hit:
    fields: dict[str, object] = {"date": "2019", "language": "en", "countries": (), "type": "report", **more}
    return Hit("document", "1", title, score=1.0, snippet=snippet, passage=Passage("1", 1, 0, 1), page=0, **fields)  # type: ignore[arg-type]


def painted(hit: Hit, width: int = 400) -> QImage:
    view = QListView()
    model = Hits(view)
    model.start(Answer(Query("x"), "", False, (hit,), 1.0))
    delegate = HitDelegate(view)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.widget = view
    option.font = view.font()
    option.rect.setRect(0, 0, width, delegate.height(view.font()))
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(current_theme().base)
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return image


def columns_of(image: QImage, colour: QColor) -> list[int]:
    """The columns that hold this very colour."""
    return [x for x in range(image.width()) if any(image.pixel(x, y) == colour.rgb() for y in range(image.height()))]


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    choose_scheme("light")


def test_the_mark_of_a_right_to_left_title_is_painted_at_its_right() -> None:
    theme = current_theme()
    left = columns_of(painted(made(Snippet("lantern", ((0, 7),)), Snippet(""))), theme.hit)
    right = columns_of(painted(made(Snippet("چىراغ", ((0, 5),)), Snippet(""))), theme.hit)
    assert max(left) < 200 < min(right)


def test_a_mark_beyond_a_narrow_column_is_shown_all_the_same() -> None:
    text = "word " * 60 + "lantern at the end"
    hit = made(Snippet("Title"), Snippet(text, ((300, 307),)))
    assert columns_of(painted(hit, 260), current_theme().hit)


@settings(max_examples=40)
@given(title=TEXT, text=TEXT, marks=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=4))
def test_any_text_with_any_marks_can_be_painted(title: str, text: str, marks: list[tuple[int, int]]) -> None:
    spans = tuple(sorted((min(a, b, len(text)), min(max(a, b), len(text))) for a, b in marks))
    assert not painted(made(Snippet(title), Snippet(text, spans)), 120).isNull()


@given(text=TEXT, at=st.integers(0, 399), length=st.integers(1, 20))
def test_a_snippet_begun_later_marks_the_same_words(text: str, at: int, length: int) -> None:
    start = min(at, len(text))
    end = min(len(text), start + length)
    later = begun_later(Snippet(text, ((start, end),)))
    assert later.text[later.marks[0][0] : later.marks[0][1]] == text[start:end]


def test_the_line_of_facts_says_what_is_not_recorded_and_how_a_hit_was_found() -> None:
    hit = made(Snippet("T"), Snippet(""), date="", countries=("TH",), matched_by=("traditional",), language="zh-Hant")
    said = facts(hit)
    assert "no date" in said
    assert "Thailand" in said
    assert "Traditional Chinese" in said
    assert "found by: simplified or traditional characters" in said


def test_a_mark_in_a_tall_script_hides_nothing_of_the_next_line() -> None:
    """What is painted below the first line of the passage is the same with and without a mark in that line."""
    text = "བོད་ཡིག " + "lantern " * 60
    plain, marked = (painted(made(Snippet("T"), Snippet(text, marks)), 300) for marks in ((), ((0, 7),)))
    rows = [y for y in range(plain.height()) if any(plain.pixel(x, y) != marked.pixel(x, y) for x in range(300))]
    assert rows
    assert max(rows) - min(rows) < QFontMetrics(QApplication.font()).lineSpacing() * 1.3
