"""Has the digits of a publisher's key compared: in a dialog, and before the first release of an archive is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from archive.signing.receipt import Receipt
from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.theme import current_theme, scaled
from desktop.translate import number, tr
from desktop.unlock.views import card, heading


class KeyForm(QWidget):
    """The digits of a key, what the publisher is to be called, and the word that the digits were compared."""

    def __init__(self) -> None:
        super().__init__()
        self.digits = plain_label("")
        self.digits.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.name = QLineEdit()
        self.name.setMaxLength(120)
        self.compared = QCheckBox(tr("The publisher read out these same digits to me"))
        form = growing_form()
        form.addRow(tr("Name of the publisher"), self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(
            plain_label(
                tr(
                    "Call the publisher on a number that you have from elsewhere, or meet them, and have them read out "
                    "the digits of their key. Do not take the digits from a message that came with the release."
                )
            )
        )
        column.addWidget(self.digits)
        column.addLayout(form)
        column.addWidget(self.compared)

    def begin(self, receipt: Receipt) -> None:
        """Show the key of a release that has one."""
        self.digits.setFont(scaled(self.font(), 1.15, bold=True))  # now: the letters may have grown since it was made
        self.digits.setText(receipt.key.fingerprint() if receipt.key else "")
        self.name.setText(shown.line(receipt.statement.publisher) if receipt.statement else "")
        self.compared.setChecked(False)


class CompareView(QWidget):
    """Stands in place of the first release of an archive until its key was compared, or that was put off."""

    trust_wanted = Signal(str)  # the name
    put_off = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = card(self)
        self.about = plain_label("")
        self.form = KeyForm()
        self.trust_button = QPushButton(tr("Trust this key"))
        self.later_button = QPushButton(tr("Compare later"))
        self.close_button = QPushButton(tr("Close it"))
        self.later = plain_label(
            tr("Until the key is trusted the foot of the window says “unknown key”; a click there leads back to this.")
        )
        self._said = plain_label("")
        self.trust_button.clicked.connect(self._trust)
        self.later_button.clicked.connect(self.put_off)
        self.close_button.clicked.connect(self.left)
        self.form.compared.toggled.connect(self.trust_button.setEnabled)
        row = QHBoxLayout()
        for button in (self.close_button, self.later_button, self.trust_button):
            button.setAutoDefault(True)  # Enter presses the one that has the keyboard
            row.addWidget(button)
        row.insertStretch(1)
        for widget in (heading(tr("Whose release is this?")), self.about, self.form, self._said, self.later):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch()

    def begin(self, receipt: Receipt) -> None:
        """Ask about the key of a release, with the keyboard where that is answered."""
        said = receipt.statement
        self.about.setText(
            tr(
                "Release {n} of “{line}”, made on {day}, says that it was published by {name}. Its files are as they "
                "were signed. Whether the key is really theirs, only they can tell you.",
                n=number(said.number),
                line=shown.isolated(said.line),
                day=said.date,
                name=shown.isolated(said.publisher),
            )
            if said
            else ""
        )
        self.form.begin(receipt)
        self.refuse("")
        self.form.compared.setFocus()

    def refuse(self, problem: str) -> None:
        """Say why the key could not be kept; it can be tried anew, or put off."""
        self._said.setStyleSheet(f"color: {current_theme().warning.name()}")
        self._said.setText(problem)
        self._said.setVisible(bool(problem))
        self.trust_button.setEnabled(self.form.compared.isChecked())

    def words(self) -> str:
        """What was refused."""
        return self._said.text()

    def _trust(self) -> None:
        self.trust_button.setEnabled(False)
        self.trust_wanted.emit(self.form.name.text())
