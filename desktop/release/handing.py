"""Says of a release that was published where it lies, what to hand over, and how partners compare the key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from archive.release.publish import Locks, Published
from archive.signing.minisign import PublicKey
from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.release import words
from desktop.theme import current_theme, scaled
from desktop.translate import number, tr
from desktop.unlock.views import heading

STRONGEST = 18
"""The cost of a passphrase that every computer of a partner can pay: 256 MB."""


class HandingDialog(QDialog):
    """Stands beside the window and takes no keyboard by itself: somebody may be typing when it comes."""

    def __init__(self, parent: QWidget, made: Published, key: PublicKey, locks: Locks) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Published"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        said = made.statement
        self.path, self.digits = _selectable(str(made.path)), _selectable(key.fingerprint())
        self.digits.setFont(scaled(self.digits.font(), 1.4, bold=True))
        self.digits.setWordWrap(False)
        form = growing_form()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)  # else what wraps is cut off
        form.addRow(tr("Folder"), self.path)
        form.addRow(tr("Publisher"), _selectable(said.publisher))
        form.addRow(tr("Day"), _selectable(said.date))
        form.addRow(tr("Holds"), _selectable(words.counts(said)))
        form.addRow(tr("Digits of your key"), self.digits)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(
            heading(tr("Release {n} of “{line}” is complete", n=number(said.number), line=shown.isolated(said.line)))
        )
        column.addWidget(plain_label(tr("It was opened again and verified in full, then signed.")))
        column.addLayout(form)
        self.warnings = [plain_label(sentence) for sentence in warnings(made, locks)]
        for label in self.warnings:
            label.setStyleSheet(f"color: {current_theme().warning.name()}")
            column.addWidget(label)
        for sentence in advice(locks):
            column.addWidget(plain_label(sentence))
        copy_digits, copy_path = QPushButton(tr("Copy the digits")), QPushButton(tr("Copy the folder's name"))
        copy_digits.clicked.connect(lambda: QGuiApplication.clipboard().setText(key.fingerprint()))
        copy_path.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(made.path)))
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(copy_digits)
        foot.addWidget(copy_path)
        foot.addStretch()
        foot.addWidget(close)
        column.addStretch()
        column.addLayout(foot)


def warnings(made: Published, locks: Locks) -> tuple[str, ...]:
    """What is to be known of a release before it is handed over; none where all is usual."""
    said = []
    if locks.open:
        said.append(tr("It is not protected: whoever has the folder can read everything in it."))
    if made.cost > STRONGEST:
        said.append(
            tr(
                "To open it by its passphrase takes {n} MB of memory, which old computers may lack. Ask partners "
                "whether theirs have it, or for a public key instead.",
                n=number(2**made.cost // 1024),
            )
        )
    return tuple(said)


def advice(locks: Locks) -> tuple[str, ...]:
    """What to hand over, and how the key is compared."""
    return (
        tr("Hand over the folder as a whole, on a stick for instance: every file in it is covered by the signature."),
        *(
            [tr("Tell the passphrase by another way than the folder, and never write it on the stick.")]
            if locks.passphrase
            else []
        ),
        tr(
            "When partners open their first release, the program shows them the digits of your key. Read these digits "
            "out to them on the telephone, or when you meet. Do not send the digits with the release: whoever could "
            "replace one could replace the other."
        ),
    )


def _selectable(words: str) -> QLabel:
    label = plain_label(shown.line(words))
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
