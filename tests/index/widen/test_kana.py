"""Kana are written in Latin letters as Hepburn and Kunrei do."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vocabulary import Vocabulary
from index.widen import kana
from tests.index.conftest import Desk


@pytest.mark.parametrize(
    ("run", "latin"),
    [
        ("とうきょう", "toukyou tokyo"),
        ("トーキョー", "tokyo"),
        ("しんぶん", "shinbun shimbun sinbun"),
        ("なっとう", "natto nattou"),
        ("まっちゃ", "matcha mattya"),
        ("ほっかいどう", "hokkaido hokkaidou"),
        ("ふじ", "fuji huzi"),
        ("ちば", "chiba tiba"),
        ("おおいた", "oita ooita ohita"),
        ("コンピューター", "kompyuta konpyuutaa"),
        ("じゅんいちろう", "junichiro"),
    ],
)
def test_words_are_written_in_both_ways(run: str, latin: str) -> None:
    assert set(latin.split()) <= set(kana.romanisations(kana.hiragana(run)))


@given(st.text(st.sampled_from([chr(code) for code in range(0x3041, 0x3097)] + ["ー"]), max_size=8))
def test_any_kana_may_be_asked_for_and_the_two_scripts_are_one(run: str) -> None:
    assert kana.hiragana(kana.katakana(run)) == run
    for one in kana.romanisations(run):
        assert one.isascii() or not one


@pytest.mark.parametrize("letters", ["na" * 30 + "x", "x" + "n" * 60, "kk" * 30, "n" * 40 + "a", ""])
def test_no_word_takes_long_to_be_cut(letters: str) -> None:
    assert len(list(islice(kana._cut(letters), 10))) <= 10  # ways that lead nowhere are not walked: there are 2 ** 30


def test_a_word_is_cut_where_its_syllables_are() -> None:
    (first, *_) = kana._cut("shimbun")
    assert [moras[0] for moras, _ in first] == ["し", "ん", "ぶ", "ん"]
    assert [moras[0] for moras, _ in next(kana._cut("kitte"))] == ["き", "っ", "て"]
    assert list(kana._cut("thanks")) == []


def test_vowels_that_may_be_long_are_not_tried_in_every_combination(desk: Desk) -> None:
    desk.add("おおおおかみ、うおうおう。とうきょうとっきょきょかきょく。オー、オウ、ウオ、オオ、ウー、ーオ、ーウ、ーー")
    desk.index.update()
    vocabulary = Vocabulary(desk.index.searcher()._index)
    for script in (kana.hiragana, kana.katakana):
        runs, left = kana._runs(next(kana._cut("o" * 8)), script, vocabulary, kana.ASKED)
        assert 0 < len(runs) <= kana.MANY  # of 3 ** 8
        assert left > 0
    assert [form.words for form in kana.of_latin(["tokyotokkyokyokakyoku"], vocabulary)] == [
        "とうきょうとっきょきょかきょく"
    ]
    assert kana.of_latin(["o" * (kana.LONGEST + 1)], vocabulary) == []
