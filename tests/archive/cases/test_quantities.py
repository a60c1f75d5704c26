"""Quantities keep their bounds and say when they cannot mean the same."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import quantities
from archive.cases.quantities import BOUNDS
from archive.errors import InvalidValue

WORDED = st.builds(
    lambda bound, number, last, share: (
        (f"{number} to {number + last}" if last else f"{bound} {number}".strip()) + (" %" if share else "")
    ),
    st.sampled_from(("", *BOUNDS)),
    st.integers(0, 10**9),
    st.sampled_from((0, 0, 7)),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10,000", "10000"),
        ("over 10,000", "over 10000"),
        (">= 70", "at least 70"),
        ("nearly 10 000", "nearly 10000"),
        ("~50%", "about 50 %"),
        ("64 per cent", "64 %"),
        ("24 to 99", "24 to 99"),
        ("1.50", "1.5"),
        ("007", "7"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("1" * 40, "1" * 40),
        ("7 to 7", "7"),
    ],
)
def test_canonical_text(typed: str, kept: str) -> None:
    assert str(quantities.read(typed)) == kept


@pytest.mark.parametrize("typed", ["", "many", "over", "1,5", "12,34", "5 to 3", "over 5 to 7", "-3", "1e9", "１０"])
def test_what_is_no_quantity_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        quantities.read(typed)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("nearly 10000", "over 10000", False),
        ("10000", "over 10000", False),
        ("10000", "at least 10000", True),
        ("over 50 %", "64 %", True),
        ("100 %", "64 %", False),
        ("about 50 %", "over 50 %", True),
        ("62", "80", False),
        ("64 %", "64", False),
        ("24 to 99", "80", True),
        ("under 5", "5", False),
    ],
)
def test_agreement(one: str, other: str, agree: bool) -> None:
    assert quantities.read(one).agrees(quantities.read(other)) is agree
    assert quantities.read(other).agrees(quantities.read(one)) is agree


@given(WORDED)
def test_canonical_text_reads_as_itself(typed: str) -> None:
    once = quantities.read(typed)
    assert quantities.read(str(once)) == once
    assert once.agrees(once) or once.interval[0] == once.interval[1]


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(InvalidValue):
        quantities.read(typed)
