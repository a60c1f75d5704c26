"""Text from outside as it is shown: in its own order, as long as it was, and on its own line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import shown

HOSTILE = st.text(
    st.characters()
    | st.sampled_from("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0\x1b\x07\x85\r\n\t./\\:"),
    max_size=60,
)
REORDERING = {"LRE", "RLE", "LRO", "RLO", "PDF"}
ISOLATING = {"LRI", "RLI", "FSI", "PDI"}


@given(HOSTILE)
def test_what_is_shown_keeps_its_length_and_nothing_that_commands(text: str) -> None:
    for made, kept in ((shown.line(text), ""), (shown.running(text), "\t\n")):
        assert len(made) == len(text)
        made.encode()
        for sign in made:
            assert sign in kept or unicodedata.category(sign) not in ("Cc", "Zl", "Zp", "Cs")
            assert unicodedata.bidirectional(sign) not in REORDERING
        for row in made.split("\n"):
            depth = 0
            for sign in row:
                depth += {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(sign, 0)
                assert depth >= 0
            assert depth == 0


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S")), max_size=60))
def test_honest_words_are_left_alone(text: str) -> None:
    assert shown.line(text) == shown.running(text) == text


@given(HOSTILE)
def test_in_a_sentence_it_stays_in_its_place(text: str) -> None:
    words = f"Received as “{shown.isolated(text)}” by the desk."
    assert shown.line(words) == words


def test_an_override_is_seen_and_turns_nothing_round() -> None:
    assert shown.line("report\u202efdp.exe") == "report\ufffdfdp.exe"


@given(HOSTILE)
def test_a_suggested_name_is_taken_by_every_system(name: str) -> None:
    made = shown.file_name(name, "copy")
    assert made
    assert made == made.strip(" .")
    assert len(made.encode()) <= shown.NAME_BYTES + 1
    assert not set(made) & set('/\\:*?"<>|')
    assert all(unicodedata.category(sign) not in ("Cc", "Cs") for sign in made)
    assert all(unicodedata.bidirectional(sign) not in REORDERING | ISOLATING for sign in made)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("report.pdf", "report.pdf"),
        ("a/b:c.txt", "a_b_c.txt"),
        ("report\u202efdp.exe", "report_fdp.exe"),
        (".hidden", "hidden"),
        ("..", "copy"),
        ("", "copy"),
        ("con.txt", "_con.txt"),
        ("灯笼" * 200 + ".html", "灯笼" * 32 + "灯.html"),
        ("ۋادىدا\u200f.md", "ۋادىدا_.md"),
    ],
)
def test_names_by_example(name: str, made: str) -> None:
    assert shown.file_name(name, "copy") == made
