"""Sentences in several scripts, forwards and backwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.entry import sentences

TEXT = (
    "One boat came. Mr. A. Keeper saw it! “Two,” he wrote.\n\n"
    "灯塔有一盏灯。没有人点燃它！\nۋادىدا بىر چىراغ بار. ئۇ يانمايدۇ؟ The end"
)
PARTS = [
    "One boat came.",
    "Mr. A. Keeper saw it!",
    "“Two,” he wrote.",
    "灯塔有一盏灯。",
    "没有人点燃它！",
    "ۋادىدا بىر چىراغ بار.",
    "ئۇ يانمايدۇ؟",
    "The end",
]


def test_sentences_are_walked_forwards() -> None:
    found, end = [], 0
    while (span := sentences.after(TEXT, end))[0] < span[1]:
        found.append(TEXT[slice(*span)])
        end = span[1]
    assert found == PARTS


def test_sentences_are_walked_backwards() -> None:
    found, start = [], len(TEXT)
    while (span := sentences.before(TEXT, start))[0] < span[1]:
        found.append(TEXT[slice(*span)])
        start = span[0]
    assert found == PARTS[::-1]


@pytest.mark.parametrize("part", PARTS)
def test_the_sentence_at_a_place_is_found(part: str) -> None:
    place = TEXT.index(part) + 1
    assert TEXT[slice(*sentences.around(TEXT, place))] == part


@given(st.text(alphabet="ab .!?\n。“”A"), st.integers(0, 40))
def test_a_sentence_is_never_blank_and_lies_in_the_text(text: str, place: int) -> None:
    for start, end in (sentences.around(text, place), sentences.after(text, min(place, len(text)))):
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
