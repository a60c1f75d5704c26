"""Lines: nothing lost, nothing too wide, no mark parted from its letter, Arabic in the order in which it is seen."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from archive.printing.lines import is_right_to_left, pieces, runs, wrap

mixed = st.text("ab c-（）。，བོད་གི ئۇيغۇر12(维权.\u0301\u200d", max_size=60)


@given(mixed)
def test_pieces_and_lines_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert "".join(wrap(text, 7, len)) == text


@given(mixed)
def test_no_line_is_too_wide_but_for_marks(text: str) -> None:
    for line in wrap(text, 7, len):
        letters = [one for one in line.rstrip() if not unicodedata.category(one).startswith("M")]
        clinging = line.count("\u200d") * 2
        assert len(letters) <= 7 + clinging


@given(mixed)
def test_no_line_begins_with_a_mark_of_the_one_before(text: str) -> None:
    assert not any(unicodedata.category(line[0]).startswith("M") for line in wrap(text, 5, len)[1:])


def test_han_breaks_anywhere_but_before_what_closes_and_after_what_opens() -> None:
    assert pieces("说“某甲”，是") == ["说", "“某", "甲”，", "是"]
    assert pieces("བོད་ཡིག") == ["བོད་", "ཡིག"]
    assert pieces("one two-three 2015-10-17/2016") == ["one ", "two-", "three ", "2015-10-17/2016"]


def test_the_first_letter_says_which_way_a_paragraph_runs() -> None:
    assert is_right_to_left("2015 (ئۇيغۇر) x")
    assert not is_right_to_left("Exhibit ئۇيغۇر")
    assert not is_right_to_left("2015")


def test_stretches_stand_as_they_are_seen() -> None:
    assert runs("no Arabic", False) == [("no Arabic", False)]
    assert runs("x: אב (2015)", False) == [("x: ", False), (")", True), ("2015", False), ("אב (", True)]
    assert runs("אב x", True) == [("x", False), ("אב ", True)]
    assert runs("", True) == []


@given(mixed, st.booleans())
def test_stretches_keep_every_letter(text: str, right_to_left: bool) -> None:
    assert sorted("".join(run for run, _ in runs(text, right_to_left))) == sorted(text)
