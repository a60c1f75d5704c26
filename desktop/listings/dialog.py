"""Asks how a list of names is searched: which column, by sound or not, and whether in confidential records."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from archive.errors import NotAList
from desktop import reasons, shown, tips
from desktop.forms import growing_form, plain_label
from desktop.listings.reading import Names
from desktop.review.asking import Asked
from desktop.statements import printed
from desktop.theme import current_theme
from desktop.translate import tr, trn
from index.answers import Filter
from index.statement import BANNER


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is searched: the column (empty: the first, its first row included), and in what."""

    column: str
    sound: bool
    confidential: bool


class ListDialog(Asked):
    """Says how many lines there are, and what a hit means."""

    search_wanted = Signal(object)  # Wanted

    def __init__(self, parent: QWidget, names: Names, filters: tuple[Filter, ...]) -> None:
        """`filters` are those in force, under which the list is searched."""
        super().__init__(parent, tr("Search a list of names"), tr("Search"), width=520)
        self._names = names
        self.column = QComboBox()
        self.column.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.column.setMinimumContentsLength(30)
        self.column.addItem(tr("the first, with its first row"), "")
        for at, name in enumerate(names.columns, 1):
            words = shown.line(name.strip())
            if words:
                self.column.addItem(tr("“{name}”, from the second row", name=words), name.strip())
            if at > 1:
                self.column.addItem(tr("column {n}, with its first row", n=at), str(at))
        self.column.currentIndexChanged.connect(self._count)
        self.sound = QCheckBox(tr("Count what only sounds alike too: possibly somebody else"))
        self.confidential = QCheckBox(tr("Search confidential records too"))
        self.said_lines = plain_label("")
        parts: list[QWidget] = [plain_label(BANNER), self.said_lines]
        if filters:
            within = "  ·  ".join(map(printed.filter_words, filters))
            parts.append(plain_label(shown.line(tr("Only under the filters in force: {filters}", filters=within))))
        for code in names.notes:
            doubt = plain_label(reasons.words(code))
            doubt.setStyleSheet(f"color: {current_theme().warning.name()}")
            parts.append(doubt)
        form = growing_form()
        if names.columns:
            form.addRow(tr("Column"), self.column)
        self.lay_out(*parts, form, self.sound, self.confidential)
        self._count()
        (self.column if names.columns else self.go_on).setFocus()

    def submit(self) -> None:
        """Ask for the list to be searched."""
        if self.go_on.isEnabled():
            wanted = Wanted(self.column.currentData(), self.sound.isChecked(), self.confidential.isChecked())
            self.search_wanted.emit(wanted)

    def _count(self) -> None:
        """Say how many lines the column has."""
        try:
            lines = self._names.lines(self.column.currentData())
        except NotAList:
            lines = ()
        beginning = shown.line(", ".join(line.text for line in lines[:3]))
        said = trn("{n} line: {names}", "{n} lines: {names} …", len(lines), names=beginning[:200])
        self.said_lines.setText(said if lines else tr("There is nothing in this column."))
        self.said_lines.setToolTip(tips.plain(beginning))
        self.go_on.setEnabled(bool(lines))
