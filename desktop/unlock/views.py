"""What stands in the window before an archive is open: the start view and the unlock view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPixmap, QPolygon
from PySide6.QtWidgets import (
    QCheckBox,
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import shown, tips, translate
from desktop.forms import plain_label
from desktop.theme import current_theme, scaled
from desktop.translate import tr
from desktop.unlock.first import language_box, meaning_of_protected
from desktop.unlock.passphrase import PassphraseLine

CARD = 62  # width of the column in the middle, in letters


class StartView(QWidget):
    """What came with the program, three other ways to begin, and the archives the user chose to have listed."""

    open_wanted = Signal()
    new_wanted = Signal()
    sample_wanted = Signal()
    recent_chosen = Signal(str)  # so is a release that came with the program
    recent_forgotten = Signal(str)
    language_chosen = Signal(str)  # its BCP 47 tag

    def __init__(self, first: bool = False, came: Sequence[Path] = ()) -> None:
        """`first` says that the program was never used here; `came` are the releases that came with it."""
        super().__init__()
        column = card(self)
        self.language = language_box(translate.available())
        self.language.activated.connect(lambda at: self.language_chosen.emit(self.language.itemData(at)))
        column.addWidget(self.language, alignment=Qt.AlignmentFlag.AlignRight)
        column.addWidget(heading("Tamarisk"))
        column.addWidget(plain_label(tr("An archive of documents that stays on this computer.")))
        column.addSpacing(12)
        self.buttons: list[_Way] = []
        for words, more, go_on in (
            *((*named(path), partial(self.recent_chosen.emit, str(path))) for path in came),
            (tr("Open what I was given"), tr("A folder whose name ends in .tamarisk"), self.open_wanted.emit),
            (tr("Start a new archive"), tr("Empty, encrypted, in a folder you choose"), self.new_wanted.emit),
            (tr("Look at the sample"), tr("A small archive to try things with"), self.sample_wanted.emit),
        ):
            button = _Way(words, more)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, go_on=go_on: go_on())
            column.addWidget(button)
            self.buttons.append(button)
        self.meaning = meaning_of_protected(first)
        column.addWidget(self.meaning)
        self._recents = QVBoxLayout()
        self._listed: list[QWidget] = []
        self._recent_buttons: list[tuple[QPushButton, QPushButton]] = []
        column.addSpacing(8)
        column.addLayout(self._recents)
        self._said = plain_label("")
        self._busy = _busy_bar(tr("Working"))
        column.addWidget(self._said)
        column.addWidget(self._busy)
        column.addStretch()

    def repaint_ways(self) -> None:
        """The colours have changed."""
        for button in self.buttons:
            button.repaint_way()

    def show_recents(self, paths: tuple[str, ...]) -> None:
        """List these archives."""
        for old in self._listed:
            self._recents.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._listed, self._recent_buttons = [], []
        if paths:
            heading = plain_label(tr("Listed here because you chose so:"))
            self._recents.addWidget(heading)
            self._listed.append(heading)
        for path in paths:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            button = QPushButton(shown.line(Path(path).stem).replace("&", "&&"))
            button.setToolTip(tips.plain(path))
            button.setFlat(True)
            button.setStyleSheet("text-align: left; padding: 4px 8px")
            button.clicked.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
            forget = QPushButton(tr("Forget"))
            forget.setAccessibleName(tr("Do not list {name} any more", name=shown.line(Path(path).stem)))
            forget.clicked.connect(lambda _=False, path=path: self.recent_forgotten.emit(path))
            line.addWidget(button, 1)
            line.addWidget(forget)
            self._recents.addWidget(row)
            self._listed.append(row)
            self._recent_buttons.append((button, forget))

    def recents(self) -> list[tuple[QPushButton, QPushButton]]:
        """Of each archive listed, the button that opens it and the one that forgets it."""
        return list(self._recent_buttons)

    def say(self, sentence: str) -> None:
        """Say what went wrong, or what is being done."""
        self._said.setText(sentence)

    def words(self) -> str:
        """What is said."""
        return self._said.text()

    def set_busy(self, busy: bool) -> None:
        """While something is being made, nothing else can be begun."""
        self._busy.setVisible(busy)
        for button in (*self.buttons, *(button for pair in self._recent_buttons for button in pair)):
            button.setEnabled(not busy)


def named(release: Path) -> tuple[str, str]:
    """What the way to a release that came with the program is called, and what is said of it."""
    return tr("Open {name}", name=shown.line(release.stem)).replace("&", "&&"), tr("It came with the program")


class UnlockView(QWidget):
    """The locked archive: its name, a passphrase, and what came of it."""

    unlock_wanted = Signal(str, bool)  # passphrase, whether the archive may be listed at the start
    identity_wanted = Signal(bool)  # the same by a key file instead of a passphrase
    left = Signal()

    def __init__(self, first: bool = False) -> None:
        """`first` says that the program was never used here."""
        super().__init__()
        column = card(self)
        self._name = heading("")
        self.meaning = meaning_of_protected(first)
        self._place = plain_label("")
        self.passphrase = PassphraseLine(tr("Passphrase"))
        self.passphrase.entered.connect(self._send)
        self.listed = QCheckBox(tr("List this archive at the start"))
        self.listed.setToolTip(tr("Its name and folder can then be seen by whoever uses this computer."))
        self.button = QPushButton(tr("Unlock"))
        self.button.setDefault(True)
        self.button.clicked.connect(self._send)
        back = QPushButton(tr("Another archive"))
        back.clicked.connect(self.left)
        self._busy = _busy_bar(tr("Unlocking"))
        self._said = plain_label("")
        self._said.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self.identity_button = QPushButton(tr("Use a key file…"))
        self.identity_button.clicked.connect(lambda: self.identity_wanted.emit(self.listed.isChecked()))
        for one in (back, self.identity_button):
            one.setAutoDefault(True)  # Enter presses the one that has the keyboard
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addStretch()
        buttons.addWidget(self.identity_button)
        buttons.addWidget(self.button)
        for widget in (self._name, self._place, self.passphrase, self._busy, self._said, self.listed):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.meaning)
        column.addStretch()
        self.setTabOrder(self.passphrase.line, self.passphrase.show_button)

    def begin(self, path: Path, listed: bool, by_passphrase: bool = True) -> None:
        """Ask for the passphrase of this archive, or for a key file alone where it has no passphrase."""
        self._name.setText(shown.line(path.stem))
        self._place.setText(shown.line(str(path.parent)))
        self.passphrase.line.clear()
        self.passphrase.show_button.setChecked(False)
        self.listed.setChecked(listed)
        for part in (self.passphrase, self.button):
            part.setVisible(by_passphrase)
        self.set_busy(False)
        self.say("" if by_passphrase else tr("This archive has no passphrase: a key file opens it."))
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where one begins."""
        (self.identity_button if self.passphrase.isHidden() else self.passphrase).setFocus()

    def set_busy(self, busy: bool) -> None:
        """While a passphrase is tried, which takes some seconds, nothing else can be asked."""
        self._busy.setVisible(busy)
        for part in (self.button, self.identity_button, self.passphrase):
            part.setEnabled(not busy)

    def say(self, sentence: str, warning: bool = False) -> None:
        """Say what came of it; after a failure the passphrase is selected, to be typed anew."""
        theme = current_theme()
        self._said.setStyleSheet(f"color: {(theme.warning if warning else theme.muted).name()}")
        self._said.setText(sentence)
        if warning:
            self.passphrase.line.selectAll()
            self.take_focus()

    def words(self) -> str:
        """What is said."""
        return self._said.text()

    def _send(self) -> None:
        if self.button.isEnabled() and self.passphrase.text():
            self.unlock_wanted.emit(self.passphrase.text(), self.listed.isChecked())


class OpeningView(QWidget):
    """What stands there while an archive's folder is looked at, which a slow stick may draw out."""

    def __init__(self) -> None:
        super().__init__()
        column = card(self)
        self._said = plain_label("")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._said)
        column.addStretch()

    def begin(self, path: Path) -> None:
        """Name the archive."""
        self._said.setText(tr("Opening {name}…", name=shown.isolated(path.stem)))


class _Card(QWidget):
    """As wide as so many letters, whatever their size."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * CARD)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(self.fontMetrics().averageCharWidth() * CARD)


def card(view: QWidget) -> QVBoxLayout:
    """A column of readable width in the middle of a view."""
    inner = _Card()
    outer = QHBoxLayout(view)
    outer.addStretch()
    outer.addWidget(inner)
    outer.addStretch()
    column = QVBoxLayout(inner)
    column.setSpacing(10)
    column.addStretch()
    return column


def _busy_bar(name: str) -> QProgressBar:
    """A thin bar that moves while something is done; hidden, it keeps its place."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setAccessibleName(name)
    policy = bar.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    bar.setSizePolicy(policy)
    bar.hide()
    return bar


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(scaled(label.font(), 1.6, bold=True))
    return label


class _Way(QCommandLinkButton):
    """A way on, as high as its two lines: Qt reckons with letters smaller than it paints. `repaint_way` gives it the
    colours of the day, which Qt's own arrow and a widget with a sheet do not take."""

    def __init__(self, words: str, more: str) -> None:
        super().__init__(words, more)
        self.repaint_way()

    def repaint_way(self) -> None:
        theme = current_theme()
        sheet = (
            f"QCommandLinkButton {{ color: {theme.text.name()} }}"
            f"QCommandLinkButton:focus {{ border: 2px solid {theme.focus.name()}; border-radius: 4px }}"
        )
        self.setStyleSheet(sheet)
        arrow = QPixmap(20, 20)
        arrow.fill(Qt.GlobalColor.transparent)
        with QPainter(arrow) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.text)
            painter.drawPolygon(QPolygon([QPoint(6, 3), QPoint(14, 10), QPoint(6, 17)]))
        self.setIcon(QIcon(arrow))

    def sizeHint(self) -> QSize:
        wanted = super().sizeHint()
        lines = (
            QFontMetrics(scaled(self.font(), 1.2, bold=True)).lineSpacing() + QFontMetrics(self.font()).lineSpacing()
        )
        return QSize(wanted.width(), max(wanted.height(), lines + 26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False
