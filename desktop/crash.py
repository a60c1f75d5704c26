"""Shows a bug of the program to the person before it; nothing of it is stored or sent."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.translate import tr


class CrashDialog(QDialog):
    """What happened, in the program's own words, to be copied by whoever wants to report it."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong in Tamarisk"))
        self.resize(720, 420)
        said = QLabel(
            tr(
                "This is a mistake in the program, not yours. Everything stored before is kept. Nothing of this was "
                "saved or sent. If you report it, read the text below first: it may hold words from your documents."
            )
        )
        said.setWordWrap(True)
        self.text = QPlainTextEdit("".join(traceback.format_exception(error)))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox()
        go_on = buttons.addButton(tr("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy_button = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        end = buttons.addButton(tr("End the program"), QDialogButtonBox.ButtonRole.DestructiveRole)
        go_on.clicked.connect(self.accept)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        end.clicked.connect(QGuiApplication.quit)
        column = QVBoxLayout(self)
        for widget in (said, self.text, buttons):
            column.addWidget(widget)


class CrashReporter(QObject):
    """Catches what nobody caught, in any thread, and shows it one at a time."""

    _caught = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._dialog: CrashDialog | None = None
        self._caught.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on uncaught exceptions come here."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._caught.emit(args.exc_value)

    def show(self, error: BaseException) -> None:
        """Show one; while it is shown, others only go to the terminal, where there is one: standard error of a program
        started from a menu is kept in a log on the disk, and the error may hold words from documents."""
        if sys.stderr is not None and sys.stderr.isatty():
            traceback.print_exception(error)
        if self._dialog is None:
            self._dialog = CrashDialog(None, error)
            self._dialog.finished.connect(self._closed)
            self._dialog.open()

    def _closed(self) -> None:
        self._dialog = None

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        self._caught.emit(error)
