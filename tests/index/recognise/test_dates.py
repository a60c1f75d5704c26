"""Dates as worded, in figures and words, absolute and reckoned from the document or the date before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates import span
from index.recognise.dates import dates
from index.recognise.records import Found


def values(text: str, language: str = "en", published: str = "2022-01-19", before: str = "") -> list[str]:
    return [one.value for one in dates(text, language, published, before)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("October 17, 2015", "2015-10-17"),
        ("17 October 2015", "2015-10-17"),
        ("the 3rd of May 2015", "2015-05-03"),
        ("Sept. 3, 2015", "2015-09-03"),
        ("2015-10-17", "2015-10-17"),
        ("17.10.2015", "2015-10-17"),
        ("October 2015", "2015-10"),
        ("in early 2015", "[2015-01..2015-04]"),
        ("mid-2015", "[2015-05..2015-08]"),
        ("the end of 2016", "[2016-09..2016-12]"),
        ("late March 2015", "[2015-03-21..2015-03-31]"),
        ("the early 2000s", "[2000..2003]"),
        ("the 1990s", "199X"),
        ("spring 2015", "2015-21"),
        ("about 2014", "2014~"),
        ("since 2014", "2014/.."),
        ("until 2020", "../2020"),
        ("from 2014 to 2023", "2014/2023"),
        ("2014–2023", "2014/2023"),
        ("between April 2021 and July 2022", "2021-04/2022-07"),
        ("between September and December 2023", "2023-09/2023-12"),
        ("on Tuesday", "2022-01-18?"),
        ("yesterday", "2022-01-18?"),
        ("last month", "2021-12?"),
        ("earlier this week", "[2022-01-17..2022-01-19]"),
        ("last week", "[2022-01-10..2022-01-16]"),
        ("three years ago", "2019?"),
        ("in the past two years", "2020?/2022?"),
        ("on March 24", "2021-03-24?"),
        ("in May", "2021-05?"),
        ("just around Christmas last year", "2021-12-25%"),
        ("2015年10月17日", "2015-10-17"),
        ("二〇一五年三月", "2015-03"),
        ("2015年初", "[2015-01..2015-04]"),
        ("2018年6月底", "[2018-06-21..2018-06-30]"),
        ("去年底", "[2021-09..2021-12]"),
        ("今年3月", "2022-03?"),
        ("10月17日", "2021-10-17?"),
        ("2014年以来", "2014/.."),
        ("2014至2023年", "2014/2023"),
        ("2023年9月到12月", "2023-09/2023-12"),
        ("上世纪90年代末", "[1997..1999]"),
        ("2000年代初", "[2000..2003]"),
        ("2015年夏天", "2015-22"),
        ("周二", "2022-01-18?"),
        ("三年前", "2019?"),
        ("过去两年", "2020?/2022?"),
    ],
)
def test_a_wording_is_read(words: str, value: str) -> None:
    assert values(f"There, {words}, it was.") == [value]


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("fr", "le 1er mai 2014", "2014-05-01"),
        ("es", "17 de octubre de 2015", "2015-10-17"),
        ("ru", "17 октября 2015 года", "2015-10-17"),
        ("de", "im März 2016", "2016-03"),
        ("ar", "17 أكتوبر 2015", "2015-10-17"),
        ("tr", "17 Ekim 2015", "2015-10-17"),
    ],
)
def test_months_are_read_in_the_language_of_the_document(language: str, words: str, value: str) -> None:
    assert values(words, language) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "2,014 people",
        "$2015",
        "may march on",
        "at 19:55",
        "A-2015",
        "the law of nature",
        "中国",
        "30 Februari",
        "12015",
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert values(text) == []


def test_relative_dates_go_by_the_date_before_them() -> None:
    assert values("In 2015 it began. Two years later it ended, and the following year began anew.") == [
        "2015",
        "2017?",
        "2018?",
    ]
    assert values("Two years later", before="It began in 2015.") == ["2017?"]
    assert values("2015年5月1日开始，次日结束，两年后重开。") == ["2015-05-01", "2015-05-02?", "2017?"]


def test_without_a_date_to_go_by_nothing_is_made_up() -> None:
    for words in ("Two years later", "on Tuesday", "last year", "March 24", "去年", "10月17日", "two days ago"):
        assert values(words, published="") == []
    assert values("on Tuesday, two days ago", published="2022") == []


def test_what_was_reckoned_is_marked_uncertain() -> None:
    found = list(dates("In 2015, and two years later; since 2014", "en", ""))
    assert [(one.value, one.uncertain) for one in found] == [("2015", False), ("2017?", True), ("2014/..", False)]
    assert [one.kind for one in found] == [Found.DATE, Found.DATE, Found.PERIOD]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    iso = day.isoformat()
    month = day.strftime("%B")
    for words in (
        iso,
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
    ):
        assert values(words) == [iso]


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_one(day: date, back: int) -> None:
    meant = day - timedelta(back)
    assert values(f"on {meant.strftime('%A')}", published=day.isoformat()) == [f"{meant.isoformat()}?"]


TEXTS = """early late mid- in the 2015 2000s 1999 0000 since until from to between and May march 31 30. 2 th Sunday
on last this week year years ago later two 年 月 日 二〇一五 99 初 底 至 以来 去年 次日 三 后 前
年代 世纪 Christmas about - / . ,"""
PIECES = st.sampled_from(TEXTS.split())
PUBLISHED = st.sampled_from(["", "2022", "2024-02-29", "9999-12-31", "0001-01-01", "x"])


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join), PUBLISHED)
def test_whatever_is_read_is_a_date(text: str, published: str) -> None:
    end = 0
    for one in dates(text, "en", published):
        assert span(one.value) != ("", "")
        assert text[one.start : one.end] == one.words
        assert end <= one.start < one.end
        end = one.end
