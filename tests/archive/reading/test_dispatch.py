"""Every type has its reader, and what a reader does wrong is put right or said."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading import dispatch
from archive.reading.result import Page, Reading
from archive.reading.source import Sink, Source, TooLarge, Unreadable
from archive.records import Metadata, Verdict
from tests.archive.reading.collected import Collected

HERE = {"text/plain": f"{__name__}:obey"}
ANSWERS: dict[bytes, Reading | BaseException] = {}


def obey(source: Source, sink: Sink) -> Reading:
    """The reading or fault that the test has laid down for these bytes."""
    answer = ANSWERS[source.bytes(100)]
    if isinstance(answer, BaseException):
        raise answer
    return answer


def read(answer: Reading | BaseException, limit: int = 1000) -> Reading:
    ANSWERS[b"key"] = answer
    return dispatch.read(Source.of_bytes("f", "text/plain", b"key"), Collected(), HERE, limit)


@pytest.mark.parametrize("place", sorted({*dispatch.READERS.values(), *dispatch.FAMILIES.values()}))
def test_every_reader_is_there(place: str) -> None:
    module, function = place.split(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_types_without_a_reader_and_empty_files_are_said() -> None:
    none = dispatch.read(Source.of_bytes("f", "application/x-nothing", b"key"), Collected(), {}, 10)
    assert (none.verdict, none.reason, none.media_type) == (Verdict.NONE, "unknown-type", "application/x-nothing")
    assert dispatch.read(Source.of_bytes("f", "text/plain", b""), Collected(), {}, 10).reason == "empty"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Unreadable("password", "words"), "password"),
        (TooLarge(), "too-large"),
        (ValueError("words"), "damaged"),
        (RecursionError(), "damaged"),
    ],
)
def test_what_a_reader_raises_is_a_reading(fault: Exception, reason: str) -> None:
    reading = read(fault)
    assert (reading.verdict, reading.reason) == (Verdict.NONE, reason)


def test_memory_that_ran_out_ends_the_worker() -> None:
    with pytest.raises(MemoryError):
        read(MemoryError())


def test_no_text_is_never_called_good() -> None:
    reading = read(Reading("text/plain", pages=(Page(1, " \n"),)))
    assert (reading.verdict, reading.reason) == (Verdict.NONE, "no-text")


def test_text_over_the_limit_is_cut_off_and_said_to_be() -> None:
    reading = read(Reading("text/plain", pages=(Page(1, "a" * 600), Page(2, "b" * 600))), 1000)
    assert [len(page.text) for page in reading.pages] == [600, 400]
    assert (reading.verdict, reading.reason, reading.notes) == (Verdict.POOR, "text-limit", ("text-limit",))
    assert read(Reading("text/plain", pages=(Page(1, "a" * 999),)), 1000).verdict is Verdict.GOOD


any_text = st.text(st.characters(), max_size=60)


@given(any_text, st.lists(any_text, max_size=3))
def test_what_is_read_can_be_stored(text: str, notes: list[str]) -> None:
    metadata = Metadata(title=text, authors=(text, "b"))
    reading = read(Reading("text/plain", metadata, (Page(1, text),), detail=text, notes=tuple(notes)))
    for words in (reading.metadata.title, *reading.metadata.authors, reading.pages[0].text, reading.detail):
        words.encode("utf-8")
        assert "\0" not in words
    assert len(reading.pages[0].text) == len(text), "offsets stay"
    ours = [one for one, other in zip(reading.pages[0].text, text, strict=True) if one != other]
    assert set(ours) <= {"\ufffd"}
