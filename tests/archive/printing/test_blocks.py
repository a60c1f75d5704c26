"""Text from outside becomes fit to be printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.printing import blocks


@given(st.text())
def test_clean_text_has_no_line_ends_controls_or_overrides(text: str) -> None:
    assert not blocks.LIVE.search(blocks.clean(text))
    assert len(blocks.clean(text)) == len(text)
