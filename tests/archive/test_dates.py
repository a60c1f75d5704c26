"""EDTF dates and the days they span."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import bounds, span
from archive.errors import InvalidValue


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", ("", "")),
        ("2015", ("2015-01-01", "2015-12-31")),
        ("2015-02", ("2015-02-01", "2015-02-28")),
        ("2016-02-29", ("2016-02-29", "2016-02-29")),
        ("2015-10-17?", ("2015-10-17", "2015-10-17")),
        ("2014/2016", ("2014-01-01", "2016-12-31")),
        ("2015-10/2015-11-03", ("2015-10-01", "2015-11-03")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("../2015", ("0001-01-01", "2015-12-31")),
        ("2015/..", ("2015-01-01", "9999-12-31")),
    ],
)
def test_spans(text: str, days: tuple[str, str]) -> None:
    assert span(text) == days


@pytest.mark.parametrize("text", ["last spring", "2015-13", "2015-02-30", "0000", "17.10.2015", "2016/2014", "x" * 500])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        span(text)


@given(st.text(max_size=30))
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        earliest, latest = span(text)
    except InvalidValue:
        return
    assert earliest <= latest


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_end_where_the_calendar_says(year: int, month: int) -> None:
    earliest, latest = span(f"{year:04d}-{month:02d}")
    assert earliest.endswith("-01")
    assert int(latest[-2:]) == calendar.monthrange(year, month)[1]


@given(st.dates(), st.dates())
def test_intervals_join_their_ends(one: object, other: object) -> None:
    first, last = sorted([str(one), str(other)])
    assert span(f"{first}/{last}") == (first, last)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2014-01-01", "2014-12-31"), ("2014", "2014")),
        (("2014-01-01", "2016-12-31"), ("2014", "2016")),
        (("2015-11-01", "2015-12-31"), ("2015-11", "2015-12")),
        (("2016-02-01", "2016-02-29"), ("2016-02", "2016-02")),
        (("2016-02-01", "2016-02-28"), ("2016-02-01", "2016-02-28")),
        (("2015-12-20", "2015-12-24"), ("2015-12-20", "2015-12-24")),
    ],
)
def test_bounds_say_no_more_than_is_known(days: tuple[str, str], told: tuple[str, str]) -> None:
    assert bounds(*days) == told
