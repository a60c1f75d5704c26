"""The wizard for tables: what each column means, and at once what would come of it and every problem."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from archive.cases.exchange import mapping
from archive.cases.exchange.mapping import Map
from archive.cases.records import Kind
from archive.errors import ArchiveError, InvalidValue
from archive.records import Confidentiality
from desktop import labels, messages, shown
from desktop.casework import Choice
from desktop.forms import Form, growing_form, plain_label
from desktop.incoming import actions, columns, words
from desktop.incoming.actions import Looked, Preview
from desktop.incoming.column_grid import QWIDGETSIZE_MAX, Box, ColumnGrid, Shortened
from desktop.incoming.columns import EVENTS, Offer, Use
from desktop.incoming.line_table import LineTable
from desktop.incoming.meanings import MeaningsDialog
from desktop.incoming.proposing import countries
from desktop.session import Session
from desktop.translate import tr

PAUSE_MS = 250
"""So long after a change it is looked what would come."""
LISTED = 1_000
"""Problems listed at most: a wrong order of dates in a long table gives as many as it has rows."""


class TableWizard(Form):
    """A table with its map. Nothing is written before `submit`; the caller imports by `told`."""

    save_wanted = Signal(object)  # Map
    map_wanted = Signal()

    def __init__(self, parent: QWidget, session: Session, seen: Looked) -> None:
        super().__init__(parent, tr("Import cases from a table"), tr("Import"), width=760)
        room = self.screen().availableSize()
        self.resize(min(1060, room.width() - 40), min(760, room.height() - 60))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self.seen, self.told = session, seen, seen.proposed
        self.found: Preview | None = None
        self._types: tuple[Choice, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self.grid = ColumnGrid()
        self.grid.changed.connect(self._use)
        self.grid.words_wanted.connect(self._ask_words)
        self.counts = plain_label("")
        self.problems = LineTable(tr("Problems"), words.problem_heads(), (90, 160, 220))
        self.more = plain_label("")
        self.with_problems = QCheckBox(tr("Take rows with a problem, too, without the cells that have one"))
        self.with_problems.toggled.connect(lambda _: self._changed(self.told))
        self._body = self._make_body()
        self.lay_out(self._make_head(), self._body)
        self._add_buttons()
        self.grid.show_columns(seen.columns)
        actions.choices(session, "event-type", self._take_types, self._say)
        self._changed(self.told)

    def with_map(self, told: Map) -> None:
        """Read the table by another map."""
        sheet = told.sheet or (self.seen.sheets[0] if len(self.seen.sheets) > 1 else "")
        usual = replace(told, sheet=sheet)

        def take(seen: Looked) -> None:
            self.seen = seen
            self.grid.show_columns(seen.columns)
            self._changed(told)

        self._wait()
        actions.look_again(self._session, self.seen, usual, take, self._say)

    def submit(self) -> None:
        """Accept a map that holds and brings something."""
        if problem := self._amiss():
            self.refuse(problem)
        elif self.found is not None:
            comes = self.found.comes
            # where all facts are there already, a further column may still bring sources
            self.settle("" if comes.facts or comes.known else words.nothing())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it is on, and takes over what was typed; only Ctrl+Enter imports from anywhere."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        on = self.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on.click()
        elif isinstance(on, QPushButton):
            on.click()

    def reject(self) -> None:
        """Leave without importing; what is being looked at is given up."""
        self._timer.stop()
        self._session.reading.drop("table preview")
        super().reject()

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        title = tr("“{title}” is a document of the archive; every fact will cite its row.", title=self.seen.title)
        column.addWidget(Shortened(shown.line(title), widest=QWIDGETSIZE_MAX))
        self.sheet, self.header = Box(tr("Sheet")), QSpinBox()
        self.sheet.fill([(one, one) for one in self.seen.sheets], self.told.sheet)
        self.sheet.activated.connect(self._place_changed)
        self.header.setRange(1, 99)
        self.header.setAccessibleName(tr("Row with the names of the columns"))
        self.header.editingFinished.connect(self._place_changed)
        self.empty = QLineEdit()
        self.empty.setAccessibleName(tr("Words that mean empty"))
        self.empty.setToolTip(tr("With semicolons between: unknown; -"))
        self.empty.editingFinished.connect(self._empty_changed)
        self.identity = Box(tr("Persons are told apart by"))
        self.identity.activated.connect(self._identity_changed)
        self.level = Box(labels.field("confidentiality"))
        self.level.activated.connect(self._level_changed)
        left, right = growing_form(), growing_form()
        if len(self.seen.sheets) > 1:
            left.addRow(tr("Sheet"), self.sheet)
        left.addRow(tr("Row with the names of the columns"), self.header)
        left.addRow(tr("Words that mean empty"), self.empty)
        right.addRow(tr("Persons are told apart by"), self.identity)
        right.addRow(tr("Who may see the records"), self.level)
        self.happened = tuple(Box(tr("What happened")) for _ in EVENTS)
        for box in (self.sheet, self.identity, self.level, *self.happened):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for box in self.happened:
            right.addRow(" ", box)
            right.setRowVisible(box, False)
            box.activated.connect(lambda _, box=box: self._happened_chosen(box))
        self._right = right
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        for side in (left, right):
            side.setVerticalSpacing(6)
            sides.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        column.addLayout(sides)
        return head

    def _make_body(self) -> QSplitter:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 6, 0, 0)
        for widget in (self.counts, self.problems, self.more, self.with_problems):
            column.addWidget(widget, int(widget is self.problems))
        column.addStretch()
        body = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        body.addWidget(self.grid)
        body.addWidget(foot)
        body.setSizes([580, 20])
        return body

    def _add_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.open_button: QPushButton = self._buttons.addButton(tr("Open a map…"), role)
        self.save_button: QPushButton = self._buttons.addButton(tr("Save the map…"), role)
        self.open_button.clicked.connect(self.map_wanted)
        self.save_button.clicked.connect(self._save)
        for button in self._buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter in a line or box takes it over and goes no further

    def _changed(self, told: Map) -> None:
        """Show another map, and look soon what would come of it."""
        self.told = told
        self._wait()
        self.grid.show_uses(lambda column: columns.use_of(told, column), columns.offers(told))
        self.header.setValue(told.header)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(told.sheet)))
        self.empty.setText("; ".join(sorted(told.empty)))
        some = columns.may_identify(told, (one.name for one in self.seen.columns))
        nobody = ("", tr("Nothing: every row is a person of its own"))
        self.identity.fill([nobody, *((one, one) for one in some)], columns.identified(told))
        level = told.parts[0].confidentiality if told.parts else Confidentiality.RESTRICTED
        named = [(str(one), labels.value("confidentiality", one)) for one in Confidentiality]
        self.level.fill(named, str(level))
        self._show_happened()
        self._timer.start()

    def _wait(self) -> None:
        """What was looked at holds no longer, and nothing can be imported until it is looked at again."""
        self._timer.stop()
        self._session.reading.drop("table preview")
        self.found = None
        self.go_on.setEnabled(False)
        self.refuse("")
        self.counts.setText(tr("Looking…"))

    def _show_happened(self) -> None:
        """A box for what happened in each event of the map whose columns do not say it."""
        events = [part for part in self.told.parts if part.kind is Kind.EVENT]
        for at, box in enumerate(self.happened):
            part = events[at] if at < len(events) else None
            code = columns.happened(self.told, part.name) if part else None
            if part and code is not None:
                items = [
                    ("", tr("Not recorded")),
                    *((one.value, "    " * one.level + one.words) for one in self._types),
                ]
                box.fill(items, code)
                box.setProperty("part", part.name)
                name = tr("{event}: what happened", event=words.subject(Offer(part.name, part.kind)))
                box.setAccessibleName(name)
                label = self._right.labelForField(box)
                if isinstance(label, QLabel):
                    label.setText(name)
            self._right.setRowVisible(box, code is not None and bool(self._types))

    def _happened_chosen(self, box: Box) -> None:
        self._changed(columns.with_happened(self.told, box.property("part"), box.meant()))

    def _take_types(self, types: tuple[Choice, ...]) -> None:
        self._types = types
        self._show_happened()

    def _use(self, column: str, use: Use) -> None:
        level = Confidentiality(self.level.meant())
        self._changed(columns.with_level(columns.with_use(self.told, column, use), level, beside=self.told))

    def _place_changed(self) -> None:
        sheet = self.sheet.meant() if len(self.seen.sheets) > 1 else ""
        if (sheet, self.header.value()) == (self.told.sheet, self.told.header):
            return
        other = replace(self.told, sheet=sheet, header=self.header.value())

        def take(seen: Looked) -> None:
            self.seen = seen
            self.grid.show_columns(seen.columns)
            self._changed(seen.proposed)

        self._wait()
        actions.look_again(self._session, self.seen, other, take, self._say)

    def _empty_changed(self) -> None:
        empty = frozenset(one.strip().casefold() for one in self.empty.text().split(";") if one.strip())
        if empty != self.told.empty:
            self._changed(replace(self.told, empty=empty))

    def _identity_changed(self) -> None:
        self._changed(columns.with_identified(self.told, self.identity.meant()))

    def _level_changed(self) -> None:
        self._changed(columns.with_level(self.told, Confidentiality(self.level.meant())))

    def _ask_words(self, column: str) -> None:
        use = columns.use_of(self.told, column)

        def ask(offered: tuple[Choice, ...]) -> None:
            said = next((one.values for one in self.seen.columns if one.name == column), ())
            wanted = [value for value in said if value.casefold() not in self.told.empty]
            dialog = MeaningsDialog(self, column, use, wanted, offered or countries())
            dialog.accepted.connect(lambda: self._use(column, replace(use, synonyms=dialog.synonyms())))
            dialog.open()

        actions.choices(self._session, use.field, ask, self._say)

    def _look(self) -> None:
        if problem := self._amiss():
            self.counts.setText(problem)
            return
        actions.preview(self._session, self.seen, self.told, self.with_problems.isChecked(), self._show, self._say)

    def _amiss(self) -> str:
        """What is wrong with the map itself."""
        if not self.told.parts:
            return words.nothing()
        try:
            mapping.check(self.told)
        except InvalidValue as error:
            return tr("This cannot be imported so: {why}.", why=str(error.facts["why"]))
        return ""

    def _show(self, found: Preview) -> None:
        self.found = found
        self.go_on.setEnabled(True)
        self.counts.setText(shown.line(words.preview(found, self.with_problems.isChecked())))
        if self.problems.isHidden() == bool(found.problems):
            self._body.setSizes([380, 220] if found.problems else [580, 20])
        self.problems.show_lines(words.problem_lines(found.problems[:LISTED]))
        self.more.setText(words.more_problems(len(found.problems) - LISTED))
        self.more.setVisible(len(found.problems) > LISTED)
        self.with_problems.setVisible(bool(found.problems))

    def _save(self) -> None:
        problem = self._amiss()
        self.refuse(problem)
        if not problem:
            self.save_wanted.emit(self.told)

    def _say(self, error: ArchiveError) -> None:
        self.counts.setText("")
        self.refuse(messages.sentence(error))
