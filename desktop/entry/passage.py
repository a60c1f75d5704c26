"""The passage that is chosen in the text that is read: a selection, or sentences walked by keys."""

from __future__ import annotations

from desktop.entry import sentences
from desktop.entry.material import Selected
from desktop.read.controller import ReadController
from desktop.read.pane import TEXT, ReadingPane

BEFORE = 4_000  # characters before a passage that may say whom or which year it means


class Passage:
    """Selects in the text, and says what is selected."""

    def __init__(self, pane: ReadingPane, reading: ReadController) -> None:
        self._pane, self._reading = pane, reading

    def selected(self) -> Selected | None:
        """The passage, without blanks at its ends: the sentence one stands in where nothing is selected.

        None where no text is open.
        """
        document, view = self._reading.document, self._pane.text
        text = view.whole_text()
        if document is None or not text.strip():
            return None
        if self._pane.tabs.currentIndex() != TEXT:
            self._pane.tabs.setCurrentIndex(TEXT)
        start, end = view.selected()
        if not text[start:end].strip():
            start, end = sentences.around(text, view.cursor_place())
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
        about = document.metadata
        return Selected(
            document.id,
            document.text_version,
            start,
            end,
            text[start:end],
            text[max(0, start - BEFORE) : start],
            about.language,
            about.published,
        )

    def walk(self, by: int) -> bool:
        """Select the sentence before (-1) or after (1); whether there is one."""
        text, (start, end) = self._pane.text.whole_text(), self._pane.text.selected()
        if start == end and by > 0:
            span = sentences.around(text, self._pane.text.cursor_place())
        else:
            span = sentences.after(text, end) if by > 0 else sentences.before(text, start)
        if span[0] == span[1] or not self._reading.is_open:
            return False
        self._pane.text.select(*span)
        return True

    def lengthen(self) -> bool:
        """Select one sentence more; False where nothing is selected."""
        text, (start, end) = self._pane.text.whole_text(), self._pane.text.selected()
        span = sentences.after(text, end)
        if start < end and span[0] < span[1]:
            self._pane.text.select(start, span[1])
        return start < end
