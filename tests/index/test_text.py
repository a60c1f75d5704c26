"""Text preparation: whatever is in a text is found by its own words, in every script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
import sqlcipher3
from hypothesis import example, given
from hypothesis import strategies as st

from index import text as texts
from index.marks import folded

SCRIPTS = st.sampled_from(
    [
        "abcXYZ019éßøÆñİı",
        "大陸陆国家学習气氣々〇豈𠀀𪚥",
        "ひらがなカタカナーｶﾞ゙",
        "한국어\u1112\u1161\u11ab",
        "ءآأإابتةىيـَُِّپچژگیک٠١۲",
        "ئۇيغۇرچەھېۋىڭ",
        "བོད་ལྗོངསརྒྱ",
        "कखगनमस्ते़क़१२",
        "กรุงเทพำ่๑",
        "ພາສາລາວ",
        "မြန်မာ",
        "ភាសាខ្មែរ",
        "абвгЁёйѝ",
        "άΆΑώςσὴ",
        "אבגדשָׁלוֹם",
        "\u200c\u200d\u00ad\u200e\ufeff\u0301\u0323",
        " \n\t\u3000.,;:!?-_'\"()。，「」·*~^",
        "²₂½①Ⅳ™𝐀𝟘🙂\ue000",
    ]
)
# what a code point without a character is, Unicode does not say yet, and tables of different age disagree
ASSIGNED = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=3)
ANY_TEXT = st.lists(
    st.one_of(SCRIPTS.flatmap(lambda letters: st.text(letters, min_size=1, max_size=6)), ASSIGNED), max_size=8
).map("".join)


class Postings:
    """A real FTS5 table that holds one text at a time."""

    def __init__(self) -> None:
        self.conn = sqlcipher3.connect(":memory:", isolation_level=None)
        self.conn.execute(
            f"CREATE VIRTUAL TABLE t USING fts5(body, content='', contentless_delete=1, tokenize=\"{texts.TOKENIZER}\")"
        )

    def hold(self, text: str) -> None:
        self.conn.execute("INSERT OR REPLACE INTO t (rowid, body) VALUES (1, ?)", (texts.prepare(text),))

    def finds(self, query: str) -> bool:
        words, begun = texts.phrase(query)
        if not words:
            return True
        expression = f'"{words}"' + ("*" if begun else "")
        return self.conn.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression,)).fetchone() is not None


@pytest.fixture(scope="module")
def postings() -> Iterator[Postings]:
    made = Postings()
    yield made
    made.conn.close()


@given(text=ANY_TEXT)
@example("\u0386\u0300")
@example("王 伟和王\n偉")
@example("第3章，公司ABC。大")
@example("\u1112\u1161\u11ab é")
def test_every_word_and_pair_of_han_is_found(postings: Postings, text: str) -> None:
    postings.hold(text)
    for word in texts.words(texts.fold(text)):
        assert postings.finds(word), word
    for first, second in pairwise(text):
        if "CJK" in unicodedata.name(first, "") and "CJK" in unicodedata.name(second, ""):
            assert postings.finds(first + second)
            assert postings.finds(first)
            assert postings.finds(second)


@given(text=ANY_TEXT)
@example("公司ABC公司 大")
@example("ไทย大陆한국 x")
def test_a_text_is_found_by_the_whole_of_it_as_a_phrase(postings: Postings, text: str) -> None:
    postings.hold(text)
    assert postings.finds(text)


@given(text=ANY_TEXT)
def test_what_passes_untouched_needs_nothing(text: str) -> None:
    if texts.prepare(text) is text:
        assert texts.RUN.search(text) is None
        assert folded(text) == folded(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        ("兩岸關係與大陸", "大陆"),
        ("两岸关系与大陆", "大陸"),
        ("乾燥的乾隆", "乾"),
        ("خِطَابٌ مـهـمّ", "خطاب مهم"),
        ("الأمم المتحدة", "الامم المتحده"),
        ("می‌خواهم", "میخواهم"),
        ("ئۇيغۇرلەر ھەققىدە", "ئۇيغۇرلەر"),
        ("བོད་ལྗོངས་", "བོད"),
        ("नमस्ते दुनिया", "नमस्ते"),
        ("ประเทศไทยและลาว", "ไทย"),
        ("२०१५ और ٢٠١٥", "2015"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("Łódź, Straße, Ærø", "lodz strasse aero"),
        ("İstanbul'da ılık", "istanbul da ilik"),
        ("cafe\u0301 naïve", "café naive"),
        ("и\u0306од ёлка", "йод елка"),
        ("Αθήνα ὁδός", "αθηνα οδοσ"),
        ("co\u00adopera\u00adtion", "cooperation"),
        ("the treaty² of 1951", "treaty of 1951"),
        ("in Bangkok的ABC公司", "bangkok"),
        ("大\n陆新闻", "大陆新闻"),
        ("王　伟", "王伟"),
    ],
)
def test_spellings_of_one_word_meet(postings: Postings, stored: str, query: str) -> None:
    postings.hold(stored)
    assert all(postings.finds(word) for word in query.split())


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        ("བོད་ལྗོངས", "ད"),
        ("नमस्ते", "नम"),
        ("大陆。新闻", "陆新"),
        ("大陆\n\n新闻", "陆新"),
        ("cooperation", "operation"),
        ("йод", "иод"),
    ],
)
def test_words_are_not_shredded_or_grown_together(postings: Postings, stored: str, query: str) -> None:
    postings.hold(stored)
    assert not postings.finds(query)


def test_plain_latin_passes_untouched() -> None:
    for text in ("The plain text.", "“Typographic” quotes – and dashes… Über naïve café"):
        assert texts.prepare(text) is text


def test_han_folds_one_character_to_one() -> None:
    text = "漢語繁體乾隆後"
    assert len(texts.fold(text)) == len(text)
    assert texts.fold(text) == "汉语繁体干隆后"


def test_no_folded_character_passes_untouched() -> None:
    for code in range(0x80, 0x323B0):
        char = chr(code)
        if unicodedata.category(char)[0] in "LMN" and texts.fold(char) != char:
            assert texts.prepare(char) != char, hex(code)
