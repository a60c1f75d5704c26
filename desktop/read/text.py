"""Shows the text of a document at a hit: lines of about 70 characters, and of a long text only the part around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from desktop.read.marks import NoteMark, format_of_hit, format_of_note
from desktop.read.offsets import Offsets, laid_out
from desktop.theme import current_theme, scaled
from desktop.translate import tr

PART = 120_000  # characters laid out at once: about 0.1 s for Chinese, which takes longest
LOOK = 0.3  # how far down the view a hit is shown, so that what comes before it is seen
COLUMN = 70  # characters to a line
SAMPLE = "Nothing is recorded here that does not name the source it was taken from."
Marks = tuple[tuple[int, int], ...]


class TextView(QTextEdit):
    """A text with its hits marked. Places are code points of the whole text, as the archive counts them."""

    hit_reached = Signal(int, int)  # which hit (from 1, 0 for none), of how many
    place_changed = Signal(int)  # the code point at the top of the view
    clicked = Signal(int)  # a code point, by a click that selects nothing

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(tr("Text of the document"))
        self._text = ""
        self._marks: Marks = ()
        self._notes: tuple[NoteMark, ...] = ()
        self._starts: list[int] = []
        self._current = -1
        self._from, self._to = 0, 0
        self._offsets = Offsets("")
        self._document: QTextDocument | None = None  # Qt gives up its own, but not one it was given
        self._loading = False
        self._target = (0, 0.0)  # the place to keep in view, and where in it
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_text(self, text: str, marks: Marks, at: int) -> None:
        """Show a text with these hits, at the first hit from the place `at` on, else at `at` itself."""
        self._text, self._marks = laid_out(text), marks
        self._starts = [start for start, _ in marks]
        self._notes = ()
        self._current = -1
        self._load(at)
        if marks:
            found = bisect_left(self._starts, at)
            self.go_to_hit(found if found < len(marks) else len(marks) - 1)
        else:
            self._scroll_to(at)
            self.hit_reached.emit(0, 0)

    def show_notes(self, notes: Sequence[NoteMark]) -> None:
        """Mark these passages of the reader's, quietly; hits are painted over them."""
        self._notes = tuple(notes)
        self._paint_marks()

    def whole_text(self) -> str:
        """All of the text, also the part that is not laid out."""
        return self._text

    def go_to_hit(self, number: int) -> None:
        """Go to a hit, counted from 0 and round the end."""
        if not self._marks:
            return
        self._current = number % len(self._marks)
        start, end = self._marks[self._current]
        if not (self._from <= start and end <= self._to):
            self._load(start)
        self._paint_marks()
        cursor = self.textCursor()
        cursor.setPosition(self._position(start))
        self.setTextCursor(cursor)
        self._scroll_to(start)
        self.hit_reached.emit(self._current + 1, len(self._marks))

    def next_hit(self) -> None:
        """The next hit, round the end."""
        self.go_to_hit(self._current + 1)

    def previous_hit(self) -> None:
        """The hit before, round the beginning."""
        self.go_to_hit(self._current - 1)

    def place(self) -> int:
        """The code point at the top of the view."""
        return self._from + self._offsets.points(self.cursorForPosition(self.viewport().rect().topLeft()).position())

    def selected(self) -> tuple[int, int]:
        """The code points selected, start and end; equal where nothing is."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return self._from + self._offsets.points(start), self._from + self._offsets.points(end)

    def cursor_place(self) -> int:
        """The code point the cursor stands at: that of the hit one has gone to, or where one has clicked."""
        return self._from + self._offsets.points(self.textCursor().position())

    def select(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        if not (self._from <= start and end <= self._to):
            self._load(start)
        self._loading = True  # to set the cursor scrolls, which must not lay out another part
        cursor = self.textCursor()
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._loading = False
        self.reveal(start, end)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a stretch is seen from its beginning, unless all of it is seen already."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(start))
        top = self.cursorRect(cursor).top()
        cursor.setPosition(self._position(end))
        if top < 0 or self.cursorRect(cursor).bottom() > self.viewport().height():
            self._scroll_to(start, share=0.08)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is plain text."""
        data = QMimeData()
        start, end = self.selected()
        data.setText(self._text[start:end])
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where one has clicked."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.clicked.emit(self.cursor_place())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Home and Ctrl+End go to the ends of the whole text, Space a page on."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            place = 0 if event.key() == Qt.Key.Key_Home else len(self._text)
            self._load(place)
            cursor = self.textCursor()
            cursor.setPosition(self._position(place))
            self.setTextCursor(cursor)
            self._scroll_to(place)
        elif event.key() == Qt.Key.Key_Space:
            bar = self.verticalScrollBar()
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + round(bar.pageStep() * (-0.9 if back else 0.9)))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column's width, and the place."""
        if event.size().width() == event.oldSize().width():
            super().resizeEvent(event)
            if event.size().height() < event.oldSize().height() and self.textCursor().hasSelection():
                self.reveal(*self.selected())  # what opened beneath is about the passage: it must not cover it
            return
        self._loading = True
        super().resizeEvent(event)
        self._set_margins()
        self._loading = False
        if self._text:
            self._scroll_to(*self._target)

    def changeEvent(self, event: QEvent) -> None:
        """New colours or another size of letters: lay out anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._text:
            self._load(self._target[0])
            self._scroll_to(*self._target)

    def _load(self, place: int) -> None:
        """Lay out the part of the text around `place`."""
        self._loading = True
        self._from = self._line_start(max(0, place - PART // 2)) if len(self._text) > PART else 0
        self._to = self._line_start(self._from + PART) if self._from + PART < len(self._text) else len(self._text)
        part = self._text[self._from : self._to]
        self._offsets = Offsets(part)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        font = scaled(self.font(), 1.1)
        document.setDefaultFont(font)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spacing.setBottomMargin(0 if is_spaced(part) else QFontMetricsF(font).height() * 0.55)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(spacing)
        cursor.insertText(part)
        old, self._document = self._document, document
        self.setDocument(document)
        if old is not None:
            old.deleteLater()
        self._set_margins()
        self._paint_marks()
        self._loading = False

    def _line_start(self, place: int) -> int:
        """The beginning of a line shortly before `place`; `place` itself inside a very long line."""
        found = self._text.rfind("\n", max(0, place - 5_000), place)
        return found + 1 if found >= 0 else place

    def _position(self, point: int) -> int:
        return self._offsets.units(min(max(point, self._from), self._to) - self._from)

    def _scroll_to(self, point: int, share: float = LOOK) -> None:
        """Bring a place to `share` of the view's height from its top, and keep it there when the view is resized."""
        self._target = (point, share)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(point))
        bar = self.verticalScrollBar()
        self._loading = True
        self.document().pageCount()  # finishes the layout, and with it the range of the bar
        top = self.cursorRect(cursor).top() + bar.value()
        bar.setValue(top - round(self.viewport().height() * share))
        self._loading = False
        self.place_changed.emit(point)

    def _scrolled(self, value: int) -> None:
        if self._loading or not self._text:
            return
        bar = self.verticalScrollBar()
        place = self.place()
        self._target = (place, 0.0)
        at_end = value >= bar.maximum() - bar.pageStep() and self._to < len(self._text)
        at_start = value <= bar.pageStep() and self._from > 0
        if at_end or at_start:
            self._load(place)
            self._scroll_to(place, share=0.0)
        else:
            self.place_changed.emit(place)

    def _set_margins(self) -> None:
        metrics = QFontMetricsF(self.document().defaultFont())
        column = metrics.horizontalAdvance(SAMPLE) / len(SAMPLE) * COLUMN
        side = max(18.0, (self.viewport().width() - column) / 2)
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(side)
        shape.setRightMargin(side)
        shape.setTopMargin(16)
        shape.setBottomMargin(60)
        frame.setFrameFormat(shape)

    def _paint_marks(self) -> None:
        theme = current_theme()
        plain, current = format_of_hit(theme, current=False), format_of_hit(theme, current=True)
        selections = [
            self._selection(mark.start, mark.end, format_of_note(mark, theme))
            for mark in self._notes
            if mark.start < self._to and mark.end > self._from
        ]
        first, last = bisect_right(self._starts, self._from - 1), bisect_left(self._starts, self._to)
        for number in range(first, last):
            form = current if number == self._current else plain
            selections.append(self._selection(*self._marks[number], form))
        self.setExtraSelections(selections)

    def _selection(self, start: int, end: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, form
        return selection


def is_spaced(text: str) -> bool:
    """Whether paragraphs need no space put between them: blank lines do it, or lines end where a page was full."""
    head = text[:20_000]
    lines = [line for line in head.split("\n") if line.strip()]
    if head.count("\n\n") > len(lines) * 0.2:
        return True
    return len(lines) > 8 and sum(len(line) > 110 for line in lines) < len(lines) * 0.15
