"""A drawn page has its marks where the words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import pdf_page
from archive.reading.pdf import PageText
from archive.reading.render import Mark, Rectangle, Rendering
from archive.reading.source import Source, Unreadable
from tests.archive.reading.made_pdf import made_pdf

LINES = [(50.0, 500.0, "The words of the first line"), (50.0, 100.0, "and the words of the last")]


def drawn(data: bytes, page: int = 1, scale: float = 1.0, *marks: Mark) -> Rendering:
    return pdf_page.render(Source.of_bytes("file.pdf", "application/pdf", data), page, scale, marks)


def dark(rendering: Rendering, box: Rectangle) -> int:
    """How many pixels in the box are darker than grey."""
    rows = range(max(0, box.top), min(rendering.height, box.bottom))
    columns = range(max(0, box.left), min(rendering.width, box.right))
    return sum(rendering.pixels[(row * rendering.width + column) * 4] < 128 for row in rows for column in columns)


def everywhere(rendering: Rendering) -> Rectangle:
    return Rectangle(0, 0, 0, rendering.width, rendering.height)


@pytest.mark.parametrize(("rotation", "scale"), [(0, 1.0), (0, 2.5), (90, 1.0), (180, 1.5), (270, 1.0)])
def test_marks_lie_on_the_words_whichever_way_the_page_is_turned(rotation: int, scale: float) -> None:
    data = made_pdf([LINES], rotation=rotation)
    whole = drawn(data, 1, scale, Mark("The words of the first line"), Mark("and the words of the last"))
    assert len(whole.pixels) == whole.width * whole.height * 4
    assert [box.mark for box in whole.rectangles] == [0, 1]
    ink = dark(whole, everywhere(whole))
    assert ink > 0
    assert sum(dark(whole, box) for box in whole.rectangles) >= 0.95 * ink
    area = sum((box.right - box.left) * (box.bottom - box.top) for box in whole.rectangles)
    assert area < 0.1 * whole.width * whole.height


def test_offsets_choose_the_place_and_without_them_every_place_is_marked() -> None:
    data = made_pdf([LINES])
    text = "The words of the first line\nand the words of the last"
    second = text.rindex("words")
    [here] = drawn(data, 1, 1, Mark("words", second, second + 5)).rectangles
    assert here.top > 300, "it is the one at the foot of the page"
    assert len(drawn(data, 1, 1, Mark("words")).rectangles) == 2
    [near] = drawn(data, 1, 1, Mark("words", second - 3, second + 2)).rectangles
    assert near == here, "offsets that do not fit lead to the nearest place"
    assert drawn(data, 1, 1, Mark("absent")).rectangles == ()


def test_a_passage_over_a_line_end_has_a_rectangle_on_each_line() -> None:
    data = made_pdf([[(50, 500, "They spoke of a kid-"), (50, 486, "napping in the city")]])
    boxes = drawn(data, 1, 1, Mark("kidnapping")).rectangles
    assert len(boxes) == 2
    assert boxes[0].top < boxes[1].top


def test_the_size_is_bounded_and_a_page_that_is_not_there_refused() -> None:
    data = made_pdf([LINES])
    large = drawn(data, 1, 1000.0)
    assert large.width * large.height <= 41_000_000
    assert (large.page_width, large.page_height, large.pages) == (400, 600, 1)
    for page in (0, 2):
        with pytest.raises(Unreadable) as refusal:
            drawn(data, page)
        assert refusal.value.reason == "no-such-page"


texts = st.text("ab \né中", max_size=30)


@given(texts, texts, st.integers(-1, 40), st.integers(-1, 40))
def test_places_lie_on_the_page(text: str, quote: str, start: int, end: int) -> None:
    page = PageText(text, list(range(100, 100 + len(text))))
    for first, last in pdf_page.places(page, Mark(quote, start, end)):
        assert 100 <= first <= last < 100 + len(text)
        found = text[first - 100 : last - 99]
        assert "".join(found.split()) == "".join(quote.split())
