"""The notebook as a list in the place of the results: filter, tags and collections, newest first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import shown
from desktop.find.results import Nothing
from desktop.notebook import rows
from desktop.notebook.records import Whole
from desktop.notebook.rows import ROW, Choice, Row, RowDelegate, Rows
from desktop.theme import weighted
from desktop.translate import tr, trn

FORMS = ("markdown", "html", "json")


class NotebookView(QWidget):
    """Enter opens what one stands on, Delete asks to delete it, Esc leaves."""

    opened = Signal(object)  # Row
    delete_wanted = Signal(object)  # Row
    export_wanted = Signal(str)  # one of FORMS
    collection_wanted = Signal()
    rename_wanted = Signal(str)  # the id of a collection
    drop_wanted = Signal(str)
    hand_over_wanted = Signal()
    merge_wanted = Signal()
    key_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(tr("Notebook"))
        self._whole = Whole((), (), {}, (), {})
        self._title, self._count = QLabel(tr("Notebook")), QLabel()
        self._title.setFont(weighted(bold=True))
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Tag or collection"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.choice.activated.connect(lambda _: self._list())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter the notebook"))
        self.filter.setAccessibleName(tr("Filter the notebook"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._list)
        self.filter.installEventFilter(self)
        self.list = QListView()
        self._rows = Rows(self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Notes and highlights"))
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._open)
        self.nothing = Nothing()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        self._comes = False  # one has just come here, and the list is on its way
        self._more = self._make_menu()
        self._lay_out()

    def show_whole(self, whole: Whole) -> None:
        """Show what the notebook holds by now; where one stands and what is chosen stay."""
        self._whole, chosen = whole, self.chosen
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(tr("Everything"), Choice())
            for one in whole.collections:
                words = tr("Collection: {name} ({n})", name=shown.isolated(one.name), n=len(one.records))
                self.choice.addItem(words, Choice(collection=one.id))
            for tag, count in whole.tags:
                words = tr("Tag: {name} ({n})", name=shown.isolated(tag), n=count)
                self.choice.addItem(words, Choice(tag=tag))
            at = next((at for at in range(self.choice.count()) if self.choice.itemData(at) == chosen), 0)
            self.choice.setCurrentIndex(at)
        self._list()
        if self._comes and self.filter.hasFocus() and not self.filter.text() and self.listed():
            self.list.setFocus()
        self._comes = False

    def say_broken(self, why: str) -> None:
        """Say why there is nothing to list: the notebook does not open."""
        for part in (self.filter, self.choice, self._more):
            part.setEnabled(False)
        self.nothing.say(why, "")
        self._stack.setCurrentWidget(self.nothing)

    def choose(self, choice: Choice) -> None:
        """List this."""
        for at in range(self.choice.count()):
            if self.choice.itemData(at) == choice:
                self.choice.setCurrentIndex(at)
        self._list()

    @property
    def chosen(self) -> Choice:
        """What is listed."""
        found = self.choice.currentData()
        return found if isinstance(found, Choice) else Choice()

    def listed(self) -> tuple[Row, ...]:
        """The rows listed, from top to bottom."""
        return self._rows.rows

    def row(self) -> Row | None:
        """The row one stands on."""
        found = self.list.currentIndex().data(ROW)
        return found if isinstance(found, Row) else None

    def take_focus(self) -> None:
        """Go to the list as soon as it is there, or to the filter where nothing is listed."""
        self._comes = not self.listed()
        (self.filter if self._comes else self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list and of the filter."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.list:
                return self._press(event)
            if event.key() == Qt.Key.Key_Escape:
                self.filter.clear() if self.filter.text() else self.left.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.listed():
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self.row()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
            self.filter.setFocus()
        elif row is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row is not None and key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(row)
        else:
            return False
        return True

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Row):
            self.opened.emit(row)

    def _list(self) -> None:
        before, at = self.row(), max(0, self.list.currentIndex().row())
        found = rows.rows(self._whole, self.chosen, self.filter.text())
        self._rows.show_rows(found)
        if found:
            key = _key(before) if before else None
            same = next((n for n, row in enumerate(found) if _key(row) == key), min(at, len(found) - 1))
            self.list.setCurrentIndex(self._rows.index(same))
        notes, records = rows.kinds(found)
        said = [trn("{n} note", "{n} notes", notes)] if notes else []
        said += [trn("{n} record", "{n} records", records)] if records else []
        self._count.setText(", ".join(said))
        for action in self._of_collection:
            action.setEnabled(bool(self.chosen.collection))
        self._export.setEnabled(bool(self._whole.notes or self._whole.tags or self._whole.collections))
        self._stack.setCurrentWidget(self.list if found else self.nothing)
        if not found:
            self._say_nothing()

    def _say_nothing(self) -> None:
        if self.filter.text().strip() or self.chosen.tag:
            self.nothing.say(tr("Nothing in the notebook fits."), "")
        elif self.chosen.collection:
            self.nothing.say(
                tr("This collection is empty."), tr("T adds the document or case that is read to a collection.")
            )
        else:
            self.nothing.say(
                tr("No notes yet."),
                tr(
                    "Select a passage and press N to note something on it, or H to highlight it. T tags what is read "
                    "and adds it to collections. Your notebook is yours: it is no part of the archive."
                ),
            )

    def _make_menu(self) -> QToolButton:
        button = QToolButton()
        button.setText(tr("More"))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(tr("New collection…")).triggered.connect(lambda _=False: self.collection_wanted.emit())
        rename, drop = QAction(tr("Rename the collection…"), menu), QAction(tr("Delete the collection…"), menu)
        rename.triggered.connect(lambda _=False: self.rename_wanted.emit(self.chosen.collection))
        drop.triggered.connect(lambda _=False: self.drop_wanted.emit(self.chosen.collection))
        self._of_collection = (rename, drop)
        menu.addActions(self._of_collection)
        menu.addSeparator()
        self._export = menu.addMenu(tr("Export the notebook"))
        for form, words in zip(FORMS, (tr("Markdown…"), tr("HTML…"), tr("JSON…")), strict=True):
            self._export.addAction(words).triggered.connect(lambda _=False, form=form: self.export_wanted.emit(form))
        menu.addSeparator()
        for words, signal in (
            (tr("Hand to a colleague…"), self.hand_over_wanted),
            (tr("Merge a colleague's package…"), self.merge_wanted),
            (tr("My key for colleagues…"), self.key_wanted),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, signal=signal: signal.emit())
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 10, 4)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._more)
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 0, 10, 6)
        tools.setSpacing(8)
        tools.addWidget(self.filter, 3)
        tools.addWidget(self.choice, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)
        self._column = column

    def put_under(self, part: QWidget) -> None:
        """Put a further part under the list."""
        self._column.addWidget(part)

    def insert(self, part: QWidget) -> None:
        """Put a further part over the list, under the tools."""
        self._column.insertWidget(2, part)


def _key(row: Row) -> tuple[str, str]:
    return (row.noted.note.id if row.noted else "", row.place.record)
