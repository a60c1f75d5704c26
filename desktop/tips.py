"""Makes tool tips of words that came from outside: a tip that looks like markup would be shown as such by Qt."""

from __future__ import annotations

import html

from desktop import shown

MOST = 400  # characters; a title may have thousands


def plain(words: str) -> str:
    """A tip that shows these words as they are, wrapped; no tag of theirs is obeyed, no picture of theirs is loaded."""
    cut = words if len(words) <= MOST else words[: MOST - 1].rstrip() + "…"
    return f"<p>{html.escape(shown.running(cut))}</p>".replace("\n", "<br>")
