"""Romanised Chinese is taken apart as those meant who wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.widen import han, persons, syllables


def cut(word: str) -> list[str]:
    return [" ".join(one.letters + one.tone for one in way) for way in syllables.pinyin(word)]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("guiminhai", "gui min hai"),
        ("gui-min-hai", "gui min hai"),
        ("guìmǐnhǎi", "gui4 min3 hai3"),
        ("gui4min2hai3", "gui4 min2 hai3"),
        ("xian", "xian"),
        ("xi'an", "xi an"),
        ("Xī’ān", "xi1 an1"),
        ("fangan", "fan gan"),
        ("fang'an", "fang an"),
        ("zhouenlai", "zhou en lai"),
        ("erni", "er ni"),
        ("lüxiulian", "lv xiu lian"),
        ("lyuxiulian", "lv xiu lian"),
        ("nüer", "nv er"),
    ],
)
def test_pinyin(word: str, first: str) -> None:
    assert cut(word)[0] == first


def test_what_needs_an_apostrophe_counts_only_where_no_other_is_shorter() -> None:
    assert cut("xian") == ["xian"]
    assert "liu xi an" not in cut("liuxian")
    assert "zhang en lai" in cut("zhangenlai")


@pytest.mark.parametrize("word", ["", "khodorkovsky", "court", "the", "xyz", "桂民海", "123", "'", "-"])
def test_what_is_no_pinyin(word: str) -> None:
    assert syllables.pinyin(word) == ()


@pytest.mark.parametrize(
    ("pinyin", "wade_giles"),
    [
        ("gui", "kuei"), ("qiang", "ch'iang"), ("zhang", "chang"), ("xi", "hsi"), ("zhi", "chih"), ("ze", "tse"),
        ("dong", "tung"), ("zi", "tzu"), ("ci", "tz'u"), ("si", "ssu"), ("ran", "jan"), ("rong", "jung"), ("er", "erh"),
        ("yu", "yv"), ("you", "yu"), ("yan", "yen"), ("juan", "chvan"), ("xue", "hsveh"), ("ge", "ko"), ("duo", "to"),
        ("guo", "kuo"), ("shuo", "shuo"), ("xiong", "hsiung"), ("yi", "i"), ("tian", "t'ien"), ("jie", "chieh"),
    ],
)  # fmt: skip
def test_wade_giles(pinyin: str, wade_giles: str) -> None:
    assert syllables.to_wade_giles(pinyin) == wade_giles
    assert (syllables.Syllable(pinyin),) in syllables.wade_giles(wade_giles.replace("v", "ü"))


def test_the_mark_says_which_one_is_meant() -> None:
    assert syllables.wade_giles("ch'en") == ((syllables.Syllable("chen"),),)
    assert {way[0].letters for way in syllables.wade_giles("chen")} == {"chen", "zhen"}


@pytest.mark.parametrize(
    ("words", "surname", "given"),
    [
        (["gui", "minhai"], "gui", "min hai"),
        (["minhai", "gui"], "gui", "min hai"),
        (["gui", "min", "hai"], "gui", "min hai"),
        (["guiminhai"], "gui", "min hai"),
        (["ouyang", "xiu"], "ou yang", "xiu"),
        (["ou", "yang", "xiu"], "ou yang", "xiu"),
        (["simaqian"], "si ma", "qian"),
        (["zeng", "guofan"], "zeng", "guo fan"),
    ],
)
def test_names(words: list[str], surname: str, given: str) -> None:
    read = [
        (" ".join(one.letters for one in name.surname), " ".join(one.letters for one in name.given))
        for name in persons.names(words, syllables.pinyin)
    ]
    assert (surname, given) in read


def test_no_names() -> None:
    for words in (["guimin", "hai"], ["le", "de", "de"], ["bo", "ke", "xiao"], ["the", "minhai"], []):
        assert all(persons.is_surname(name.surname) for name in persons.names(words, syllables.pinyin))
    assert persons.names(["guimin", "hai"], syllables.pinyin) == []


@given(st.lists(st.sampled_from(sorted(filter(syllables.is_pinyin, han.read_as()))), min_size=1, max_size=4))
def test_syllables_with_apostrophes_are_cut_there(parts: list[str]) -> None:
    ways = syllables.pinyin("'".join(parts))
    assert tuple(map(syllables.Syllable, parts)) in ways


@given(st.text(st.characters() | st.sampled_from("abcdefghijklmnopqrstuvwxyzü'-1234"), max_size=40))
def test_any_text_can_be_read_in_few_ways(word: str) -> None:
    for system in (syllables.pinyin, syllables.wade_giles, syllables.cantonese):
        assert len(system(word)) <= syllables.MOST
