"""The lines of the strip as a model: subjects and their rows, each with a sentence for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from archive.cases import fields
from desktop.cases import words
from desktop.entry.draft import About
from desktop.entry.row import LINE, Line, beside
from desktop.translate import tr

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """LINE, and a sentence for screen readers."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said(line)
        return None


def said(line: Line) -> str:
    """A line in a sentence."""
    if line.row is None:
        return tr("About: {subject}", subject=_subject(line.about))
    row = line.row
    label = fields.field(row.field).label if row.field else tr("Not assigned")
    state = tr("accepted") if row.accepted else tr("proposed")
    return ". ".join(part for part in (label, row.shown, row.words, *beside(row), state, row.problem) if part)


def _subject(about: About | None) -> str:
    return f"{words.kind(about.kind)}: {about.label}" if about else tr("Not assigned")
