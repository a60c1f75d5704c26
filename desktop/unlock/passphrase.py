"""A line for a passphrase: hidden unless shown, with a word when caps lock seems to be on; and how strong one is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.theme import current_theme
from desktop.translate import tr

LOOKED_AT = 40  # characters of a passphrase that are judged; more take long and change nothing
ENOUGH = 3  # zxcvbn: safely unguessable, about 10^8 guesses and more, of which scrypt allows one a second


class PassphraseLine(QWidget):
    """A line, a button that shows what is typed, and a hint beneath."""

    entered = Signal()
    changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(name)
        self.line.returnPressed.connect(self.entered)
        self.line.textChanged.connect(self.changed)
        self.line.installEventFilter(self)
        self.show_button = QToolButton()
        self.show_button.setText(tr("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setToolTip(tr("Show what is typed"))
        self.show_button.toggled.connect(self._show)
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.hide()
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt tells no state of caps lock; a letter that is large without Shift, or small with it, betrays it."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if len(letter) == 1 and letter.upper() != letter.lower():
                self._warn(letter.isupper() != shift)
            elif event.key() == Qt.Key.Key_CapsLock:
                self._warn(False)
        return super().eventFilter(watched, event)

    def _warn(self, locked: bool) -> None:
        self.hint.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.hint.setText(tr("Caps lock seems to be on."))
        self.hint.setVisible(locked)

    def _show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def zxcvbn(passphrase: str) -> dict[str, Any]:
    """What the library says; the first call loads its dictionaries, which takes longer than a key press may."""
    from zxcvbn import zxcvbn as judge

    return dict(judge(passphrase))


def strength(passphrase: str) -> tuple[int, str]:
    """How hard a passphrase is to guess, 0 to 4, and that in a sentence."""
    if not passphrase:
        return 0, tr("Five or six words that do not belong together are strong and easy to remember.")
    score = int(zxcvbn(passphrase[:LOOKED_AT])["score"])
    if score >= ENOUGH:
        return score, tr("Strong.") if score == 4 else tr("Good. One more word makes it strong.")
    return score, tr("Easy to guess. Add words that do not belong together.")
