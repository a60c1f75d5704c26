"""Puts a code into words by a table of such codes; one that the table does not know is shown as it is."""

from __future__ import annotations

from collections.abc import Callable

from desktop import shown
from desktop.translate import tr

Words = dict[str, Callable[[], str]]
"""By code: its words in the reader's language."""


def words(known: Words, code: str) -> str:
    """The words for a code, which may carry a detail after a colon (`charset-guessed:gb18030`)."""
    name, _, detail = code.partition(":")
    if name in known:
        said = known[name]()
        return tr("{words} ({detail})", words=said, detail=shown.line(detail)) if detail else said
    return shown.line(code.replace("-", " "))
