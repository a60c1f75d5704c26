"""Dates are read in the order that a map gives, and never guessed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases.exchange import worded
from archive.dates import span
from archive.errors import InvalidValue


@pytest.mark.parametrize(
    ("words", "order", "edtf"),
    [
        ("2013/7/19", "ymd", "2013-07-19"),
        ("2013年7月19日", "ymd", "2013-07-19"),
        ("２０１３年７月", "ymd", "2013-07"),
        ("19.7.2013", "dmy", "2013-07-19"),
        ("7/19/2013", "mdy", "2013-07-19"),
        ("7/2013", "dmy", "2013-07"),
        ("1979", "dmy", "1979"),
        ("2013-07-19 00:00:00", "dmy", "2013-07-19"),
        ("2013-02-30 00:00:00", "dmy", None),
        ("2014/2016", "ymd", None),
        ("2013-07-19?", "ymd", "2013-07-19?"),
        ("2019~", "ymd", "2019~"),
        ("1954-02-29", "ymd", None),
        ("1952-08021", "ymd", None),
        ("19812", "ymd", None),
        ("13/7/1", "ymd", None),
        ("2013-7-19", "dmy", None),
        ("life", "ymd", None),
    ],
)
def test_dates_as_cells_word_them(words: str, order: str, edtf: str | None) -> None:
    if edtf is None:
        with pytest.raises(InvalidValue):
            worded.date(words, order)
    else:
        assert worded.date(words, order) == edtf


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(["ymd", "dmy", "mdy"]), st.sampled_from("-/."))
def test_a_day_is_the_same_in_any_order(day: datetime.date, order: str, sign: str) -> None:
    parts = {"y": f"{day.year:04d}", "m": str(day.month), "d": str(day.day)}
    assert worded.date(sign.join(parts[one] for one in order), order) == day.isoformat()


@given(st.text(max_size=20), st.sampled_from(["ymd", "dmy", "mdy"]))
def test_whatever_is_read_is_a_date(words: str, order: str) -> None:
    try:
        edtf = worded.date(words, order)
    except InvalidValue:
        return
    assert edtf == "" or span(edtf)[0] <= span(edtf)[1]
