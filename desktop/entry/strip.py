"""The strip under the text: what is recorded from the passage, row by row, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop import shown
from desktop.entry.attribution import Attribution
from desktop.entry.choosing import ChoiceLine
from desktop.entry.draft import About, Row
from desktop.entry.offers import Offer
from desktop.entry.rows import RowsView, Suggest
from desktop.flow import FlowLayout
from desktop.theme import current_theme
from desktop.translate import tr

MOST_OF_WINDOW = 0.36


class Strip(QFrame):
    """Shows; the controller decides. Tab leads through the rows, the line that adds, and what it rests on."""

    save_wanted = Signal(bool)  # whether to go on with the next sentence
    accept_all_wanted = Signal()
    added = Signal(object)  # Offer, or what was typed
    left = Signal()
    back_wanted = Signal()  # from what it rests on to what waits

    def __init__(self, suggest: Suggest, suggest_adding: Callable[[str], Sequence[Offer]]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Record from the passage"))
        self.rows = RowsView(suggest)
        self.adding = ChoiceLine(suggest_adding)
        self.adding.setAccessibleName(tr("Add a field, a value or an event"))
        self.attribution = Attribution()
        self._passage = ""
        self._quote = QLabel()
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        self._quote.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setContentsMargins(12, 0, 12, 0)
        self._said.hide()
        close = QToolButton()
        close.setText("×")
        close.setAutoRaise(True)
        close.setToolTip(tr("Close (Esc)"))
        close.setAccessibleName(tr("Close"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 6, 2)
        head.addWidget(self._quote, 1)
        head.addWidget(close)
        adding = QHBoxLayout()
        adding.setContentsMargins(12, 2, 12, 2)
        adding.addWidget(self.adding)
        self._buttons = self._foot()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.rows)
        column.addLayout(adding)
        column.addWidget(self.attribution)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        self.rows.passed.connect(lambda step: self.adding.setFocus() if step > 0 else None)
        self.rows.typed.connect(self._type)
        self.adding.passed.connect(self._pass_adding)
        self.adding.chosen.connect(self._add)
        self.adding.typed.connect(self._add)
        self.adding.left.connect(self.left)
        self.attribution.chain.left.connect(self.left)
        self.attribution.passed.connect(lambda _: self.back_wanted.emit())
        for keys, do in (
            (("Ctrl+Return", "Ctrl+Enter"), lambda: self.save_wanted.emit(False)),
            (("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), lambda: self.save_wanted.emit(True)),
            (("Shift+Return", "Shift+Enter"), self.accept_all_wanted.emit),
        ):
            for one in keys:
                shortcut = QShortcut(QKeySequence(one), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(do)
        self.repaint_all()

    def take_in(self) -> None:
        """Have what it rests on in its place."""
        self.attribution.indent()
        if not self.isAncestorOf(self.attribution):
            self._column.insertWidget(self._column.indexOf(self._said), self.attribution)
        self.attribution.show()

    def show_passage(self, quote: str) -> None:
        """Say which passage it is about."""
        self._passage = f"“{shown.line(' '.join(quote.split()))}”"
        self._elide()

    def show_rows(self, order: Sequence[tuple[About | None, Sequence[Row]]], hint: str) -> None:
        """Show the rows; `hint` stands in the line that adds."""
        self.rows.show_rows(order)
        self.adding.setPlaceholderText(hint)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The passage is cut to the width."""
        super().resizeEvent(event)
        self._elide()

    def fit(self) -> None:
        """As high as its rows, and never so high that the passage is not seen; where room is short the rows scroll."""
        self.rows.ask_height(round(self.window().height() * MOST_OF_WINDOW))

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Say something in the strip; nothing where that is empty."""
        theme = current_theme()
        self._said.setText(sentence)
        self._said.setStyleSheet(f"color: {(theme.warning if warning else theme.muted).name()}")
        self._said.setVisible(bool(sentence))

    def said(self) -> str:
        """What it says."""
        return self._said.text() if not self._said.isHidden() else ""

    def set_busy(self, busy: bool) -> None:
        """While it is being saved nothing can be saved again."""
        self._buttons.setEnabled(not busy)

    def keep_typed(self) -> None:
        """Take what is being typed anywhere, as Enter would."""
        self.rows.keep_edited()
        if self.adding.text().strip():
            self.adding.take()
        self.attribution.keep_typed()

    def offer_again(self) -> None:
        """What is offered anywhere has other ids by now."""
        self.adding.offer_again()
        self.rows.line.offer_again()

    def repaint_all(self) -> None:
        """Take the colours of now."""
        self._quote.setStyleSheet(f"color: {current_theme().muted.name()}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line parts it from the text."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 2, current_theme().focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter in what it rests on leads back to what waits."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _elide(self) -> None:
        room = self.width() - 60
        self._quote.setText(self._quote.fontMetrics().elidedText(self._passage, Qt.TextElideMode.ElideRight, room))

    def _foot(self) -> QWidget:
        foot = QWidget()
        flow = FlowLayout(foot)
        flow.setContentsMargins(12, 2, 12, 0)
        for words, keys, do in (
            (tr("Save"), tr("Ctrl+Enter"), lambda: self.save_wanted.emit(False)),
            (tr("Save, next sentence"), tr("Ctrl+Shift+Enter"), lambda: self.save_wanted.emit(True)),
            (tr("Accept all"), tr("Shift+Enter"), self.accept_all_wanted.emit),
        ):
            button = QPushButton(words)
            button.setToolTip(f"{words} ({keys})")
            button.clicked.connect(do)
            flow.addWidget(button)
        return foot

    def _add(self, taken: object) -> None:
        self.adding.clear()
        if isinstance(taken, str) and not taken.strip():
            self.adding.offer()
        else:
            self.added.emit(taken)

    def _type(self, text: str) -> None:
        """What was typed on a row that has its value adds another."""
        self.adding.setFocus()
        self.adding.insert(text)
        self.adding.offer()

    def _pass_adding(self, step: int) -> None:
        if self.adding.text().strip():
            self.adding.take()
        elif step > 0:
            self.attribution.stance.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rows.setFocus()
            self.rows.go_to_last()
