"""The strip in which a note is written: what it is on, the words, and whether they are kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from archive.notebook.handing.came import Came
from archive.notebook.records import Note
from archive.notebook.standing import State
from desktop import shown, tips
from desktop.forms import plain_label
from desktop.notebook.records import Noted
from desktop.theme import current_theme
from desktop.translate import tr

PAUSE_MS = 400  # what was typed is kept when the fingers rest
LINES = 4
LONGEST = 160  # characters of a quote


class NoteStrip(QFrame):
    """Closed until a note is opened in it. Esc leaves it."""

    written = Signal(str)  # the words by now, after a pause in typing
    left = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setMinimumWidth(60)
        self.became = plain_label("")
        self._warns = False
        self.text = NoteText()
        self.text.setAccessibleName(tr("Your note"))
        self.text.setPlaceholderText(tr("Your note. It is kept as you type, in your notebook and not in the archive."))
        self.text.setFixedHeight(round(self.text.fontMetrics().lineSpacing() * LINES) + 14)
        self.said = plain_label("")
        self.delete_button = QPushButton(tr("Delete…"))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setToolTip(tr("Close (Esc)"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._clean = True
        self.text.textChanged.connect(self._typed)
        self.text.left.connect(self.left)
        self.delete_button.clicked.connect(self.delete_wanted)
        self.close_button.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 6, 12, 6)
        column.setSpacing(4)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.delete_button)
        foot.addWidget(self.close_button)
        column.addWidget(self.about)
        column.addWidget(self.became)
        column.addWidget(self.text)
        column.addLayout(foot)
        self.hide()
        self.repaint_all()

    def begin(self, about: str, words: str, *, became: tuple[str, bool] = ("", False), can_delete: bool) -> None:
        """Show a note: what it is on, its words, and what became of its passage."""
        self._pause.stop()
        self._clean = True
        self.text.blockSignals(True)
        self.text.setPlainText(words)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.blockSignals(False)
        short = about if len(about) <= LONGEST else about[: LONGEST - 1] + "…"
        self.about.setText(shown.line(short))
        self.about.setToolTip(tips.plain(about))
        said, self._warns = became
        self.became.setVisible(bool(said))
        self.became.setText(said)
        self.repaint_all()
        self.delete_button.setEnabled(can_delete)
        self.say("")
        self.show()

    def words(self) -> str:
        """What stands in it."""
        return self.text.toPlainText()

    def flush(self) -> None:
        """Tell what was typed, if anything was since it was told last."""
        self._pause.stop()
        if not self._clean:
            self._clean = True
            self.written.emit(self.words())

    def mark_unkept(self) -> None:
        """What was told could not be kept: tell it once more with the next words, or when the strip is closed."""
        self._clean = False

    @property
    def is_clean(self) -> bool:
        """Whether all that was typed was told, and nothing of it refused."""
        return self._clean

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Say whether it is kept."""
        theme = current_theme()
        self.said.setStyleSheet(f"color: {(theme.warning if warning else theme.muted).name()}")
        self.said.setText(sentence)

    def repaint_all(self) -> None:
        """Take the colours of now."""
        theme = current_theme()
        self.about.setStyleSheet(f"color: {theme.muted.name()}")
        self.became.setStyleSheet(f"color: {(theme.warning if self._warns else theme.muted).name()}")

    def _typed(self) -> None:
        self._clean = False
        self.say("")
        self._pause.start()


class NoteText(QPlainTextEdit):
    """Plain text; Tab goes on, Esc leaves."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def about(noted: Noted | None, quote: str, title: str) -> str:
    """What a note is on, in one line: its passage, else the record."""
    if noted is not None and noted.note.passage is not None:
        quote = noted.note.passage.quote
    if noted is not None and noted.came is not None:
        on = tr("“{quote}”", quote=" ".join(quote.split())) if quote else title or tr("this record")
        return tr("Note on {title} ({whose})", title=on, whose=whose(noted.came))
    if quote:
        return tr("Note on “{quote}”", quote=" ".join(quote.split()))
    return tr("Note on {title}", title=title or tr("this record"))


def became(noted: Noted) -> tuple[str, bool]:
    """What is said of a note whose passage is not where it was, with the words it had, and whether it is a warning;
    nothing where it stands."""
    passage = noted.note.passage
    if passage is None or noted.standing is None:
        return "", False
    quote = shown.isolated(" ".join(passage.quote.split()))
    match noted.standing.state:
        case State.LOST if noted.came is not None:  # nobody here has seen whether it ever stood there
            return tr(
                "These words are not in the text. The package that the note came in quotes: “{quote}”", quote=quote
            ), True
        case State.GONE if noted.came is not None:
            return tr(
                "This document is not in the archive. The package that the note came in quotes: “{quote}”", quote=quote
            ), True
        case State.LOST:
            return tr("This passage is no longer in the text. It read: “{quote}”", quote=quote), True
        case State.GONE:
            return tr("This document is no longer in the archive. The passage read: “{quote}”", quote=quote), True
        case State.MOVED:
            return tr(
                "The text has changed since. The words were found again in it; you noted on: “{quote}”", quote=quote
            ), False
        case State.STANDS:
            return "", False


def whose(came: Came) -> str:
    """Whose package a note came in, and whether it stands beside one that both had changed."""
    sender = shown.isolated(came.sender)
    if came.beside:
        return tr("as {name} changed it", name=sender) if sender else tr("as a colleague changed it")
    return tr("from {name}", name=sender) if sender else tr("from a colleague")


def name(note: Note) -> str:
    """A note in a few words."""
    words = " ".join((note.text or (note.passage.quote if note.passage else "")).split())
    return words if len(words) <= 60 else words[:59] + "…"
