"""Two persons side by side, to be made one or held apart: all their facts, which of them is kept, and the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop import shown
from desktop.forms import growing_form, plain_label
from desktop.review.asking import Asked
from desktop.review.comparing import Cell, Comparison
from desktop.theme import current_theme
from desktop.translate import number, tr

AGREE = "="


class MergeDialog(Asked):
    """Stays open until one of the two was done; both want a reason."""

    merge_wanted = Signal(str, str, str)  # kept, gone, reason
    apart_wanted = Signal(str, str, str)  # one, other, reason

    def __init__(self, parent: QWidget, comparison: Comparison) -> None:
        super().__init__(parent, tr("The same person?"), tr("Make them one"), width=640)
        self._comparison = comparison
        agree = sum(row.agree for row in comparison.rows)
        said = tr("{n} of {all} lines agree.", n=number(agree), all=number(len(comparison.rows)))
        more = tr("A name alone says little. What agrees is marked with =; nothing is lost, and it can be undone.")
        self.table = _table(comparison)
        self.table.setAccessibleName(tr("Both persons side by side"))
        self.kept = QButtonGroup(self)
        keep = QHBoxLayout()
        for at, person in enumerate((comparison.one, comparison.other)):
            button = QRadioButton(_name(person.label, at))
            button.setChecked(at == 0)
            self.kept.addButton(button, at)
            keep.addWidget(button)
        keep.addStretch()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("what shows that they are one, or two"))
        form = growing_form()
        form.addRow(tr("Keep"), keep)
        form.addRow(tr("Reason"), self.reason)
        self.apart_button = QPushButton(tr("Not the same person"))
        self.apart_button.setAutoDefault(False)
        self.apart_button.clicked.connect(self._hold_apart)
        self._buttons.addButton(self.apart_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.lay_out(plain_label(f"{said} {more}"), self.table, form)
        self.resize(860, 560)
        if comparison.apart:
            self.refuse(tr("Someone recorded that they are not the same person."))
            self.go_on.setEnabled(False)
            self.apart_button.setEnabled(False)
        self.table.setFocus()

    def submit(self) -> None:
        """Ask that they be made one."""
        pair = (self._comparison.one.id, self._comparison.other.id)
        kept = self.kept.checkedId()
        if self._has_reason():
            self.merge_wanted.emit(pair[kept], pair[1 - kept], self.reason.text().strip())

    def _hold_apart(self) -> None:
        if self._has_reason():
            self.apart_wanted.emit(self._comparison.one.id, self._comparison.other.id, self.reason.text().strip())

    def _has_reason(self) -> bool:
        if self.reason.text().strip():
            self.go_on.setEnabled(False)
            return True
        self.refuse(tr("Both want a reason: it is kept with the records."))
        self.reason.setFocus()
        return False


def _name(label: str, at: int) -> str:
    """What a person is called; two of the same name are told apart by their side."""
    name = shown.line(label) or tr("Without a name")
    return (tr("{name} (left)", name=name) if at == 0 else tr("{name} (right)", name=name)).replace("&", "&&")


def _table(comparison: Comparison) -> QTableWidget:
    table = QTableWidget(len(comparison.rows), 4)
    names = [shown.line(person.label) or tr("Without a name") for person in (comparison.one, comparison.other)]
    table.setHorizontalHeaderLabels([tr("Field"), names[0], "", names[1]])
    bold = QFont(table.font())
    bold.setBold(True)
    theme = current_theme()
    for at, row in enumerate(comparison.rows):
        cells = (Cell(row.field), row.one, Cell(AGREE if row.agree else ""), row.other)
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(
                shown.line(cell.value) + (f"\n{shown.line(cell.standing)}" if cell.standing else "")
            )
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setTextAlignment(Qt.AlignmentFlag.AlignTop)
            if column == 0:
                item.setForeground(QBrush(theme.muted))
            elif column == 2:
                item.setFont(bold)
            table.setItem(at, column, item)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    for column in (1, 3):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
    table.setColumnWidth(2, 28)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    if comparison.rows:
        table.setCurrentCell(0, 1)
    return table
