"""A passage that is selected stays in view when something opens beneath the text."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.read.text import TextView

TEXT = "\n\n".join(f"Paragraph {n} says nothing that matters to anybody at all." for n in range(60))


def test_the_selection_is_seen_when_the_view_shrinks(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    view.show_text(TEXT, (), 0)
    start = TEXT.index("Paragraph 9 ")
    view.select(start, start + 20)
    assert view.cursorRect().bottom() < view.viewport().height()
    view.resize(600, 120)
    qtbot.waitUntil(lambda: view.viewport().height() < 200)
    assert 0 <= view.cursorRect().top() < view.viewport().height()
