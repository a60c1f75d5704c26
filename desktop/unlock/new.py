"""Asks what a new archive needs: where it shall lie and who shall be able to open it; and for a new passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive.container import ENDING
from desktop.forms import Form, growing_form, plain_label
from desktop.theme import current_theme
from desktop.translate import tr
from desktop.unlock.passphrase import ENOUGH, PassphraseLine, strength

INDENT = 24  # pixels: what belongs to a choice stands under it
PAUSE_MS = 150


@dataclass(frozen=True, slots=True)
class NewArchive:
    """What was chosen: neither passphrase nor recipients means an unprotected archive."""

    path: Path
    passphrase: str | None
    recipients: tuple[str, ...]


class TwicePassphrase(QWidget):
    """A new passphrase, typed twice, with a word about its strength."""

    def __init__(self, name: str) -> None:
        """`name` stands in the first line."""
        super().__init__()
        self.first = PassphraseLine(name)
        self.second = PassphraseLine(tr("The same again"))
        self._hint = plain_label(strength("")[1])
        self._pause = QTimer(self)  # to judge a long one takes longer than to type a letter of it
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, self._hint, self.second):
            column.addWidget(widget)
        self.first.changed.connect(lambda _: self._pause.start())
        self.setFocusProxy(self.first)

    def problem(self) -> str:
        """Why this cannot be taken yet; empty where it can."""
        if not self.first.text():
            return tr("Type a passphrase.")
        return "" if self.first.text() == self.second.text() else tr("The two passphrases differ.")

    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    def _judge(self) -> None:
        passphrase = self.first.text()
        score, words = strength(passphrase)
        theme = current_theme()
        weak = bool(passphrase) and score < ENOUGH
        self._hint.setStyleSheet(f"color: {(theme.warning if weak else theme.muted).name()}")
        self._hint.setText(words)


class NewDialog(Form):
    """Name, folder and protection of a new archive."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent, tr("New archive"), tr("Make the archive"), width=560)
        self.name = QLineEdit(tr("Archive"))
        self.folder = QLineEdit(str(folder))
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        self.protected = QRadioButton(tr("Protected by a passphrase"))
        self.protected.setChecked(True)
        self.twice = TwicePassphrase(tr("Passphrase"))
        self.unprotected = QRadioButton(tr("Not protected: anyone who has the folder can read everything in it"))
        self.recipients = QPlainTextEdit()
        self.recipients.setPlaceholderText(tr("age1… one to a line; empty for none"))
        self.recipients.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 14)
        self.recipients.setTabChangesFocus(True)
        others = plain_label(tr("Others who may open it with a key of their own; paste their public keys:"))
        others.setBuddy(self.recipients)
        self.recipients.setAccessibleName(others.text())
        secret = QWidget()
        column = QVBoxLayout(secret)
        column.setContentsMargins(INDENT, 0, 0, 8)
        note = plain_label(tr("A lost passphrase cannot be recovered by anyone. Write it down and keep it apart."))
        for widget in (self.twice, note, others, self.recipients):
            column.addWidget(widget)
        self.protected.toggled.connect(secret.setEnabled)
        form = growing_form()
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Folder"), place)
        self.lay_out(form, self.protected, secret, self.unprotected)
        self.name.selectAll()

    def choice(self) -> NewArchive:
        """What was chosen."""
        name = self.name.text().strip().removesuffix(ENDING)
        path = Path(self.folder.text()) / f"{name}{ENDING}"
        if self.unprotected.isChecked():
            return NewArchive(path, None, ())
        return NewArchive(path, self.twice.text(), tuple(self.recipients.toPlainText().split()))

    def submit(self) -> None:
        """Accept what can be made."""
        name = self.name.text().strip()
        problem = "" if self.unprotected.isChecked() else self.twice.problem()
        if not name or any(sign in name for sign in '/\\:*?"<>|') or name.startswith("."):
            problem = tr("The name is also that of a folder: use letters, digits, spaces and hyphens.")
        elif not Path(self.folder.text()).is_dir():
            problem = tr("This folder does not exist.")
        elif self.choice().path.exists():
            problem = tr("There is already something of this name. Choose another.")
        self.settle(problem)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder for the archive"), self.folder.text(), QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.folder.setText(folder)


class ChangeDialog(Form):
    """The old passphrase and a new one. It stays open until they could be changed."""

    change_wanted = Signal(str, str)  # the old one and the new one

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Change passphrase"), tr("Change"), width=440)
        self.old = PassphraseLine(tr("Passphrase until now"))
        self.twice = TwicePassphrase(tr("New passphrase"))
        note = tr("Copies made before, backups among them, keep the old passphrase. The documents are not touched.")
        self.lay_out(self.old, self.twice, plain_label(note))

    def submit(self) -> None:
        """Ask for an old passphrase to be changed to a new one typed twice."""
        problem = self.twice.problem() if self.old.text() else tr("Type the passphrase used until now.")
        self.refuse(problem or tr("Changing the passphrase…"))
        if not problem:
            self.go_on.setEnabled(False)
            self.change_wanted.emit(self.old.text(), self.twice.text())

    def refuse(self, problem: str) -> None:
        """Say what is amiss; it can be tried anew."""
        super().refuse(problem)
        self.go_on.setEnabled(True)
