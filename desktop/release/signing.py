"""The last step of publishing: the place, and the key that signs, or a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.forms import growing_form, plain_label
from desktop.review.asking import Asked
from desktop.translate import number as shown_number
from desktop.translate import tr
from desktop.unlock.new import TwicePassphrase
from desktop.unlock.passphrase import PassphraseLine


class SignPage(QWidget):
    """Where the release shall lie and what signs it; nothing is remembered of either."""

    key_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.recap = plain_label("")
        self.folder = QLineEdit(str(Path.home()))
        self.key = QLineEdit()
        self.key.setPlaceholderText(tr("the file of your secret key"))
        self.passphrase = PassphraseLine(tr("Passphrase of the key"))
        choose_folder, choose_key = QPushButton(tr("Choose…")), QPushButton(tr("Choose…"))
        choose_folder.setAccessibleName(tr("Choose the folder"))
        choose_key.setAccessibleName(tr("Choose the key"))
        choose_folder.clicked.connect(self._choose_folder)
        choose_key.clicked.connect(self._choose_key)
        self.behind = QCheckBox()
        self.behind.hide()  # until a number is taken
        self._taken = 0
        self.new_button = QPushButton(tr("Make a key…"))
        self.new_button.clicked.connect(self.key_wanted)
        form = growing_form()
        form.addRow(tr("Folder"), _row(self.folder, choose_folder))
        form.addRow(tr("Key"), _row(self.key, choose_key, self.new_button))
        form.addRow(tr("Passphrase of the key"), self.passphrase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.recap)
        column.addLayout(form)
        column.addWidget(self.behind)
        column.addWidget(
            plain_label(
                tr(
                    "Partners trust this key once and know every later release of yours by it. Whoever has its file "
                    "and its passphrase can publish in your name: keep it on a stick in a safe place, and a copy apart."
                )
            )
        )
        column.addStretch()

    def out(self) -> Path:
        """The folder that the release is put into."""
        return Path(self.folder.text().strip())

    def key_file(self) -> Path:
        """The secret key's file."""
        return Path(self.key.text().strip())

    def offer_behind(self, number: int) -> None:
        """Let the release be numbered after one that lies in the folder, of which the archive knows nothing."""
        self._taken = number
        self.behind.setText(
            tr(
                "Number it after release {n}: I have recorded and withdrawn again what is missing",
                n=shown_number(number),
            )
        )
        self.behind.setChecked(False)
        self.behind.show()

    def after(self) -> int:
        """The number that it is to be numbered after, beside the archive's own; 0 where none is."""
        return self._taken if self.behind.isChecked() else 0

    def problem(self) -> str:
        """Why it cannot be signed yet; empty where it can."""
        if not self.folder.text().strip() or not self.out().is_dir():
            self.folder.setFocus()
            return tr("This folder does not exist. Choose the one that the release shall be put into.")
        if not self.key.text().strip():
            self.key.setFocus()
            return tr("Choose the file of your secret key, or make a key.")
        if not self.passphrase.text():
            self.passphrase.setFocus()
            return tr("Type the passphrase of the key.")
        return ""

    def begin(self) -> None:
        """Put the keyboard where one begins."""
        (self.passphrase if self.key.text() else self.folder).setFocus()

    def take_key(self, file: Path, passphrase: str) -> None:
        """Use a key that was just made."""
        self.key.setText(str(file))
        self.passphrase.line.setText(passphrase)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder for the release"), self.folder.text(), QFileDialog.Option.DontUseNativeDialog
        )
        if folder:
            self.folder.setText(folder)

    def _choose_key(self) -> None:
        start = str(self.key_file().parent) if self.key.text() else str(Path.home())
        file, _ = QFileDialog.getOpenFileName(
            self, tr("Key that signs"), start, options=QFileDialog.Option.DontUseNativeDialog
        )
        if file:
            self.key.setText(file)
            self.passphrase.setFocus()


class NewKeyDialog(Asked):
    """A new key for signing, in two files. It stays open until they could be written."""

    key_wanted = Signal(object, str)  # Path of the secret half, passphrase

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Make a key"), tr("Make the key"), width=560)
        self.file = QLineEdit(str(Path.home() / "tamarisk.key"))
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        self.twice = TwicePassphrase(tr("Passphrase of the key"))
        form = growing_form()
        form.addRow(tr("File"), _row(self.file, choose))
        self.lay_out(
            form,
            self.twice,
            plain_label(
                tr(
                    "Beside it the public half is written, with .pub at the end of its name: that one may be given to "
                    "anyone. A lost key or passphrase cannot be recovered: partners then have to compare a new key."
                )
            ),
        )

    def submit(self) -> None:
        """Ask for the key to be made."""
        file = Path(self.file.text().strip())
        problem = self.twice.problem()
        if not file.name or not file.parent.is_dir():
            problem = tr("This folder does not exist.")
        self.refuse(problem or tr("Making the key…"))
        if not problem:
            self.go_on.setEnabled(False)
            self.key_wanted.emit(file, self.twice.text())

    def _choose(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self,
            tr("File of the secret key"),
            self.file.text(),
            options=QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.DontConfirmOverwrite,
        )
        if file:
            self.file.setText(file)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for at, widget in enumerate(widgets):
        row.addWidget(widget, 0 if at else 1)
    return row
