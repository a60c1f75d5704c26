"""Hangul is written in Latin letters as its two romanisations do, and what they write is read back."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.widen import hangul

WORDS = """종로 jongno chongno|신라 silla silla|평양 pyeongyang p'yongyang|서울 seoul soul|부산 busan pusan
독립 dongnip tongnip|왕십리 wangsimni wangsimni|묵호 mukho mukho|한글 hangeul hangul|제주 jeju cheju|대구 daegu taegu
인천 incheon inch'on|광주 gwangju kwangju|설악 seorak sorak|합덕 hapdeok haptok|백마 baengma paengma
해돋이 haedoji haedoji
압구정 apgujeong apkujong|전라북도 jeollabukdo chollabukto|강원 gangwon kangwon
김치 gimchi kimch'i|울릉 ulleung ullung|닭 dak tak|읽어 ilgeo ilgo
없어 eopseo opso|많이 mani mani|좋고 joko chok'o|않다 anta ant'a"""


@pytest.mark.parametrize("line", WORDS.replace("\n", "|").split("|"))
def test_words_are_romanised_as_they_are_spoken(line: str) -> None:
    word, revised, mccune = line.split(" ")
    assert (hangul.revised(word), hangul.mccune(word)) == (revised, mccune)


syllables = st.builds(
    hangul.joined, st.sampled_from(hangul.INITIALS), st.sampled_from(hangul.VOWELS), st.sampled_from(hangul.USUAL)
)


def reads(written: str, run: str) -> bool:
    """Whether Latin letters are read as these syllables, too."""
    for way in hangul.ways(written):
        level = {("", initial) for initial in way.initials}
        for at, (vowels, pairs) in enumerate(way.steps):
            level = {
                (text + hangul.joined(initial, vowel, final), following)
                for (text, initial), vowel, (final, following) in product(level, vowels, pairs)
            }
            level = {one for one in level if one[0] == run[: at + 1]}
        if (run, "") in level:
            return True
    return False


@given(st.lists(syllables, min_size=1, max_size=3).map("".join))
def test_what_a_run_is_written_as_is_read_as_that_run(run: str) -> None:
    apart = "".join(way[0] for way in hangul.apart(run))
    for written in (hangul.revised(run), hangul.mccune(run), apart):
        ways = hangul.ways(written)
        assert len(ways) == hangul.MOST or reads(written, run), written


@given(st.text(max_size=12))
def test_anything_may_be_asked_for(text: str) -> None:
    assert len(hangul.ways(text)) <= hangul.MOST
    assert bool(hangul.parts(text)) == bool(text and all("가" <= char <= "힣" for char in text))


@pytest.mark.parametrize("letters", ["ae" * 32, "wa" * 32, "k" * 64, "kae" * 20, "a-e" * 20])
def test_no_word_takes_long_to_be_cut(letters: str) -> None:
    assert len(hangul.ways(letters)) <= hangul.MOST


def test_the_letters_of_a_syllable_are_the_syllable() -> None:
    for char in "가힣한글값뷁":
        (part,) = hangul.parts(char)
        assert hangul.joined(*part) == char
