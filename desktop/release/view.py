"""The receipt of a release as a page of its own: who signed it, what it holds, and each file with its hash."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from archive.signing.receipt import Receipt, State
from desktop import shown
from desktop.forms import plain_label
from desktop.release import words
from desktop.tables import Line, Rows, harmless
from desktop.theme import current_theme, scaled
from desktop.translate import number, size, tr


class ReceiptDialog(QDialog):
    """Stands beside the window; reading and searching go on meanwhile."""

    check_wanted = Signal()
    stop_wanted = Signal()
    trust_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Receipt"))
        self.resize(900, 640)
        self.state = QLabel(tr("Being checked…"))
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setFont(scaled(self.state.font(), 1.4, bold=True))
        self.meaning, self.advice = plain_label(""), plain_label("")
        self._form = QFormLayout()
        self._values: dict[str, QLabel] = {}
        for name, heading in (
            ("publisher", tr("Publisher")),
            ("release", tr("Release")),
            ("date", tr("Date")),
            ("holds", tr("Holds")),
            ("key", tr("Digits of the key")),
            ("root", tr("Content root")),
        ):
            value = plain_label("")
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._values[name] = value
            self._form.addRow(heading, value)
        self._values["root"].setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._headings = (tr("File"), tr("Size"), tr("State"), tr("SHA-256"))
        self._lines: tuple[Line, ...] = ()
        self.table = self._make_table()
        self.check_button = QPushButton(tr("Check all files"))
        self.check_button.clicked.connect(self.check_wanted)
        self.trust_button = QPushButton(tr("Trust this publisher…"))
        self.trust_button.clicked.connect(self.trust_wanted)
        self.trust_button.hide()
        self.copy_button = QPushButton(tr("Copy the list"))
        self.copy_button.clicked.connect(lambda: self._copy(self._lines))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(10)
        self.bar.setAccessibleName(tr("Checking all files"))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self.check_button, self.trust_button, self.copy_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        going = QHBoxLayout()
        going.addWidget(self.bar, 1)
        going.addWidget(self.said)
        going.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for label in (self.state, self.meaning, self.advice):
            column.addWidget(label)
        column.addLayout(self._form)
        column.addWidget(self.table, 1)
        column.addLayout(going)
        column.addLayout(buttons)
        self.end_checking()

    def show_receipt(self, receipt: Receipt) -> None:
        """Say what was found."""
        theme = current_theme()
        colour = theme.note if receipt.state is State.VALID else theme.warning
        self.state.setText(f"{words.sign(receipt.state)}  {words.state(receipt.state)}")
        self.state.setStyleSheet(f"color: {colour.name()}")
        self.meaning.setText(words.meaning(receipt))
        self.advice.setText(words.advice(receipt))
        self.advice.setVisible(bool(self.advice.text()))
        said = receipt.statement
        values = {"key": receipt.key.fingerprint() if receipt.key else tr("no signature that fits")}
        if said is not None:
            holds = words.counts(said)
            values |= {
                "publisher": said.publisher,
                "release": tr("number {n} of {line}", n=number(said.number), line=shown.isolated(said.line)),
                "date": said.date,
                "holds": tr("{counts}; without the originals", counts=holds) if said.slim else holds,
                "root": said.content_root,
            }
            if receipt.state is State.TAMPERED:
                values["publisher"] = tr("{name} (as it says itself)", name=shown.isolated(said.publisher))
        for name, label in self._values.items():
            label.setText(shown.line(values.get(name, tr("cannot be read"))))
        self.trust_button.setVisible(receipt.state in (State.UNKNOWN_KEY, State.OTHER_KEY) and receipt.key is not None)
        listed = {file.path for file in receipt.files}
        self._lines = tuple(
            Line(tuple(shown.line(cell) for cell in cells))
            for cells in (
                *(
                    (file.path, size(max(file.size, 0)), words.fault(file.fault, file.read), file.sha256)
                    for file in receipt.files
                ),
                *((one.path, "", words.fault(one.fault), "") for one in receipt.findings if one.path not in listed),
            )
        )
        self._sorted.setSourceModel(Rows(self._headings, self._lines, self))
        self.table.resizeColumnsToContents()

    def begin_checking(self) -> None:
        """All files are read from now on."""
        self.check_button.setEnabled(False)
        self.stop_button.setEnabled(True)
        self.bar.setRange(0, 0)
        self.said.setText("")
        for widget in (self.bar, self.said, self.stop_button):
            widget.show()

    def show_progress(self, path: str, done: int, total: int) -> None:
        """How far it is, in bytes."""
        steps = 1000
        self.bar.setRange(0, steps if total else 0)
        self.bar.setValue(min(steps, round(done / total * steps)) if total else 0)
        self.said.setText(tr("{done} of {total}, {file}", done=size(done), total=size(total), file=shown.line(path)))

    def end_checking(self, words: str = "") -> None:
        """It is done, was stopped, or could not be; `words` say so."""
        self.check_button.setEnabled(True)
        self.bar.hide()
        self.stop_button.hide()
        self.said.setText(shown.line(words))
        self.said.setVisible(bool(words))

    def _make_table(self) -> QTableView:
        table = QTableView()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(Rows(self._headings, (), self))
        table.setModel(self._sorted)
        table.setAccessibleName(tr("Files of the release"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        copying = QShortcut(QKeySequence.StandardKey.Copy, table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_selected)
        return table

    def copy_selected(self) -> None:
        """Copy the rows selected."""
        rows = sorted(self._sorted.mapToSource(index).row() for index in self.table.selectionModel().selectedRows())
        self._copy(tuple(self._lines[row] for row in rows))

    def _copy(self, lines: tuple[Line, ...]) -> None:
        rows = [self._headings, *(line.cells for line in lines)]
        QGuiApplication.clipboard().setText("".join("\t".join(map(harmless, row)) + "\n" for row in rows))
