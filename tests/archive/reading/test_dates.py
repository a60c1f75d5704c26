"""Dates are read where they are certain, and nowhere else."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.dates import edtf_of, find


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Published: January 19, 2022, 07:01 PM", "2022-01-19"),
        ("Jan 19, 2022", "2022-01-19"),
        ("Thu, 20 Jan 2022 19:27:54 +0000", "2022-01-20"),
        ("2022-01-20T19:27:54", "2022-01-20"),
        ("2018年4月7日", "2018-04-07"),
        ("二〇一八年四月二十三日", "2018-04-23"),
        ("2018年4月", "2018-04"),
        ("2019년 3월 5일", "2019-03-05"),
        ("19 января 2022 г.", "2022-01-19"),
        ("15 de marzo de 2021", "2021-03-15"),
        ("15. März 2021", "2021-03-15"),
        ("16 Mayıs 2019", "2019-05-16"),
        ("٢٠٢٢-٠١-١٩", "2022-01-19"),
        ("13/04/2022", "2022-04-13"),
        ("04/13/2022", "2022-04-13"),
        ("3.4.2022", "2022-04-03"),
        ("May 2021", "2021-05"),
        # Day and month could be either: only the year is sure.
        ("03/04/2022", "2022"),
    ],
)
def test_certain_dates(words: str, edtf: str) -> None:
    assert [each.edtf for each in find(words)] == [edtf]


@pytest.mark.parametrize(
    "words", ["12", "in 2014", "2022-02-30", "31 February 2020", "1.2.3.2004", "10,000 since 2014", "19/19/2022", ""]
)
def test_no_date_is_invented(words: str) -> None:
    assert find(words) == []


def test_metadata_values() -> None:
    assert edtf_of(datetime(2020, 5, 1, 12)) == "2020-05-01"
    assert edtf_of(date(2020, 5, 1)) == "2020-05-01"
    assert edtf_of("2014/2016") == "2014/2016"
    assert edtf_of("2015-10-17?") == "2015-10-17?"
    assert edtf_of("2015-02-30") == ""
    assert edtf_of("1 May 2020 and 2 May 2020") == ""
    assert edtf_of(None) == ""


@given(st.text(max_size=80))
def test_any_text(words: str) -> None:
    for each in find(words):
        assert 0 <= each.start < each.end <= len(words)
    edtf_of(words)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_iso_and_chinese_days(day: date) -> None:
    assert edtf_of(day.isoformat()) == day.isoformat()
    assert edtf_of(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert edtf_of(f"{day:%B} {day.day}, {day.year}") == day.isoformat()
