"""Offsets: code points to UTF-16 units and back, and a layout that moves none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.read.offsets import Offsets, is_leftward, laid_out

TEXT = st.text(
    st.characters(codec="utf-8") | st.sampled_from("𠀀𠮷😀\r\n\0\u2029\u2028\ufdd0\ufffc\x1c\f\u202e\u2067\x1b"),
    max_size=60,
)


@given(TEXT)
def test_both_ways_agree_with_utf_16(text: str) -> None:
    offsets = Offsets(text)
    for point in range(len(text) + 1):
        units = len(text[:point].encode("utf-16-le")) // 2
        assert offsets.units(point) == units
        assert offsets.points(units) == point


def test_a_place_inside_a_pair_is_that_of_its_letter() -> None:
    assert Offsets("a𠀀b").points(2) == 1


@given(TEXT)
def test_what_is_laid_out_is_as_long_as_the_text_and_stands_where_it_stood(text: str) -> None:
    shown = laid_out(text)
    assert len(shown) == len(text)
    document = QTextDocument()
    QTextCursor(document).insertText(shown)
    assert document.characterCount() - 1 == Offsets(shown).units(len(shown))
    kept = [(a, b) for a, b in zip(text, shown, strict=True) if b not in " \n\u2060\ufffd"]
    assert all(a == b for a, b in kept)


@pytest.mark.parametrize(
    ("text", "leftward"),
    [("", False), ("12 — ئۇيغۇر", True), ("Report ئۇيغۇر", False), ("…", False), ("「中文」", False), ("עברית", True)],
)
def test_the_first_letter_decides_the_direction(text: str, leftward: bool) -> None:
    assert is_leftward(text) == leftward


@pytest.fixture(autouse=True, scope="module")
def _application(qapp: QApplication) -> None:
    """QTextDocument needs fonts, and those an application."""
