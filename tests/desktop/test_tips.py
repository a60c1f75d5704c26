"""Words from outside in a tool tip: shown, never obeyed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocumentFragment

from desktop import tips


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=80))
def test_every_sign_is_shown_as_it_is(words: str) -> None:
    assert QTextDocumentFragment.fromHtml(tips.plain(words)).toPlainText() == words


def test_markup_is_not_obeyed() -> None:
    assert "<img" not in tips.plain('a <img src="//elsewhere/share/x.png"> b')


def test_a_long_title_is_cut() -> None:
    assert len(tips.plain("x" * 4000)) < 500
