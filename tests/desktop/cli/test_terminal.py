"""What reaches a terminal: nothing that could command it, and JSON that says the same."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli import terminal

any_text = st.text(st.characters(exclude_categories=()))  # surrogates included
LIVE = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@given(any_text)
def test_one_line_holds_nothing_live(text: str) -> None:
    shown = terminal.clean(text)
    assert not LIVE & set(shown)
    assert not any(unicodedata.category(letter) == "Cs" for letter in shown)
    assert len(shown.splitlines()) <= 1
    assert len(shown) == len(text)


@given(any_text)
def test_running_text_keeps_lines_only(text: str) -> None:
    shown = terminal.clean_text(text)
    assert LIVE & set(shown) <= {"\n", "\t"}
    shown.encode()


@given(
    st.recursive(any_text | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(any_text, inner))
)
def test_json_says_the_same_and_holds_nothing_live(value: object) -> None:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        terminal.emit(value)
    words = out.getvalue()
    assert LIVE & set(words) <= {"\n"}
    words.encode()
    assert json.loads(words) == value


@given(any_text, st.lists(st.integers(0, 40), max_size=8))
def test_marks_change_nothing_but_colours(text: str, cuts: list[int]) -> None:
    places = sorted({min(cut, len(text)) for cut in cuts})
    marks = list(zip(places[::2], places[1::2], strict=False))
    assert click.unstyle(terminal.marked(text, marks)) == terminal.clean(text)


def test_plain_words_stay_as_they_are() -> None:
    for words in ("Bangkok, 2015", "红色通报", "པད་མ", "ئۇيغۇر", "शब्द", "\u200fعربي\u200e", "naïve"):
        assert terminal.clean(words) == words


@pytest.mark.parametrize("words", ["\x1b[2J", "\x9b2J", "\x1b]0;title\x07", "a\rb", "\u202eabc"])
def test_escapes_become_visible(words: str) -> None:
    assert terminal.clean(words) != words


def test_isolates_that_sentences_put_around_names_are_left_out() -> None:
    assert terminal.clean("Name: \u2068ئايگۈل\u2069.") == "Name: ئايگۈل."
    assert "\ufffd" in terminal.clean("\u2067ئايگۈل")
    assert "\ufffd" in terminal.clean("\u202etxt")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a place that is always full")
@pytest.mark.parametrize(
    "words", [("search", "notice"), ("search", "notice", "--json"), ("list-search", "LIST", "--json")]
)
def test_an_answer_that_does_not_fit_is_no_fault_of_the_archive(
    sample: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("notice\nBangkok\n")
    verb, *rest = (str(names) if word == "LIST" else word for word in words)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", verb, str(sample), *rest],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 5
    assert "could not be written where it was sent to (No space left on device)" in done.stderr
    assert "Traceback" not in done.stderr
    assert str(sample) not in done.stderr
