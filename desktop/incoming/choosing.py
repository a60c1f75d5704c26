"""Asks which table: one that the archive holds, or a file; and shows what another desk's casework would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from desktop import shown
from desktop.forms import Form, plain_label
from desktop.incoming import words
from desktop.incoming.actions import Exchange, Held
from desktop.incoming.line_table import LineTable
from desktop.translate import tr


class TableChoice(Form):
    """The tables of the archive, and a button for a file."""

    file_wanted = Signal()

    def __init__(self, parent: QWidget, found: Sequence[Held]) -> None:
        super().__init__(parent, tr("Import cases from a table"), tr("Go on"), width=480)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Tables of the archive"))
        for one in found:
            item = QListWidgetItem(shown.line(one.title) or tr("Without a title"))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.submit)
        self.file_button = self._buttons.addButton(tr("A file…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.file_button.clicked.connect(self._choose_file)
        self.lay_out(plain_label(tr("A table that the archive holds, or a file:")), self.list)
        self.go_on.setAutoDefault(False)
        self.list.setFocus()

    def chosen(self) -> str:
        """The document that is marked."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _choose_file(self) -> None:
        self.reject()
        self.file_wanted.emit()


class ExchangeDialog(Form):
    """What would become of every record of another desk; accepted to take them in."""

    def __init__(self, parent: QWidget, name: str, found: Exchange) -> None:
        super().__init__(parent, tr("Import casework of another desk"), tr("Import"), width=720)
        self.counts = plain_label(words.counts(found.counts) or tr("The file holds no records."))
        told = tr(
            "“{name}”: nothing here is overwritten. What is new comes as it is, and what differs stands beside what "
            "is here.",
            name=name,
        )
        self.told = LineTable(tr("Records that differ or are refused"), words.told_heads(), (300, 130, 100))
        self.told.show_lines(words.told_lines(found.told))
        self.lay_out(plain_label(shown.line(told)), self.counts, self.told)
        brings = any(
            several.get("new") or several.get("differing") for of, several in found.counts.items() if of != "document"
        )
        self.go_on.setEnabled(brings)
        if not brings:
            self.refuse(tr("There is nothing to import: everything is here already."))
        (self.go_on if brings else self._buttons).setFocus()
