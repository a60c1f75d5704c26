"""Pages and pictures come back drawn from a worker, with their marks, or with the reason why not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.errors import Cancelled
from archive.reading.limits import Limits
from archive.reading.process import ReadingProcess
from archive.reading.render import PIXELS, Mark, fitted
from archive.reading.source import Unreadable
from tests.archive.reading.collected import Collected, stored
from tests.archive.reading.made_pdf import made_pdf


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with ReadingProcess() as process:
        yield process


sizes = st.floats(0.01, 1e6)


@given(sizes, sizes, st.floats(0.001, 1000))
def test_a_scale_is_only_ever_lowered_to_fit(width: float, height: float, scale: float) -> None:
    factor = fitted(width, height, scale)
    assert 0 < factor <= scale
    assert width * height * factor**2 <= PIXELS * 1.001
    assert factor == scale or width * height * scale**2 > PIXELS * 0.999


@pytest.mark.parametrize(("width", "height", "scale"), [(0, 1, 1), (1, -1, 1), (1, 1, 0), (float("nan"), 1, 1)])
def test_what_has_no_size_is_refused(width: float, height: float, scale: float) -> None:
    with pytest.raises(Unreadable):
        fitted(width, height, scale)


def test_a_page_and_a_picture_come_back_drawn(process: ReadingProcess, tmp_path: Path) -> None:
    data = made_pdf([[(50, 500, "Other words")], [(50, 500, "The words that are sought")]])
    text = process.read("f.pdf", stored(data), Collected(), lambda: False).pages[1].text
    start = text.index("words")
    page = process.render("f.pdf", stored(data), 2, 1.5, [Mark("words", start, start + 5), Mark("sought")])
    assert (page.width, page.height, page.page, page.pages) == (600, 900, 2, 2)
    assert (page.page_width, page.page_height) == (400, 600)
    assert len(page.pixels) == 600 * 900 * 4
    assert [box.mark for box in page.rectangles] == [0, 1]
    assert page.rectangles[0].right <= page.rectangles[1].left

    held = io.BytesIO()
    Image.new("RGB", (30, 20), (9, 8, 7)).save(held, "PNG")
    place = tmp_path / "picture.bin"
    place.write_bytes(held.getvalue())
    picture = process.render("picture.bin", place, 1, 1.0)
    assert (picture.width, picture.height, picture.pixels[:4]) == (30, 20, b"\x09\x08\x07\xff")


def test_what_cannot_be_drawn_says_why(process: ReadingProcess, tmp_path: Path) -> None:
    def reason(data: bytes, page: int = 1, scale: float = 1.0) -> str:
        rendering = process.render("file", stored(data), page, scale)
        assert (rendering.width, rendering.pixels) == (0, b"")
        return rendering.reason

    data = made_pdf([[(50, 500, "Words")]])
    assert reason(data, 2) == "no-such-page"
    assert reason(data, 1, -1.0) == "damaged"
    assert reason(data[:100]) == "damaged"
    assert reason(b"only words") == "unknown-type"
    assert process.render("gone.pdf", tmp_path / "gone.pdf", 1, 1.0).reason == "cannot-open"


def test_drawing_can_be_cancelled_and_too_little_memory_is_said() -> None:
    data = made_pdf([[(50, 500, "Words")]])
    with ReadingProcess(Limits(memory_bytes=120 << 20)) as small:
        with pytest.raises(Cancelled):
            small.render("f.pdf", stored(data), 1, 1.0, cancelled=lambda: True)
        assert small.render("f.pdf", stored(data), 1, 1000.0).reason in ("memory", "damaged", "crashed")
        assert small.render("f.pdf", stored(data), 1, 1.0).width == 400
