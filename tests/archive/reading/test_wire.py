"""What is sent arrives as it was, and nothing that arrives can be anything but a message or Malformed."""

from __future__ import annotations

import json
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import wire
from archive.reading.render import Mark, Rectangle, Rendering
from archive.reading.result import Member, Page, Reading
from archive.reading.source import Budget
from archive.records import Metadata, Relation, Verdict

LIMIT = 1 << 20
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
readings = st.builds(
    Reading,
    media_type=words,
    metadata=st.builds(
        Metadata,
        **dict.fromkeys(
            ("title", "publisher", "published", "published_words", "language", "source_url", "type"), words
        ),
        authors=st.lists(words, max_size=3).map(tuple),
        countries=st.lists(words, max_size=3).map(tuple),
    ),
    pages=st.lists(st.builds(Page, st.integers(0, 10**6), words), max_size=5).map(tuple),
    verdict=st.sampled_from(Verdict),
    reason=words,
    detail=words,
    extractor=words,
    notes=st.lists(words, max_size=3).map(tuple),
)
members = st.builds(
    Member,
    name=words,
    raw_name=st.none() | st.binary(max_size=30),
    relation=st.sampled_from(Relation),
    media_type=words,
)


class Line:
    """A pipe whose frames wait in memory; it refuses long ones as a Connection does."""

    def __init__(self, *frames: bytes) -> None:
        self.frames = deque(frames)

    def send_bytes(self, buf: bytes) -> None:
        self.frames.append(bytes(buf))

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        if not self.frames:
            raise EOFError
        frame = self.frames.popleft()
        if maxlength is not None and len(frame) > maxlength:
            raise OSError("bad message length")
        return frame


@given(readings)
def test_a_reading_arrives_as_it_was(reading: Reading) -> None:
    line = Line()
    wire.send_reading(line, reading)
    assert wire.receive_answer(line, LIMIT) == reading
    assert not line.frames


@given(members)
def test_a_member_arrives_as_it_was(member: Member) -> None:
    line = Line()
    wire.send_member(line, member)
    assert wire.receive_answer(line, LIMIT) == member


@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.tuples(*[st.integers(-50, 50)] * 5)), words)
def test_a_rendering_arrives_as_it_was(width: int, height: int, places: list[tuple[int, ...]], reason: str) -> None:
    rendering = Rendering(
        width=width,
        height=height,
        pixels=bytes(width * height * 4),
        page=2,
        pages=3,
        page_width=595.28,
        page_height=841.89,
        rectangles=tuple(Rectangle(*place) for place in places),
        reason=reason,
    )
    line = Line()
    wire.send_rendering(line, rendering)
    assert wire.receive_answer(line, LIMIT) == rendering


@given(st.binary(min_size=1, max_size=100), st.booleans(), words)
def test_the_bytes_of_a_member_and_its_end_arrive(chunk: bytes, complete: bool, reason: str) -> None:
    line = Line()
    wire.send(line, "chunk", chunk)
    wire.send(line, "ended", complete=complete, reason=reason)
    wire.send(line, "more", start=7)
    assert wire.receive_answer(line, LIMIT) == chunk
    assert wire.receive_answer(line, LIMIT) == wire.Ended(complete, reason)
    assert wire.receive_answer(line, LIMIT) == wire.More(7)


@given(st.builds(Budget), st.lists(st.builds(Mark, words, st.integers(-1, 99), st.integers(-1, 99))))
def test_a_request_arrives_as_it_was(budget: Budget, marks: list[Mark]) -> None:
    line = Line()
    wire.send(line, "render", name="name\udcff", budget=wire.budget_fields(budget), marks=wire.mark_fields(marks))
    header = wire.receive(line, wire.REQUEST_LIMIT)
    assert wire.read_budget(header) == budget
    assert wire.read_marks(header) == marks
    assert wire.text(header, "name") == "name?"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = sorted({"media_type", "metadata", "pages", "verdict", "reason", "notes", "name", "raw_name", "relation"})
headers = st.fixed_dictionaries(
    {"kind": st.sampled_from(["reading", "member", "rendering", "chunk", "ended", "more", "other"]) | json_values},
    optional=dict.fromkeys([*names, "width", "height", "rectangles", "page"], json_values | words),
)
frames = st.binary(max_size=200) | headers.map(lambda header: json.dumps(header).encode())


@given(st.lists(frames, min_size=1, max_size=4))
def test_whatever_arrives_is_an_answer_or_refused(received: list[bytes]) -> None:
    line = Line(*received)
    try:
        answer = wire.receive_answer(line, 100)
    except (wire.Malformed, OSError, EOFError):
        return
    assert isinstance(answer, wire.Answer)


LONG: list[dict[str, object]] = [
    {"detail": "d" * (wire.STRING + 1)},
    {"notes": ["note"] * (wire.ITEMS + 1)},
    {"notes": ["n" * (wire.ITEM + 1)]},
    {"pages": [0] * (wire.PAGES + 1)},
]


@pytest.mark.parametrize(
    "change", [{"verdict": "splendid"}, {"pages": [-1]}, {"pages": [True]}, {"metadata": []}, *LONG]
)
def test_a_reading_with_a_wrong_field_is_refused(change: dict[str, object]) -> None:
    line = Line()
    wire.send_reading(line, Reading("text/plain", pages=(Page(0, "words"),)))
    line.frames[0] = json.dumps({**json.loads(line.frames[0]), **change}).encode()
    with pytest.raises(wire.Malformed):
        wire.receive_answer(line, LIMIT)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=1), st.integers(1, 30))
def test_text_is_taken_up_to_its_limit_in_bytes(texts: list[str], limit: int) -> None:
    line = Line()
    wire.send_reading(line, Reading("text/plain", pages=tuple(Page(0, words) for words in texts)))
    if sum(len(words.encode()) for words in texts) <= limit:
        assert isinstance(wire.receive_answer(line, limit), Reading)
    else:
        with pytest.raises(OSError, match="length"):
            wire.receive_answer(line, limit)


def test_pixels_that_do_not_fill_the_picture_are_refused() -> None:
    line = Line()
    wire.send_rendering(line, Rendering(width=2, height=2, pixels=bytes(15)))
    with pytest.raises(wire.Malformed):
        wire.receive_answer(line, LIMIT)


def test_deeply_nested_headers_are_refused() -> None:
    with pytest.raises(wire.Malformed):
        wire.receive_answer(Line(b"[" * 1_000_000), LIMIT)
