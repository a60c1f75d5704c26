"""The query bar: what is typed, sent on after a short pause, and under it how it was understood."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop import shown
from desktop.find.link import INSET, Link
from desktop.theme import current_theme
from desktop.translate import tr, trn

PAUSE_MS = 120  # longer than between two letters of one word, shorter than a wait


class QueryBar(QWidget):
    """A line to type in, help, the menu and the lock; `widen_action` turns the search of other forms on and off."""

    changed = Signal(str)  # after a pause, or at once on Enter
    entered = Signal()  # Enter: take me to the first hit
    descended = Signal()  # Down: into the list
    escaped = Signal()  # Esc in an empty line

    def __init__(self, menu: QMenu, help_action: QAction, lock_action: QAction, widen_action: QAction) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Search"))
        self.line.setClearButtonEnabled(True)
        self.line.setAccessibleName(tr("Search the archive"))
        self.line.setMaxLength(2000)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)  # centred, Qt lifts taller scripts out of the line
        self.line.setTextMargins(0, 3, 0, 3)
        self.line.setObjectName("query")
        self.line.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._send)
        self.line.textChanged.connect(lambda: self._pause.start())
        self._sent = ""

        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        for action in (help_action, lock_action):
            button = QToolButton()
            button.setAutoRaise(True)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.menu_button = QToolButton()
        self.menu_button.setAutoRaise(True)
        self.menu_button.setText(tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(menu)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.menu_button)

        self.understood = QLabel()
        self.understood.setTextFormat(Qt.TextFormat.PlainText)
        self.understood.setWordWrap(True)
        self.understood.setAccessibleName(tr("How the search was understood"))
        self.understood.setContentsMargins(INSET, 3, 0, 0)
        self.understood.setAlignment(Qt.AlignmentFlag.AlignTop)  # on one line with the link
        self.understood.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addLayout(row)
        self._widen_key = widen_action.shortcut()
        self.turn = Link()
        self.turn.clicked.connect(widen_action.trigger)
        self.turn.setToolTip(widen_action.toolTip())
        self.turn.hide()
        below = QHBoxLayout()
        below.addWidget(self.understood, 1)
        # alone it stands where the line of words begins, else at the end of that line
        below.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)
        QWidget.setTabOrder(self.line, self.turn)
        self.repaint_line()
        self._column = column

    def add_line(self, line: QWidget) -> None:
        """Put a further line under the words about how the query was understood."""
        self._column.addWidget(line)

    def repaint_line(self) -> None:
        """Give the line a frame, and the link its colours, that are seen in light and in dark."""
        theme = current_theme()
        self.turn.repaint_link()
        self.line.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {theme.muted.name()}; border-radius: 4px; padding: 2px 8px;"
            f" background: {theme.base.name()}; color: {theme.text.name()} }}"
            f"QLineEdit:focus {{ border: 2px solid {theme.focus.name()}; padding: 1px 7px }}"
        )

    def changeEvent(self, event: QEvent) -> None:
        """Fonts were added, or letters are of another size: the line lays its text out anew only with a new text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "line"):
            self.line.setFont(self.font())
            text, selected = self.line.text(), self.line.hasSelectedText()
            self.line.blockSignals(True)
            self.line.setText("")
            self.line.setText(text)
            self.line.blockSignals(False)
            if selected:
                self.line.selectAll()

    def set_count(self, records: int) -> None:
        """Say how many records there are to search."""
        words = trn("Search in {n} record", "Search in {n} records", records) if records else tr("Search")
        self.line.setPlaceholderText(words)

    def set_text(self, text: str) -> None:
        """Show the text that is being searched for, wherever it came from; it is not sent once more."""
        if self.line.text() != text:
            self.line.setText(text)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # of a long one the beginning says more than the end
        self._pause.stop()
        self._sent = text

    def text(self) -> str:
        """What is typed now."""
        return self.line.text()

    def say(self, sentences: list[str], warning: bool) -> None:
        """Show how the query was understood; nothing where it was taken as typed."""
        theme = current_theme()
        colour = theme.warning if warning else theme.muted
        self.understood.setStyleSheet(f"color: {colour.name()}")
        self.understood.setText(shown.line("  ·  ".join(sentences)))
        self.understood.setVisible(bool(sentences))

    def offer_turn(self, words: str) -> None:
        """Offer, beside how it was understood, to search other forms or only what is typed; nothing where empty."""
        self.turn.setText(words)
        self.turn.setVisible(bool(words))

    def take_focus(self) -> None:
        """Put the cursor here, everything selected, so that typing starts anew."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Down and Esc mean something beyond the line itself; the key that widens is not the line's at all."""
        if watched is not self.line or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        widens = QKeySequence(event.keyCombination()) == self._widen_key
        if event.type() == QEvent.Type.ShortcutOverride and widens:  # on X11 a way to its end
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._send()
                self.entered.emit()
                return True
            if key == Qt.Key.Key_Down:
                self._send()
                self.descended.emit()
                return True
            if key == Qt.Key.Key_Escape:
                if self.line.text():
                    self.line.clear()
                    self._send()
                else:
                    self.escaped.emit()
                return True
        return super().eventFilter(watched, event)

    def _send(self) -> None:
        self._pause.stop()
        if self.line.text() != self._sent:
            self._sent = self.line.text()
            self.changed.emit(self._sent)
