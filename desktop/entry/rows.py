"""The rows of the strip as one list: subjects, and under each what is recorded of it; a row is edited in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from desktop.entry.choosing import ChoiceLine
from desktop.entry.draft import About, Row
from desktop.entry.edits import BESIDE, Editing, Edits, asked_for, is_typing
from desktop.entry.model import Rows, said
from desktop.entry.offers import Offer
from desktop.entry.row import LINE, Line, RowDelegate, Zone
from desktop.translate import tr

Suggest = Callable[[Editing, str], Sequence[Offer]]


class RowsView(QListView):
    """Walks the lines with Up, Down and Tab; Enter accepts, Delete drops, F2 edits, F4 chooses another field. Letters
    fill in what is empty, and choose another subject; on other rows they are for the line that adds. F8 and F9 type
    what stands beside a value."""

    accept_wanted = Signal(int)
    drop_wanted = Signal(int)
    value_chosen = Signal(int, object)  # the row's key; Offer, or what was typed
    field_chosen = Signal(int, object)
    about_chosen = Signal(str, object)
    beside_typed = Signal(object, int, str)  # one of BESIDE, the row's key, what was typed
    passed = Signal(int)  # beyond an end: 1 or -1
    typed = Signal(str)  # where there is nothing to fill in

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self._rows = Rows(self)
        self.setModel(self._rows)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("What is recorded from the passage"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for words, keys, what in (
            (tr("Hedge, as the source words it"), "F8", Edits.HEDGE),
            (tr("Note on the value"), "F9", Edits.NOTE),
        ):
            action = QAction(words, self, shortcut=QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, what=what: self._edit_beside(what))
            self.addAction(action)
        self._wanted = 0
        self.editing: Editing | None = None
        self._suggest = suggest
        self.line = ChoiceLine(self._offered, self.viewport())
        self.line.hide()
        self.line.chosen.connect(self._take)
        self.line.typed.connect(self._take)
        self.line.left.connect(self.stop_editing)
        self.line.passed.connect(self._pass_line)

    def show_rows(self, order: Sequence[tuple[About | None, Sequence[Row]]]) -> None:
        """Show these; the current line stays where it was."""
        held = self.current()
        lines = [line for about, rows in order for line in (Line(about, None), *(Line(about, row) for row in rows))]
        self._rows.show_lines(lines)
        if held is not None:
            same = next((at for at, line in enumerate(lines) if _is_same(line, held)), -1)
            self._go(same)
        self.updateGeometry()
        self._place_line()

    def lines(self) -> tuple[Line, ...]:
        """Every line shown."""
        return self._rows.lines

    def current(self) -> Line | None:
        """The line one stands on."""
        found = self.currentIndex().data(LINE)
        return found if isinstance(found, Line) else None

    def go_to(self, key: int) -> None:
        """Go to a row."""
        self._go(next((at for at, line in enumerate(self.lines()) if line.row and line.row.key == key), -1))

    def go_on(self) -> bool:
        """Go to the next row that is not accepted; False where there is none after this one."""
        here = self.currentIndex().row()
        for at, line in enumerate(self.lines()):
            if at > here and line.row and not line.row.accepted and line.about is not None:
                self._go(at)
                return True
        return False

    def go_to_first(self) -> bool:
        """Go to the first row that is not accepted."""
        self.setCurrentIndex(QModelIndex())
        return self.go_on()

    def go_to_about(self, about: str) -> None:
        """Go to a subject."""
        self._go(next((at for at, line in enumerate(self.lines()) if line.about and line.about.id == about), -1))

    def go_near(self, at: int) -> None:
        """Go to the row at a place, or to the one nearest to it."""
        rows = [number for number, line in enumerate(self.lines()) if line.row]
        if rows:
            self._go(min(rows, key=lambda number: (abs(number - at), number < at)))

    def go_to_last(self) -> None:
        """Go to the last row."""
        self._go(len(self.lines()) - 1)

    def edit_row(self, key: int, what: Edits = Edits.VALUE, text: str | None = None) -> None:
        """Edit a row's value or field in its place; `text` stands instead of what is there."""
        self.go_to(key)
        line = self.current()
        if line is None or line.row is None:
            return
        if what is Edits.VALUE and not line.row.field:
            what = Edits.FIELD  # what it is comes first
        there = {Edits.VALUE: line.row.shown, Edits.HEDGE: line.row.hedge, Edits.NOTE: line.row.note}.get(what, "")
        self._begin(Editing(what, key), there if text is None else text, select=text is None)

    def edit_about(self, about: str, text: str = "") -> None:
        """Choose another subject for what is recorded of one."""
        self.go_to_about(about)
        self._begin(Editing(Edits.ABOUT, about=about), text, select=False)

    def stop_editing(self) -> None:
        """Leave what is edited as it was."""
        self.editing = None
        self.line.hide()
        self.setFocus()

    def let_go(self) -> tuple[Editing, str] | None:
        """What is being edited, with what was typed; it is edited no longer."""
        editing, self.editing = self.editing, None
        self.line.hide()
        return (editing, self.line.text()) if editing is not None else None

    def keep_edited(self) -> None:
        """Take what is being typed as Enter would; what is only offered was chosen by nobody."""
        if self.editing is not None:
            self.line.take() if self.line.is_meant() else self.stop_editing()

    def ask_height(self, most: int) -> None:
        """Ask for the height of all lines, but for no more than `most` pixels."""
        wanted = sum(self.sizeHintForRow(row) for row in range(len(self.lines()))) + 4
        self._wanted = min(wanted, most)
        line = round(self.fontMetrics().height() * 1.7)
        self.setMinimumHeight(min(self._wanted, line * 5))
        self.setMaximumHeight(max(self._wanted, line))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as was asked for."""
        return QSize(super().sizeHint().width(), self._wanted)

    def event(self, event: QEvent) -> bool:
        """Letters and the keys of rows are no commands of the window here; Tab walks the rows."""
        if isinstance(event, QKeyEvent):
            own = is_typing(event) or event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_Delete)
            if event.type() == QEvent.Type.ShortcutOverride and own:
                event.accept()
                return True
            step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if event.type() == QEvent.Type.KeyPress and step is not None:
                self._walk(step)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        line, key = self.current(), event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif line is None:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(line)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and line.row:
            self.drop_wanted.emit(line.row.key)
        elif key == Qt.Key.Key_F2:
            self._edit(line, None)
        elif key == Qt.Key.Key_F4 and line.row:
            self.edit_row(line.row.key, Edits.FIELD)
        elif is_typing(event) and event.text().strip():
            if line.row is not None and line.row.value:
                self.typed.emit(event.text())
            else:
                self._edit(line, event.text())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The box accepts, the cross drops, the field and the value are edited where they stand."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = index.data(LINE) if index.isValid() else None
        if not isinstance(line, Line):
            return
        if line.row is None:
            if line.about is not None:
                self.edit_about(line.about.id)
            return
        zone = self._delegate.zone(self.visualRect(index), event.position().toPoint(), self.font())
        if zone is Zone.BOX:
            self.accept_wanted.emit(line.row.key)
        elif zone is Zone.CROSS:
            self.drop_wanted.emit(line.row.key)
        else:
            self.edit_row(line.row.key, Edits.FIELD if zone is Zone.FIELD else Edits.VALUE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows fit the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._place_line()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is edited stays in its row."""
        super().scrollContentsBy(dx, dy)
        self._place_line()

    def _enter(self, line: Line) -> None:
        if line.row is None:
            self._walk(1)
        elif line.row.is_ready and not line.row.problem:
            self.accept_wanted.emit(line.row.key)
        else:
            self.edit_row(line.row.key)

    def _edit_beside(self, what: Edits) -> None:
        line = self.current()
        if line is not None and line.row is not None:
            self.edit_row(line.row.key, what)

    def _edit(self, line: Line, text: str | None) -> None:
        if line.row is not None:
            self.edit_row(line.row.key, text=text)
        elif line.about is not None:
            self.edit_about(line.about.id, text or "")

    def _begin(self, editing: Editing, text: str, *, select: bool) -> None:
        self.editing = editing
        self.line.setPlaceholderText(asked_for(editing.what))
        self.line.setText(text)
        self.line.setModified(not select and bool(text))
        self.line.setAccessibleName(said(line) if (line := self.current()) else "")
        self._place_line()
        self.line.show()
        self.line.setFocus()
        if select:
            self.line.selectAll()
        if not (select and text):  # what stands there already is not what is looked for
            self.line.offer()

    def _take(self, taken: object) -> None:
        """An offer was chosen, or words typed where none fitted."""
        editing, self.editing = self.editing, None
        self.line.hide()
        self.setFocus()
        if editing is None:
            return
        if editing.what is Edits.VALUE:
            self.value_chosen.emit(editing.key, taken)
        elif editing.what in BESIDE:
            self.beside_typed.emit(editing.what, editing.key, str(taken))
        elif isinstance(taken, Offer) and editing.what is Edits.FIELD:
            self.field_chosen.emit(editing.key, taken)
        elif isinstance(taken, Offer):
            self.about_chosen.emit(editing.about, taken)

    def _pass_line(self, step: int) -> None:
        """Tab keeps what was typed, if anything was, and goes on."""
        may_be_empty = self.editing is not None and self.editing.what in BESIDE
        if self.line.isModified() and (self.line.text().strip() or may_be_empty):
            self.line.take()
        else:
            self.stop_editing()
            self._walk(step)

    def _offered(self, typed: str) -> Sequence[Offer]:
        return self._suggest(self.editing, typed) if self.editing is not None else ()

    def _walk(self, step: int) -> None:
        at = self.currentIndex().row() + step
        if 0 <= at < len(self.lines()):
            self._go(at)
        else:
            self.passed.emit(step)

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.lines()):
            self.setCurrentIndex(self._rows.index(at))

    def _place_line(self) -> None:
        if self.editing is None:
            return
        index = self.currentIndex()
        if index.isValid():
            whole = self.editing.what in (Edits.FIELD, Edits.ABOUT)
            self.line.setGeometry(self._delegate.place(self.visualRect(index), self.font(), whole=whole))


def _is_same(line: Line, held: Line) -> bool:
    if line.row is None or held.row is None:
        return line.row is held.row and (line.about and line.about.id) == (held.about and held.about.id)
    return line.row.key == held.row.key
