"""Kana are written in Latin letters as Hepburn and Kunrei do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.widen import kana


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
