"""Asks what a new archive needs: where it shall lie and who shall be able to open it; and for a new passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive.container import ENDING
from desktop.theme import current_theme
from desktop.translate import tr
from desktop.unlock.passphrase import ENOUGH, PassphraseLine, strength


@dataclass(frozen=True, slots=True)
class NewArchive:
    """What was chosen: neither passphrase nor recipients means an unprotected archive."""

    path: Path
    passphrase: str | None
    recipients: tuple[str, ...]


class TwicePassphrase(QWidget):
    """A new passphrase, typed twice, with a word about its strength."""

    def __init__(self) -> None:
        super().__init__()
        self.first = PassphraseLine(tr("Passphrase"))
        self.second = PassphraseLine(tr("The same again"))
        self._hint = QLabel(strength("")[1])
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, self._hint, self.second):
            column.addWidget(widget)
        self.first.changed.connect(self._judge)
        self.setFocusProxy(self.first)

    def problem(self) -> str:
        """Why this cannot be taken yet; empty where it can."""
        if not self.first.text():
            return tr("Type a passphrase.")
        return "" if self.first.text() == self.second.text() else tr("The two passphrases differ.")

    def text(self) -> str:
        """The passphrase."""
        return self.first.text()

    def _judge(self, passphrase: str) -> None:
        score, words = strength(passphrase)
        theme = current_theme()
        weak = bool(passphrase) and score < ENOUGH
        self._hint.setStyleSheet(f"color: {(theme.warning if weak else theme.muted).name()}")
        self._hint.setText(words)


class NewDialog(QDialog):
    """Name, folder and protection of a new archive."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New archive"))
        self.setMinimumWidth(520)
        self.name = QLineEdit(tr("Archive"))
        self.folder = QLineEdit(str(folder))
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(choose)
        self.protected = QRadioButton(tr("Protected by a passphrase"))
        self.protected.setChecked(True)
        self.twice = TwicePassphrase()
        self.unprotected = QRadioButton(tr("Not protected: anyone who has the folder can read everything in it"))
        self.protected.toggled.connect(self.twice.setEnabled)
        self.recipients = QPlainTextEdit()
        self.recipients.setPlaceholderText(tr("age1… one to a line; empty for none"))
        self.recipients.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 14)
        self.recipients.setTabChangesFocus(True)
        self.recipients.setAccessibleName(tr("Public keys of others who may open it"))
        self.protected.toggled.connect(self.recipients.setEnabled)
        note = QLabel(tr("A lost passphrase cannot be recovered by anyone. Write it down and keep it apart."))
        note.setWordWrap(True)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setStyleSheet(f"color: {current_theme().warning.name()}")
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Folder"), place)
        form.addRow(self.protected)
        secret = QVBoxLayout()
        secret.addWidget(self.twice)
        secret.addWidget(note)
        form.addRow("", secret)
        form.addRow(tr("Also for"), self.recipients)
        form.addRow(self.unprotected)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = buttons.addButton(tr("Make the archive"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(buttons)
        self.name.selectAll()

    def choice(self) -> NewArchive:
        """What was chosen."""
        name = self.name.text().strip().removesuffix(ENDING)
        path = Path(self.folder.text()) / f"{name}{ENDING}"
        if self.unprotected.isChecked():
            return NewArchive(path, None, ())
        return NewArchive(path, self.twice.text(), tuple(self.recipients.toPlainText().split()))

    def _accept(self) -> None:
        name = self.name.text().strip()
        problem = "" if self.unprotected.isChecked() else self.twice.problem()
        if not name or any(sign in name for sign in '/\\:*?"<>|') or name.startswith("."):
            problem = tr("The name is also that of a folder: use letters, digits, spaces and hyphens.")
        elif not Path(self.folder.text()).is_dir():
            problem = tr("This folder does not exist.")
        elif self.choice().path.exists():
            problem = tr("There is already something of this name. Choose another.")
        self.said.setText(problem)
        if not problem:
            self.accept()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder for the archive"), self.folder.text(), QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.folder.setText(folder)


class ChangeDialog(QDialog):
    """The old passphrase and a new one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Change passphrase"))
        self.setMinimumWidth(440)
        self.old = PassphraseLine(tr("Passphrase until now"))
        self.twice = TwicePassphrase()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setStyleSheet(f"color: {current_theme().warning.name()}")
        note = QLabel(
            tr("Copies made before, backups among them, keep the old passphrase. The documents are not touched.")
        )
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.change = buttons.addButton(tr("Change"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.old, self.twice, note, self.said, buttons):
            column.addWidget(widget)

    def _accept(self) -> None:
        problem = self.twice.problem() if self.old.text() else tr("Type the passphrase used until now.")
        self.said.setText(problem)
        if not problem:
            self.accept()
