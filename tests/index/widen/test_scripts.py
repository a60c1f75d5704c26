"""A name finds itself in the other scripts and romanisations in which it stands in the archive, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.vocabulary import Vocabulary
from index.widen import scripts
from index.widen.form import Form
from tests.index.conftest import Desk

TEXTS = [
    "桂民海是書店股東。",
    "Gui Minhai was taken. The guiminhai case. Minhai Gui. Kuei Min-hai in old books, and Mao Tse-tung.",
    "林榮基、李波、張志平，還有梁振英。",
    "Lam Wing-kee, Lee Po, Cheung Chi-ping; Leung Chun-ying.",
    "习近平，毛泽东；刘晓波。欧阳修，李伟。李威",
    "Xi Jinping, and Ouyang Xiu. Women of China met Li Wei under the sun.",
    "我们是中国的妇女。放回，行情",
    "ئىلھام توختى ئۈرۈمچى",
    "Илһам Тохти",
    "Ilham Tohti from Urumqi; Ilham Toxti",
    "محمد علي قال. معمر القذافي. عمر البشير. محمود",
    "Muhammad Ali, Mohamed. Moammar Gaddafi, Omar al-Bashir. Mahmoud",
    "Михаил Ходорковский, Ελλάδα Τσίπρας, נתניהו",
    "Mikhail Khodorkovsky, Tsipras, Netanyahu",
    "法轮功，北京",
    "Falun Gong in Beijing",
    "حسن",
    "Hasan",
]


@pytest.fixture(scope="module")
def desk(make_desk: Callable[[], Desk]) -> Desk:
    made = make_desk()
    for text in TEXTS:
        made.add(text)
    made.index.update()
    return made


@pytest.fixture(scope="module")
def vocabulary(desk: Desk) -> Vocabulary:
    return Vocabulary(desk.index.searcher()._index)


def said(found: list[Form]) -> set[str]:
    """Forms as `words/way`, with ~ where only the sound agrees."""
    return {f"{form.words}/{form.way}{'~' * form.sound}" for form in found}


GUI = {"gui minhai/pinyin", "minhai gui/pinyin", "guiminhai/pinyin", "kuei min-hai/wade-giles", "桂民海/pinyin~"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gui minhai", GUI - {"gui minhai/pinyin"}),
        ("Gui Minhai", GUI - {"gui minhai/pinyin"}),
        ("guiminhai", GUI - {"guiminhai/pinyin"}),
        ("Gui Min-hai", GUI),
        ("gui min hai", GUI),
        ("minhai gui", GUI - {"minhai gui/pinyin"}),
        ("guìmǐnhǎi", GUI - {"guiminhai/pinyin"}),
        ("gui4 min2 hai3", GUI),
        ("gui'min'hai", GUI),
        ("Kuei Min-hai", GUI - {"kuei min-hai/wade-giles", "桂民海/pinyin~"} | {"桂民海/wade-giles~"}),
        ("桂民海", GUI - {"桂民海/pinyin~"}),
        ("Mao Tse-tung", {"毛泽东/wade-giles~"}),
        ("mao zedong", {"mao tse-tung/wade-giles", "毛泽东/pinyin~"}),
        ("毛澤東", {"mao tse-tung/wade-giles"}),
        ("Lam Wing-kee", {"林荣基/cantonese~"}),
        ("wing-kee lam", {"林荣基/cantonese~"}),
        ("林荣基", {"lam wing-kee/cantonese"}),
        ("Leung Chun-ying", {"梁振英/cantonese~"}),
        ("梁振英", {"leung chun-ying/cantonese"}),
        ("Cheung Chi-ping", {"张志平/cantonese~"}),
        ("ouyang xiu", {"欧阳修/pinyin~"}),
        ("欧阳修", {"ouyang xiu/pinyin"}),
        ("liu xiaobo", {"刘晓波/pinyin~"}),
        ("法輪功", {"falun gong/pinyin"}),
        ("Ilham Tohti", {"илһам тохти/romanised", "ئيلهام توختي/uyghur"}),
        ("ئىلھام توختى", {"илһам тохти/uyghur", "ilham tohti/uyghur", "ilham toxti/uyghur"}),
        ("Илһам Тохти", {"ئيلهام توختي/uyghur", "ilham tohti/romanised", "ilham toxti/romanised"}),
        ("urumchi", {"ئۈرۈمچي/uyghur"}),
        ("ئۈرۈمچى", {"urumqi/uyghur"}),
        ("Muhammad", {"محمد/romanised"}),
        ("mohammed", {"محمد/romanised"}),
        ("Mohamed Ali", {"محمد علي/romanised"}),
        ("محمد", {"muhammad/romanised", "mohamed/romanised"}),
        ("mahmoud", {"محمود/romanised"}),
        ("hassan", {"حسن/romanised~"}),
        ("حسن", {"hasan/romanised~"}),
        ("qaddafi", {"قذافي/romanised"}),
        ("القذافي", {"gaddafi/romanised"}),
        ("Omar al-Bashir", {"عمر بشير/romanised"}),
        ("omar el bashir", {"عمر بشير/romanised"}),
        ("عمر البشير", {"omar al bashir/romanised"}),
        ("khodorkovskij", {"ходорковский/romanised"}),
        ("Ходорковский", {"khodorkovsky/romanised"}),
        ("netanyahu", {"נתניהו/romanised"}),
        ("נתניהו", {"netanyahu/romanised"}),
        ("tsipras", {"τσιπρας/romanised"}),
        ("Τσίπρας", {"tsipras/romanised"}),
    ],
)
def test_forms(vocabulary: Vocabulary, text: str, expected: set[str]) -> None:
    assert said(scripts.forms(text, vocabulary)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("liwei", "li wei", "李伟", "women", "china", "sun", "fanghui", "beijing", "北京", "hangqing", "gui", "桂"),
        *("", " ", "-", "''", "gui minhai was taken in", "10000", "2015-10-17", "桂 gui", "al el", "x" * 100),
    ],
)
def test_nothing_by_default(vocabulary: Vocabulary, text: str) -> None:
    assert scripts.forms(text, vocabulary) == []


def test_two_syllables_on_request(vocabulary: Vocabulary) -> None:
    assert said(scripts.same_sound("liwei", vocabulary)) == {"li wei/pinyin~", "李伟/pinyin~", "李威/pinyin~"}
    assert said(scripts.same_sound("li3 wei1", vocabulary)) >= {"李威/pinyin~"}
    assert said(scripts.same_sound("李伟", vocabulary)) == {"li wei/pinyin~"}
    assert said(scripts.same_sound("beijing", vocabulary)) == {"北京/pinyin~"}
    assert said(scripts.same_sound("falungong", vocabulary)) == {"法轮功/pinyin~"}
    assert said(scripts.same_sound("mohamad", vocabulary)) >= {"محمد/romanised~"}


def test_only_the_tone_that_was_typed_where_it_is_there(vocabulary: Vocabulary) -> None:
    assert said(scripts.same_sound("li3wei3", vocabulary)) >= {"李伟/pinyin~"}
    assert said(scripts.same_sound("li3wei1", vocabulary)) & {"李伟/pinyin~", "李威/pinyin~"} == {"李威/pinyin~"}


def test_a_word_that_is_everywhere_is_no_name(desk: Desk) -> None:
    own = Vocabulary(desk.index.searcher()._index)
    own.often = lambda word: 60  # type: ignore[method-assign]
    own.passages = lambda: 100  # type: ignore[method-assign]
    assert said(scripts.forms("Muhammad", own)) == {"محمد/romanised~"}


def test_words_that_come_later_are_found_and_those_removed_are_not(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    desk.add("Khodorkovsky")
    desk.index.update()
    assert scripts.forms("khodorkovsky", Vocabulary(desk.index.searcher()._index)) == []
    desk.add("Ходорковский и 桂民海")
    desk.index.update()
    own = Vocabulary(desk.index.searcher()._index)
    assert said(scripts.forms("khodorkovsky", own)) == {"ходорковский/romanised"}
    assert said(scripts.forms("guiminhai", own)) == {"桂民海/pinyin~"}


NAMES = st.sampled_from(
    ["gui", "minhai", "gui4", "kuei", "lam", "wing-kee", "桂民海", "محمد", "Илһам", "al", "el-", "'", "ü"]
)


@example("al el")
@given(st.text() | st.lists(NAMES | st.text(max_size=8), max_size=5).map(" ".join))
def test_any_text_has_few_forms_and_itself_is_none(vocabulary: Vocabulary, text: str) -> None:
    for found in (scripts.forms(text, vocabulary), scripts.same_sound(text, vocabulary)):
        assert len(found) <= scripts.MOST
        phrases = [scripts.as_phrase(form.words) for form in found]
        assert len(set(phrases)) == len(phrases)
        assert scripts.as_phrase(text) not in phrases
        assert all(map(vocabulary.holds, phrases))
    assert all(form.sound for form in scripts.same_sound(text, vocabulary))
