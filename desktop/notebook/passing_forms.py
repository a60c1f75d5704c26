"""The dialogs of handing over: what goes to whom under which name, and what has come and from whom."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from archive.errors import InvalidValue
from archive.notebook.handing import sealing
from archive.notebook.handing.packages import Received
from desktop import shown
from desktop.forms import Form, growing_form, plain_label
from desktop.notebook import saying
from desktop.notebook.handing import Own
from desktop.theme import current_theme
from desktop.translate import tr


class HandOverForm(Form):
    """Asks what is handed over, to whom, and whether it is signed."""

    def __init__(self, parent: QWidget, own: Own, chosen: str) -> None:
        """`chosen` is the id of the collection that is listed, empty for all."""
        super().__init__(parent, tr("Hand to a colleague"), tr("Go on…"), width=560)
        self.what = QComboBox()
        self.what.setAccessibleName(tr("What is handed over"))
        self.what.addItem(tr("The whole notebook"), "")
        for one in own.collections:
            self.what.addItem(tr("Collection: {name} ({n})", name=shown.isolated(one.name), n=len(one.records)), one.id)
        self.what.setCurrentIndex(max(0, self.what.findData(chosen)))
        self.keys = QPlainTextEdit()
        self.keys.setAccessibleName(tr("Keys of those who may read it"))
        self.keys.setPlaceholderText(tr("age1… one on each line"))
        self.keys.setFont(_fixed())
        self.keys.setTabChangesFocus(True)
        self.keys.setFixedHeight(self.keys.fontMetrics().lineSpacing() * 3 + 14)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems(["", *own.pseudonyms])
        self.name.setAccessibleName(tr("Pseudonym"))
        line = self.name.lineEdit()
        if line is not None:
            line.setMaxLength(100)
            line.setPlaceholderText(tr("Not signed"))
        for box in (self.what, self.name):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = growing_form()
        form.addRow(tr("What"), self.what)
        form.addRow(tr("For the keys"), self.keys)
        form.addRow(tr("Sign as"), self.name)
        about = plain_label(
            tr(
                "Your colleague finds their key in this menu, under “My key for colleagues”. Nobody else can open the "
                "package. Past searches, and what you exported, are never in it. A pseudonym shows that packages come "
                "from the same hand, and not from whom."
            )
        )
        about.setStyleSheet(f"color: {current_theme().muted.name()}")
        self.lay_out(form, about)
        self.keys.setFocus()

    def recipients(self) -> tuple[str, ...]:
        """The keys that were entered, one on a line. Raises InvalidValue."""
        return tuple(sealing.recipient(line) for line in self.keys.toPlainText().splitlines() if line.strip())

    def submit(self) -> None:
        """At least one key, and every one whole."""
        try:
            problem = "" if self.recipients() else tr("Enter the key of your colleague: it begins with age1.")
        except InvalidValue as error:
            key = shown.isolated(str(error.facts["value"])[:24])
            problem = tr("This is not a whole key: {key}… A key begins with age1 and has 62 signs.", key=key)
        self.settle(problem)


class ReceivedForm(Form):
    """Says what a package holds and who signed it, before anything is merged."""

    def __init__(self, parent: QWidget, given: Received) -> None:
        super().__init__(parent, tr("Merge a colleague's package"), tr("Merge"), width=520)
        parcel = given.parcel
        tags = len(parcel.tags) + sum(len(note.tags) for note in parcel.notes)
        self.words = "\n\n".join(
            (
                saying.holds(len(parcel.notes), tags, len(parcel.collections), len(parcel.searches)),
                tr("It was made on {day}.", day=parcel.made[:10]),
                saying.signed(given.signer),
                tr(
                    "Nothing of yours is overwritten: a note that both of you changed will stand there twice, side by "
                    "side."
                ),
            )
        )
        self.lay_out(plain_label(self.words))


class KeyForm(Form):
    """Shows the reader's key, and copies it."""

    def __init__(self, parent: QWidget, own: Own) -> None:
        super().__init__(parent, tr("My key for colleagues"), tr("Copy the key"), width=640)
        self.line = QLineEdit(own.key)
        self.line.setReadOnly(True)
        self.line.setFont(_fixed())
        self.line.setAccessibleName(tr("My key for colleagues"))
        self.line.setCursorPosition(0)
        about = plain_label(
            tr(
                "Give this key to colleagues who have the same archive. With it they make packages of their notes that "
                "you alone can open. It is not secret. The secret half lies in your notebook on this computer."
            )
        )
        self.lay_out(about, self.line)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Close"))

    def submit(self) -> None:
        """Copy it, and close."""
        QApplication.clipboard().setText(self.line.text())
        self.accept()


def _fixed() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
