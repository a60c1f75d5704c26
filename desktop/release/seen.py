"""The step before signing: every person whom the release names, the counts, and what can still be left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from archive.release.choice import Choice
from archive.release.overview import Overview
from archive.verify import Step
from desktop import shown
from desktop.forms import plain_label
from desktop.release import telling
from desktop.release.marking import Marks, MarkTable, Row
from desktop.release.telling import Section
from desktop.translate import number, tr


@dataclass(frozen=True, slots=True)
class Looked:
    """An overview of what `choice` says, and the position of the change feed before it was looked at."""

    choice: Choice
    overview: Overview
    at: int


class SeenPage(QWidget):
    """What is marked here changes the choice; the counts then wait for another look."""

    record_wanted = Signal(str)
    changed = Signal()  # whether one may go on

    def __init__(self) -> None:
        super().__init__()
        self.looked: Looked | None = None
        self._marks: dict[str, frozenset[str]] = {
            "left_out": frozenset(),
            "text_only": frozenset(),
            "held": frozenset(),
        }
        self._kept: dict[str, dict[str, Row]] = {}  # rows by section that were marked: they are listed though they left
        self._sections: tuple[Section, ...] = ()
        self.counts = plain_label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(10)
        self.bar.setAccessibleName(tr("Looking what would go"))
        self.far = plain_label("")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("What to read before signing"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.sentence = plain_label("")
        self.table = MarkTable()
        self.table.record_wanted.connect(self.record_wanted)
        self.read = QCheckBox(tr("I have read who is named and what the release tells"))
        self.read.toggled.connect(lambda _: self.changed.emit())
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.table, 1)
        self.body = QSplitter(Qt.Orientation.Horizontal)
        self.body.addWidget(self.list)
        self.body.addWidget(right)
        self.body.setChildrenCollapsible(False)
        self.body.setStretchFactor(1, 1)
        self._going = QWidget()
        going = QHBoxLayout(self._going)
        going.setContentsMargins(0, 0, 0, 0)
        going.addWidget(self.bar, 1)
        going.addWidget(self.far, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for widget in (self.counts, self._going):
            whole.addWidget(widget)
        whole.addWidget(self.body, 1)
        whole.addWidget(self.read)

    def choice(self, chosen: Choice) -> Choice:
        """What was chosen before, with what is marked here."""
        marks = self._marks
        return replace(chosen, left_out=marks["left_out"], text_only=marks["text_only"], held=marks["held"])

    def is_stale(self, chosen: Choice) -> bool:
        """Whether another look is needed: who goes without an original changes nothing else that is listed."""
        now = self.choice(chosen)
        return self.looked is None or replace(self.looked.choice, text_only=now.text_only, notes=now.notes) != now

    def begin_looking(self) -> None:
        """It is being looked what would go."""
        self.looked = None
        self.counts.setText(tr("Looking what would go. This reads every text and original."))
        self.bar.setRange(0, 0)
        self.far.setText("")
        self._going.show()
        for widget in (self.body, self.read):
            widget.setEnabled(False)

    def show_progress(self, step: Step) -> None:
        """How far that is."""
        self.bar.setRange(0, 1000 if step.total > 1 else 0)
        self.bar.setValue(min(1000, round(step.done / step.total * 1000)) if step.total else 0)
        self.far.setText(shown.line(telling.step(step)))

    def end_looking(self, looked: Looked | None) -> None:
        """Show what was seen, with the keyboard in it; None where it was stopped or could not be."""
        self._going.hide()
        self.read.setChecked(False)
        for widget in (self.body, self.read):
            widget.setEnabled(looked is not None)
        self.looked = looked
        if looked is None:
            self.counts.setText(tr("Nothing was looked at yet."))
            return
        self.counts.setText(telling.counts(looked.overview))
        at = max(0, self.list.currentRow())
        self._sections = telling.sections(looked.overview)
        self.list.blockSignals(True)
        self.list.clear()
        for section in self._sections:
            item = QListWidgetItem(tr("{what}: {n}", what=section.title, n=number(len(section.rows))))
            self.list.addItem(item)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + 4 * self.fontMetrics().averageCharWidth())
        self._show(at)
        self.table.setFocus()

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self._sections):
            return
        section = self._sections[at]
        self.sentence.setText(section.sentence)
        there = {row.id for row in section.rows}
        marked = self._marks.get(section.mark, frozenset())
        kept = [row for row in self._kept.get(section.title, {}).values() if row.id not in there and row.id in marked]
        marks = Marks(section.verb, section.headings, (*section.rows, *kept), marked, self)

        def take(now: frozenset[str]) -> None:
            mine = self._kept.setdefault(section.title, {})
            mine.update({row.id: row for row in section.rows if row.id in now})
            self._marks[section.mark] = now
            self.changed.emit()

        marks.changed.connect(take)
        self.table.show_rows(marks, section.title)
