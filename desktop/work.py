"""A strip at the foot of the window for one piece of long work: how far it is, how to stop it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import shown, tips
from desktop.theme import current_theme
from desktop.translate import tr


class WorkStrip(QFrame):
    """Not a dialog: reading and searching go on above it."""

    def __init__(self, title: str, stop: Callable[[], None]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title = QLabel(title)
        self._said = QLabel()
        for label in (self._title, self._said):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setMinimumWidth(80)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(200, 10)
        self.bar.setAccessibleName(title)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.clicked.connect(self._stopped)
        self.report_button = QPushButton(tr("Report"))
        self.report_button.hide()
        self._close = QPushButton(tr("Close"))
        self._close.clicked.connect(self.deleteLater)
        self._close.hide()
        self._stop = stop
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.addWidget(self._title)
        row.addWidget(self.bar)
        row.addWidget(self._said, 1)
        for button in (self.report_button, self.stop_button, self._close):
            row.addWidget(button)

    def show_progress(self, done: int, total: int, words: str) -> None:
        """How far it is; a total of 0 is not known."""
        steps = 1000
        self.bar.setRange(0, steps if total else 0)
        self.bar.setValue(min(steps, round(done / total * steps)) if total else 0)
        self._say(words)

    def finish(self, words: str, *, warning: bool = False, report: Callable[[], None] | None = None) -> None:
        """What came of it; stays until closed."""
        self._title.hide()  # it says what is being done
        self.bar.hide()
        self.stop_button.hide()
        self._close.show()
        theme = current_theme()
        self._said.setStyleSheet(f"color: {(theme.warning if warning else theme.text).name()}")
        self._say(words)
        if report is not None:
            self.report_button.show()
            self.report_button.clicked.connect(report)

    def words(self) -> str:
        """What is said."""
        return self._said.text()

    def _say(self, words: str) -> None:
        words = shown.line(words)  # the name of the file at hand is among them
        self._said.setText(words)
        self._said.setToolTip(tips.plain(words))

    def _stopped(self) -> None:
        self.stop_button.setEnabled(False)
        self._say(tr("Stopping…"))
        self._stop()


class WorkStrips(QWidget):
    """The strips of everything under way, one above the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def begin(self, title: str, stop: Callable[[], None]) -> WorkStrip:
        """A new strip."""
        strip = WorkStrip(title, stop)
        self._column.addWidget(strip)
        return strip
