"""Marks: what the index matched is found again in stored text, at its own offsets."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import snippets
from index.marks import Match, Sought, folded, follow, matches, merged, pieces
from tests.index.test_text import ANY_TEXT


def marked(text: str, *sought: Sought) -> list[str]:
    return [text[match.start : match.end] for match in matches(text, sought)]


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("Red notices, a red\nnotice, redone", Sought(("red", "notice")), ["red\nnotice"]),
        ("Red notices, a red-notice", Sought(("red", "notice"), begun=True), ["Red notices", "red-notice"]),
        ("within in the inn", Sought(("in",)), ["in"]),
        ("“within” in the inn…", Sought(("in",)), ["in"]),
        ("would wood woad word", Sought(("wo?d",), pattern=True), ["wood", "woad", "word"]),
        ("aXbXb axbc ab abb acb", Sought(("a*b*b",), pattern=True), ["aXbXb", "abb"]),
        ("kidnapped napkin", Sought(("*nap*",), pattern=True), ["kidnapped", "napkin"]),
        ("अab ab abc acb", Sought(("a?b*",), pattern=True), ["acb"]),
        ("Café cafe\u0301 CAFE", Sought(("cafe",)), ["Café", "cafe\u0301", "CAFE"]),
        ("STRASSE Straße", Sought(("strasse",)), ["STRASSE", "Straße"]),
        ("ﬁne finest", Sought(("fine",)), ["ﬁne"]),
        ("王 伟、王\n偉、王，伟", Sought(("王伟",)), ["王 伟", "王\n偉"]),
        ("在Bangkok的", Sought(("bangkok",)), ["Bangkok"]),
        ("ABC公司和公司", Sought(("abc", "公司")), ["ABC公司"]),
        ("ประเทศไทย", Sought(("ไทย",)), ["ไทย"]),
        ("नमस्ते नमस", Sought(("नमस",)), ["नमस"]),
        ("خِطَابٌ مـهـمّ", Sought(("مهم",)), ["مـهـمّ"]),
        ("foo_bar", Sought(("foo",)), ["foo"]),
        ("नमस्ते नमक", Sought(("नम*",), pattern=True), ["नमस्ते", "नमक"]),
        ("नमस्ते नमक", Sought(("न?स्?े",), pattern=True), ["नमस्ते"]),
        ("བོད་ལྗོངས", Sought(("*ངས",), pattern=True), ["ལྗོངས"]),
    ],
)
def test_marked(text: str, sought: Sought, expected: list[str]) -> None:
    assert marked(text, sought) == expected


def test_many_stars_in_a_long_word_end() -> None:
    for text in ("a" * 4000, "द " + "a" * 4000):
        assert marked(text, Sought(("a*a*a*a*a*a*a*b",), pattern=True)) == []
        assert marked(text + "b", Sought(("a*a*a*a*a*a*a*b",), pattern=True)) == ["a" * 4000 + "b"]


@given(text=ANY_TEXT)
def test_positions_lead_back(text: str) -> None:
    lowered, positions = follow(text)
    if positions is None:
        assert len(lowered) == len(text)
    else:
        assert len(positions) == len(lowered) + 1
        assert positions == sorted(positions)
        assert positions[-1] == len(text)


def test_half_width_kana_are_marked() -> None:
    for text in ("行き先はﾊﾞﾝｺｸ。", "ﾊ\u3099ﾝｺｸ", "バンコク", "ﾌﾟﾉﾝﾍﾟﾝとﾊﾞﾝｺｸ"):
        assert [folded(one) for one in marked(text, Sought(("バンコク",)))] == ["バンコク"], text


@example(text="び0ｶ\u3099")
@example(text="\uf900\U000f0000\u0e38")
@example(text="0\u0e48\u0e38")
@example(text="ก々²々")
@given(text=ANY_TEXT)
def test_every_piece_is_marked_where_it_stands(text: str) -> None:
    lowered, positions = follow(text)
    places = positions[:-1] if positions else range(len(lowered))
    for piece in pieces(lowered):
        found = matches(text, [Sought((piece,))])
        assert found, piece
        stretch = (sign for sign, at in zip(lowered, places, strict=True) if found[0].start <= at < found[0].end)
        assert piece in re.sub(r"\s", "", "".join(stretch))


SPANS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 12), st.integers(0, 2)), max_size=12)


@given(text=st.text("ab \n。.", max_size=400), spans=SPANS)
def test_a_snippet_keeps_its_marks_on_the_same_letters(text: str, spans: list[tuple[int, int, int]]) -> None:
    found = sorted(
        (Match(start, min(start + length, len(text)), part) for start, length, part in spans if start < len(text)),
        key=lambda match: match.start,
    )
    snippet, start, end = snippets.cut(text, found, [1.0, 2.0, 3.0])
    shown = text[start:end]
    assert "".join(snippet.text.split()) == "".join(shown.split())
    assert "\n" not in snippet.text
    inside = [(max(s, start) - start, min(e, end) - start) for s, e in merged(found) if s < end and e > start]
    assert ["".join(snippet.text[s:e].split()) for s, e in snippet.marks] == [
        "".join(shown[s:e].split()) for s, e in inside
    ]
    if found and any(text[match.start : match.end].strip() for match in found):
        assert snippet.marks


def test_a_snippet_shows_most_of_the_query() -> None:
    text = "Alpha is here alone. " + "Filler goes on. " * 40 + "Here alpha meets beta. " + "More filler. " * 40
    found = matches(text, [Sought(("alpha",)), Sought(("beta",))])
    snippet, _, _ = snippets.cut(text, found, [1.0, 1.0])
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["alpha", "beta"]
    assert len(snippet.text) < 2 * snippets.LENGTH


def test_a_rare_word_outweighs_common_ones() -> None:
    text = "The of the of. " + "Filler goes on. " * 40 + "A quagga stood there."
    found = matches(text, [Sought(("the",)), Sought(("of",)), Sought(("quagga",))])
    snippet, _, _ = snippets.cut(text, found, [0.1, 0.1, 5.0])
    assert "quagga" in snippet.text
