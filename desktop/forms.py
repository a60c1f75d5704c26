"""The common frame of dialogs that ask for something: their parts, a word where something is amiss, two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from archive.records import Confidentiality
from desktop import labels
from desktop.theme import current_theme


class Form(QDialog):
    """A dialog that is accepted only when `submit` finds nothing amiss; until then it stays and says what is."""

    def __init__(self, parent: QWidget, title: str, go_on: str, width: int) -> None:
        """`go_on` stands on the button that submits; `width` is the least, in pixels."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.said = plain_label("")
        self.said.setStyleSheet(f"color: {current_theme().warning.name()}")
        self.said.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_on = self._buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.submit)
        self._buttons.rejected.connect(self.reject)

    def lay_out(self, *parts: QWidget | QLayout) -> None:
        """Put the parts one under the other, the word and the buttons beneath."""
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (*parts, self.said, self._buttons):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)

    def submit(self) -> None:
        """What the button does."""
        self.accept()

    def settle(self, problem: str) -> None:
        """Accept where there is no problem, else say it."""
        self.refuse(problem)
        if not problem:
            self.accept()

    def refuse(self, problem: str) -> None:
        """Say what is amiss; nothing where that is empty."""
        self.said.setText(problem)
        self.said.setVisible(bool(problem))
        self._grow()

    def _grow(self) -> None:
        """Make room for a word that has come: words that wrap count for nothing in the least height of a window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))


def growing_form() -> QFormLayout:
    """Lines with their names before them, as wide as there is room."""
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form


def plain_label(words: str) -> QLabel:
    """Words that wrap and are never taken for markup."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def confidentiality_box(chosen: Confidentiality) -> QComboBox:
    """A choice of who may see a record."""
    box = QComboBox()
    for level in Confidentiality:
        box.addItem(labels.value("confidentiality", level), str(level))
    box.setCurrentIndex(list(Confidentiality).index(chosen))
    box.setAccessibleName(labels.field("confidentiality"))
    return box


def level_of(box: QComboBox) -> Confidentiality:
    """What is chosen in such a box."""
    return Confidentiality(box.currentData())


def say(parent: QWidget, title: str, said: str, more: str = "", *, warning: bool = False) -> QMessageBox:
    """Say something in a box of its own, which waits for nobody: words from outside in it are shown as they are."""
    icon = QMessageBox.Icon.Warning if warning else QMessageBox.Icon.Information
    box = QMessageBox(icon, title, said, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    box.open()
    return box


def sure(parent: QWidget, said: str, more: str, yes: str, no: str) -> bool:
    """Ask before something that cannot be taken back; `no` is what Enter answers."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), said, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is go_on
