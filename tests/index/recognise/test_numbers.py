"""Numbers, quantities and durations as worded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cases import quantities as forms
from archive.cases.values import DURATION
from index.recognise import numbers, quantities

TENS = list(numbers.TENS)
ONES = list(numbers.SMALL)
HAN = "零一二三四五六七八九"


def english(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if rest < 100 else " "
            return f"{english(number // scale)} {word}" + (joint + english(rest) if rest else "")
    raise AssertionError


def chinese(number: int) -> str:
    for scale, word in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            rest = number % scale
            gap = "零" if rest and rest < scale // 10 else ""
            return chinese(number // scale) + word + (gap + chinese(rest) if rest else "")
    return HAN[number]


@given(st.integers(0, 10**12 - 1))
def test_numbers_in_english_words_are_read(number: int) -> None:
    assert numbers.english(english(number)) == number
    assert numbers.english(f"{number:,}") == number


@given(st.integers(0, 10**11))
def test_numbers_in_chinese_characters_are_read(number: int) -> None:
    assert numbers.chinese(chinese(number)) == number


def test_numbers_with_scales_are_read() -> None:
    assert numbers.english("2.5 million") == Decimal(2_500_000)
    assert numbers.chinese("1.5万") == 15_000
    assert numbers.english("two three") is None
    assert numbers.chinese("三四") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nearly 10,000 were", [("nearly 10000", "nearly")]),
        ("almost 10,000 were", [("nearly 10000", "almost")]),
        ("over 120 countries", [("over 120", "over")]),
        ("more than seventy groups", [("over 70", "more than")]),
        ("at least two persons", [("at least 2", "at least")]),
        ("fewer than 5", [("under 5", "fewer than")]),
        ("some 64 per cent", [("about 64 %", "some")]),
        ("1 per cent", [("1 %", "")]),
        ("one percent", [("1 %", "")]),
        ("10,000+ returns", [("over 10000", "+")]),
        ("dozens of cases", [("24 to 99", "dozens")]),
        ("about half", [("about 50 %", "about")]),
        ("the majority of them", [("over 50 %", "the majority")]),
        ("20 to 30 people", [("20 to 30", "")]),
        ("between 20 and 30 people", [("20 to 30", "")]),
        ("77 and 88", [("77", ""), ("88", "")]),
        ("近一万人", [("nearly 10000", "近")]),
        ("超过1.2万名", [("over 12000", "超过")]),
        ("约三十人", [("about 30", "约")]),
        ("20余万元", [("over 200000", "余")]),
        ("一百余人", [("over 100", "余")]),
        ("百分之六十四", [("64 %", "")]),
        ("过半", [("over 50 %", "过半")]),
        ("one of them", []),
        ("a third country", []),
        ("COVID-19 at 07:01, article 52, #5", []),
        ("三四个", []),
        ("note [3], file 09", []),
        ("第二个", []),
        ("第十一届", []),
    ],
)
def test_a_quantity_is_read_with_its_bound(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.value, one.hedge) for one in quantities.quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three years' prison", ["P3Y"]),
        ("eight months", ["P8M"]),
        ("a three-year sentence", ["P3Y"]),
        ("two years and six months", ["P2Y6M"]),
        ("two and a half years", ["P2Y6M"]),
        ("half a year", ["P6M"]),
        ("life imprisonment", ["life"]),
        ("a 12-year-old", []),
        ("三年有期徒刑", ["P3Y"]),
        ("三年六个月", ["P3Y6M"]),
        ("无期徒刑", ["life"]),
        ("8个月", ["P8M"]),
        ("四周都是", []),
        ("有一天", []),
    ],
)
def test_a_duration_is_read(text: str, found: list[str]) -> None:
    assert [one.value for one in quantities.durations(text)] == found


TEXTS = """nearly over about some 1,000 1.5 10 % per cent half dozens ten hundred thousand and - to between years
month 近 超过 百 万 二 多 余 人 个月 年 百分之 三 亿"""
PIECES = TEXTS.split()


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
)
def test_whatever_is_read_has_its_form(text: str) -> None:
    for one in quantities.quantities(text):
        assert str(forms.read(one.value)) == one.value
        assert text[one.start : one.end] == one.words
    for one in quantities.durations(text):
        assert DURATION.fullmatch(one.value)
        assert text[one.start : one.end] == one.words
