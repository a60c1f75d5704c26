"""The list of results under its head, or what stands there instead when there is nothing to list; and what only sounds
alike beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import folded
from desktop.find.alike import Alike
from desktop.find.fold import Fold
from desktop.find.hit_list import HitList
from desktop.find.hits import Hits
from desktop.find.missed import MissedLine
from desktop.theme import scaled
from desktop.translate import tr
from index.answers import Answer, Hit, Totals, Unfolded

SORTS = ("relevance", "newest", "oldest")


class Results(QWidget):
    """Head, list, and the empty states."""

    chosen = Signal(object)  # Hit
    sort_chosen = Signal(str)
    entered = Signal()  # Enter on a hit: read it
    left = Signal()  # Esc: back to the bar
    unfold_wanted = Signal(object)  # Hit: show what is folded under it

    def __init__(self) -> None:
        super().__init__()
        self.hits = Hits(self)
        self.list = HitList()
        self.list.setModel(self.hits)
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.clicked.connect(self._clicked)
        self.list.unfold_wanted.connect(self._turn_fold)
        self.hits.dataChanged.connect(self._filled)
        self._count = QLabel()
        self.sort = QComboBox()
        for name, words in zip(SORTS, (tr("Best match"), tr("Newest first"), tr("Oldest first")), strict=True):
            self.sort.addItem(words, name)
        self.sort.setAccessibleName(tr("Order of the results"))
        self.sort.activated.connect(lambda place: self.sort_chosen.emit(SORTS[place]))
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 10, 6)
        head.addWidget(self._count, 1)
        head.addWidget(self.sort)
        self._head = QWidget()
        self._head.setLayout(head)
        self.nothing, self.missed = Nothing(), MissedLine()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        self.alike = Alike()
        self.alike.chosen.connect(self.chosen)
        self.alike.left.connect(self.left)
        column.addWidget(self._stack, 1)
        column.addWidget(self.alike)
        column.addWidget(self.missed)
        self._quiet = False
        self._waiting = False
        self._chosen = ""

    def start(self, answer: Answer) -> None:
        """Show the first hits; what is being read stays marked if it is among them."""
        self._quiet = True
        self.missed.nothing_found = False
        self.hits.start(answer)
        self.list.scrollToTop()
        self.sort.setCurrentIndex(SORTS.index(answer.query.sort))
        self.mark(self._chosen)
        self._quiet = False
        self._stack.setCurrentWidget(self.list)
        self._head.show()
        self._count.setText("")

    def set_totals(self, totals: Totals) -> None:
        """Show how many there are in all, and make room for those that have a place in the list."""
        self.hits.set_total(totals.listed)
        self._count.setText(folded.counted(totals))

    def count_words(self) -> str:
        """What is said about how many there are."""
        return self._count.text()

    def show_unfolded(self, unfolded: Unfolded) -> None:
        """Show what is folded under a hit beneath its row, where it is still listed."""
        row = self.hits.row_of(unfolded.record)
        if row is None or not (unfolded.passages or unfolded.near):
            return
        fold = Fold(unfolded)
        fold.chosen.connect(self._choose_beneath)
        fold.entered.connect(self.entered)
        fold.folded.connect(self._fold)
        fold.passed.connect(lambda by: self._pass(row, by))
        self.list.unfold(row, fold, fold.wanted_height())

    def instead(self) -> Nothing:
        """Show no list, but the words and ways that the caller puts there."""
        self._stack.setCurrentWidget(self.nothing)
        self.missed.nothing_found = True
        self._head.hide()
        return self.nothing

    @property
    def is_empty(self) -> bool:
        """Whether no hits are listed."""
        return self._stack.currentWidget() is not self.list

    def current(self) -> Hit | None:
        """The hit one stands on, else the first; None where none is listed."""
        if self.is_empty:
            return None
        return self.hits.hit(max(0, self.list.currentIndex().row()))

    def marked(self) -> list[tuple[int, int]]:
        """The rows that are marked, as ranges: the first, and the one after the last."""
        return ranges(self.list)

    def mark(self, record: str) -> None:
        """Mark a record as the one being read, without choosing it anew."""
        self._chosen = record
        row = self.hits.row_of(record) if record else None
        if row is not None and row == self.list.currentIndex().row():
            return  # what is marked together with it stays
        beneath = self.list.beneath()
        if row is None and isinstance(beneath, Fold) and beneath.hits.row_of(record) is not None:
            return  # it is read from beneath the row that is marked
        was, self._quiet = self._quiet, True
        self.list.setCurrentIndex(self.hits.index(row) if row is not None else QModelIndex())
        self._quiet = was

    def reads_first(self) -> bool:
        """Whether the first hit is the one being read."""
        first = self.hits.hit(0)
        return first is not None and first.id == self._chosen

    def choose_first(self) -> bool:
        """Choose the first hit; False where there is none."""
        if not self.hits.rowCount() or self.is_empty:
            return False
        self.list.setCurrentIndex(self.hits.index(0))
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter reads, Right and Left unfold and fold, Esc and Up from the first line go back to the bar."""
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            row, beneath = self.list.currentIndex().row(), self.list.beneath()
            is_open = isinstance(beneath, Fold) and beneath.record == self._record_at(row)
            if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Plus):
                if isinstance(beneath, Fold) and is_open:
                    beneath.enter()
                else:
                    self._turn_fold(row)
                return True
            if event.key() == Qt.Key.Key_Down and isinstance(beneath, Fold) and is_open:
                beneath.enter()
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Minus) and beneath is not None:
                self._fold()
                return True
            first = row <= 0
            if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and first):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _record_at(self, row: int) -> str:
        hit = self.hits.hit(row)
        return hit.id if hit is not None else ""

    def _turn_fold(self, row: int) -> None:
        """Unfold what is under the hit in a row, or fold it where it is unfolded."""
        beneath, hit = self.list.beneath(), self.hits.hit(row)
        if hit is None:
            return
        if isinstance(beneath, Fold) and beneath.record == hit.id:
            self._fold()
        elif self.hits.beneath(hit.id) is not None:
            self.unfold_wanted.emit(hit)

    def _fold(self) -> None:
        """Fold what is unfolded, with the keyboard back on its hit."""
        self.list.setFocus()
        self.list.fold()

    def _pass(self, row: int, by: int) -> None:
        """Go on from what is unfolded under a row: back to it, or to the next."""
        self.list.setFocus()
        to = min(row + max(by, 0), self.hits.rowCount() - 1)
        if self.list.currentIndex().row() == to:
            self._moved(self.list.currentIndex())
        self.list.setCurrentIndex(self.hits.index(to))

    def _choose_beneath(self, hit: Hit) -> None:
        """Read what is chosen beneath a row; the row stays where it is marked."""
        self._chosen = ""
        self._quiet = True
        self.chosen.emit(hit)
        self._quiet = False

    def _moved(self, current: QModelIndex) -> None:
        if self._quiet or not current.isValid():
            return
        hit = self.hits.hit(current.row())
        self._waiting = hit is None
        if hit is not None:
            self._choose(hit)

    def _clicked(self, index: QModelIndex) -> None:
        hit = self.hits.hit(index.row())
        if hit is not None and hit.id != self._chosen:
            self._choose(hit)

    def _filled(self) -> None:
        if self._waiting:
            self._moved(self.list.currentIndex())

    def _choose(self, hit: Hit) -> None:
        self._chosen = hit.id
        self.chosen.emit(hit)


def ranges(table: QAbstractItemView) -> list[tuple[int, int]]:
    """The rows that are marked in a table, as ranges."""
    chosen = table.selectionModel().selection()
    parts = [chosen.at(n) for n in range(chosen.size())]
    return sorted({(one.top(), one.bottom() + 1) for one in parts})


class Nothing(QWidget):
    """A sentence, another beneath it, and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._words, self._more = QLabel(), QLabel()
        for label in (self._words, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addLayout(self._buttons)
        middle.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 30, 30, 30)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addSpacing(6)
        column.addLayout(middle)
        column.addSpacing(6)
        column.addWidget(self._more)
        column.addStretch(3)
        self._made: list[QPushButton] = []

    def say(self, words: str, more: str, ways: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        """Show these words, and a button for each way on."""
        self._words.setFont(scaled(self.font(), 1.15))
        self._words.setText(words)
        self._more.setText(more)
        for button in self._made:
            button.hide()
            button.deleteLater()
        self._made = []
        for name, do in ways:
            button = QPushButton(name.replace("&", "&&"))
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, do=do: do())
            self._buttons.addWidget(button)
            self._made.append(button)

    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def buttons(self) -> list[QPushButton]:
        """The ways on."""
        return list(self._made)
