"""What a person is asked about a release: whether a key is the publisher's, and whether a refusal is overruled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from archive.signing.receipt import Receipt, State
from desktop import shown
from desktop.forms import plain_label
from desktop.release import words
from desktop.release.comparing import KeyForm
from desktop.review.asking import Asked
from desktop.theme import current_theme
from desktop.translate import tr
from desktop.unlock.views import card, heading

_MOST_NAMED = 8  # files; the receipt lists all


class TrustDialog(Asked):
    """Shows the digits of a key, to be compared with those that the publisher reads out."""

    trust_wanted = Signal(str)  # the name

    def __init__(self, parent: QWidget, receipt: Receipt) -> None:
        """The receipt has a key."""
        super().__init__(parent, tr("Trust this publisher"), tr("Trust this key"), width=520)
        form = KeyForm()
        form.begin(receipt)
        self.digits, self.name, self.compared = form.digits, form.name, form.compared
        parts: list[QWidget] = [form]
        if receipt.state is State.OTHER_KEY:
            warning = plain_label(
                tr("You trust another key for this archive. Ask why it changed. Both are trusted from now on.")
            )
            warning.setStyleSheet(f"color: {current_theme().warning.name()}")
            parts.insert(0, warning)
        self.lay_out(*parts)
        self.compared.setFocus()

    def submit(self) -> None:
        """Ask for the key to be trusted; it has to be compared first."""
        if not self.compared.isChecked():
            self.refuse(tr("Compare the digits first. A key that nobody has compared proves nothing."))
            return
        self.go_on.setEnabled(False)
        self.trust_wanted.emit(self.name.text())


class RefusalView(QWidget):
    """Stands in place of a release that is not what was signed, until that is overruled in so many words."""

    overruled = Signal()
    left = Signal()
    receipt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = card(self)
        self._heading = heading("")
        self._meaning, self._files, self._advice = plain_label(""), plain_label(""), plain_label("")
        self.known = QCheckBox()
        self.close_button = QPushButton(tr("Close it"))
        self.receipt_button = QPushButton(tr("Receipt…"))
        self.open_button = QPushButton(tr("Open it all the same"))
        self.open_button.setEnabled(False)
        self.known.toggled.connect(self.open_button.setEnabled)
        self.open_button.clicked.connect(self.overruled)
        self.close_button.clicked.connect(self.left)
        self.receipt_button.clicked.connect(self.receipt_wanted)
        for widget in (self._heading, self._meaning, self._files, self._advice, self.known):
            column.addWidget(widget)
        row = QHBoxLayout()
        for button in (self.close_button, self.receipt_button, self.open_button):
            button.setAutoDefault(True)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def begin(self, receipt: Receipt) -> None:
        """Say what is wrong with a release."""
        state = words.state(receipt.state)
        self._heading.setText(f"{words.sign(receipt.state)}  {state}")
        self._heading.setStyleSheet(f"color: {current_theme().warning.name()}")
        self._meaning.setText(words.meaning(receipt))
        named = [
            tr("{file}: {fault}", file=shown.isolated(one.path), fault=words.fault(one.fault))
            for one in receipt.findings[:_MOST_NAMED]
        ]
        more = len(receipt.findings) - len(named)
        self._files.setText("\n".join([*named, *([tr("and {n} more", n=more)] if more > 0 else [])]))
        self._files.setVisible(bool(named))
        self._advice.setText(words.advice(receipt))
        self.known.setChecked(False)
        self.known.setText(  # no longer than the column is wide: Qt does not wrap it
            {
                State.OTHER_KEY: tr("I know that another key signed this"),
                State.TAMPERED: tr("I know that this was tampered with"),
                State.SAME_NUMBER: tr("I know that I have another release of this number"),
            }.get(receipt.state, tr("I know that this is damaged"))
        )
        self.close_button.setFocus()
